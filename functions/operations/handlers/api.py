"""HTTP API: health, documentation, and everything that no route matches (the gateway's `$default`)."""

from __future__ import annotations

from functions.operations.routes import docs, health, nowhere
from shared.web import create_app, lambda_handler

app = create_app("operations", [docs], unlimited=[health])
app.add_exception_handler(404, nowhere)
handler = lambda_handler(app)
