"""ordering over HTTP: carts, checkout, orders, and the rules that price them."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, rehearsal  # isort: split

    from functions.ordering.routes import (
        admin_coupons,
        admin_orders,
        admin_shipping,
        admin_taxes,
        cart_coupons,
        carts,
        invoices,
        orders,
        returns,
        shipments,
        shipping,
    )

    app = create_app(
        "ordering",
        [
            carts.router,
            cart_coupons.router,
            shipping.router,
            orders.router,
            admin_orders.router,
            shipments.router,
            returns.router,
            invoices.router,
            admin_coupons.router,
            admin_shipping.router,
            admin_taxes.router,
        ],
    )
    handler = lambda_handler(
        app, rehearsal.Request("/api/v1/cart"), rehearsal.Request("/api/v1/cart", rehearsal.NOBODY)
    )
