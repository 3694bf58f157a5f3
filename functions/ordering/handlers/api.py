"""ordering over HTTP: carts, checkout, orders, and the rules that price them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared import startup

if TYPE_CHECKING:
    from fastapi import APIRouter


def administration() -> list[APIRouter]:
    """Routes of administrators, imported at the first such request: most environments never get one."""
    from functions.ordering.routes import admin_coupons, admin_orders, admin_shipping, admin_taxes

    return [admin_orders.router, admin_coupons.router, admin_shipping.router, admin_taxes.router]


with startup.initializing():
    from shared.web import Deferred, create_app, lambda_handler, warm_up  # isort: split

    from functions.ordering.routes import (
        cart_coupons,
        carts,
        invoices,
        orders,
        returns,
        shipments,
        shipping,
    )
    from shared.contexts.ordering import cart_tokens

    app = create_app(
        "ordering",
        [
            carts.router,
            cart_coupons.router,
            shipping.router,
            orders.router,
            shipments.router,
            returns.router,
            invoices.router,
        ],
        deferred=Deferred(administration),
        guest_of=cart_tokens.guest_of,
    )
    handler = lambda_handler(
        app, warm_up.Request("/api/v1/cart"), warm_up.Request("/api/v1/cart", warm_up.UNSIGNED_TOKEN_HEADERS)
    )
