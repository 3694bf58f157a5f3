"""HTTP: the catalogue for everybody, products and imports for admins."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, rehearsal  # isort: split

    from functions.catalog.routes import (
        admin_categories,
        admin_products,
        admin_reviews,
        downloads,
        exports,
        imports,
        inventory,
        media,
        products,
        reviews,
        search,
        wishlist,
    )
    from functions.catalog.service.shopify_csv import MAX_FILE_BYTES

    app = create_app(
        "catalog",
        [
            search.router,
            products.router,
            imports.router,
            exports.router,
            admin_products.router,
            admin_categories.router,
            inventory.router,
            reviews.router,
            admin_reviews.router,
            wishlist.router,
            media.router,
            downloads.router,
        ],
        body_limits={imports.UPLOAD_PATH: MAX_FILE_BYTES},
    )
    handler = lambda_handler(app, rehearsal.Request("/api/v1/products"), rehearsal.Request("/api/v1/products/none"))
