"""HTTP API: health, documentation, and everything that no route matches (the gateway's `$default`)."""

from __future__ import annotations

from functions.operations.routes import health
from shared.web import create_app, lambda_handler

app = create_app("operations", [], unlimited=[health])
handler = lambda_handler(app)
