"""ordering over HTTP: carts, checkout, orders."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, rehearsal  # isort: split

    from functions.ordering.routes import admin_orders, carts, orders

    app = create_app("ordering", [carts.router, orders.router, admin_orders.router])
    handler = lambda_handler(
        app, rehearsal.Request("/api/v1/cart"), rehearsal.Request("/api/v1/cart", rehearsal.NOBODY)
    )
