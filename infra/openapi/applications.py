"""The FastAPI applications of the contexts."""

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fastapi import FastAPI

_ROOT: Final = Path(__file__).resolve().parents[2]


def context_names() -> list[str]:
    """Contexts that have an HTTP application: `functions/<context>/handlers/api.py`."""
    return sorted(path.parts[-3] for path in _ROOT.glob("functions/*/handlers/api.py"))


def application(context: str) -> "FastAPI":
    """The FastAPI application behind the context's routes, with all of them."""
    app: FastAPI = importlib.import_module(f"functions.{context}.handlers.api").app
    app.state.load_deferred()
    return app
