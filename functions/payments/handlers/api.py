"""HTTP API: payment intents, a payer's own payments, and what administrators do with money."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, rehearsal  # isort: split

    from functions.payments.routes import (
        admin_disputes,
        admin_fraud,
        admin_ledger,
        admin_payments,
        admin_reconciliations,
        payment_methods,
        payments,
    )

    routers = [
        payments.router,
        payment_methods.router,
        admin_payments.router,
        admin_ledger.router,
        admin_disputes.router,
        admin_reconciliations.router,
        admin_fraud.router,
    ]
    app = create_app("payments", routers)
    handler = lambda_handler(app, rehearsal.Request("/api/v1/payments", rehearsal.NOBODY))
