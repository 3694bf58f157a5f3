"""Contract tests ask for every route, those that answer from the OpenAPI document too."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _openapi_file(openapi_file: Path) -> None:
    """Made before the first request."""
