"""HTTP API: payment intents, and a payer's own payments."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, rehearsal  # isort: split

    from functions.payments.routes import payments

    app = create_app("payments", [payments.router])
    handler = lambda_handler(app, rehearsal.Request("/api/v1/payments", rehearsal.NOBODY))
