"""ordering over HTTP: carts, checkout, orders, and the rules that price them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared import startup

if TYPE_CHECKING:
    from fastapi import APIRouter


def rarely_asked() -> list[APIRouter]:
    """Routes of administrators, and those that CloudFront answers, imported at the first such request: most
    environments never get one.
    """
    from functions.ordering.routes import (
        admin_coupons,
        admin_orders,
        admin_shipping,
        admin_site,
        admin_taxes,
        order_notes,
        site,
    )

    admin = (admin_orders, order_notes, admin_coupons, admin_shipping, admin_taxes, admin_site)
    return [*(routes.router for routes in admin), site.router]


with startup.initializing():
    from shared.web import Deferred, create_app, lambda_handler, warm_up  # isort: split

    from functions.ordering.routes import (
        addresses,
        cart_coupons,
        carts,
        checkouts,
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
            checkouts.router,
            addresses.router,
            shipping.router,
            orders.router,
            shipments.router,
            returns.router,
            invoices.router,
        ],
        deferred=Deferred(rarely_asked, ("/api/v1/admin/", "/api/v1/site")),
        guest_of=cart_tokens.guest_of,
    )
    handler = lambda_handler(
        app, warm_up.Request("/api/v1/cart"), warm_up.Request("/api/v1/cart", warm_up.UNSIGNED_TOKEN_HEADERS)
    )
