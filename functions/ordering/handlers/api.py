"""ordering over HTTP: carts, checkout, orders."""

from functions.ordering.routes import admin_orders, carts, orders
from shared.web import create_app, lambda_handler

app = create_app("ordering", [carts.router, orders.router, admin_orders.router])
handler = lambda_handler(app)
