"""HTTP API: payment intents, a payer's own payments, and what administrators do with money."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, rehearsal  # isort: split

    from functions.payments.routes import admin_ledger, admin_payments, payments

    app = create_app("payments", [payments.router, admin_payments.router, admin_ledger.router])
    handler = lambda_handler(app, rehearsal.Request("/api/v1/payments", rehearsal.NOBODY))
