"""HTTP API: payment intents, a payer's own payments, and what administrators do with money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared import startup

if TYPE_CHECKING:
    from shared.web.openapi import Paths


def webhook() -> Paths:
    """What is known of the webhook; only whoever makes the OpenAPI document asks."""
    from functions.payments.routes import webhook_description

    return webhook_description.PATHS


with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    from functions.payments import providers
    from functions.payments.routes import (
        admin_disputes,
        admin_fraud,
        admin_ledger,
        admin_payments,
        admin_reconciliations,
        payment_methods,
        payments,
    )
    from shared.contexts.ordering import cart_tokens

    routers = [
        payments.router,
        payment_methods.router,
        admin_payments.router,
        admin_ledger.router,
        admin_disputes.router,
        admin_reconciliations.router,
        admin_fraud.router,
    ]
    providers.preload()
    app = create_app("payments", routers, other_paths=webhook, guest_of=cart_tokens.guest_of)
    handler = lambda_handler(app, warm_up.Request("/api/v1/payments", warm_up.UNSIGNED_TOKEN_HEADERS))
