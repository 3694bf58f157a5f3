"""HTTP: the catalogue for everybody, products and imports for admins."""

from functions.catalog.routes import admin_products, imports, products
from functions.catalog.service.shopify_csv import MAX_FILE_BYTES
from shared.web import create_app, lambda_handler

app = create_app(
    "catalog",
    [products.router, imports.router, admin_products.router],
    body_limits={imports.UPLOAD_PATH: MAX_FILE_BYTES},
)
handler = lambda_handler(app)
