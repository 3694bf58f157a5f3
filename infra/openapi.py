"""The HTTP applications of all contexts, found by their place: `functions/<context>/handlers/api.py`."""

from __future__ import annotations

import importlib
from pathlib import Path

from fastapi import FastAPI

ROOT = Path(__file__).resolve().parent.parent


def context_names() -> list[str]:
    """Contexts that have an HTTP application."""
    return sorted(path.parts[-3] for path in ROOT.glob("functions/*/handlers/api.py"))


def application(context: str) -> FastAPI:
    """The FastAPI application behind the context's routes."""
    app = importlib.import_module(f"functions.{context}.handlers.api").app
    assert isinstance(app, FastAPI)
    return app
