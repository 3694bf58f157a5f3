"""HTTP API: payment intents, and a payer's own payments."""

from __future__ import annotations

from functions.payments.routes import router
from shared.web import create_app, lambda_handler

app = create_app("payments", [router])
handler = lambda_handler(app)
