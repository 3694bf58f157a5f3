"""HTTP: the catalogue for everybody, products and what belongs to them for admins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared import startup

if TYPE_CHECKING:
    from fastapi import APIRouter


def administration() -> list[APIRouter]:
    """What staff does: most environments never see any."""
    from functions.catalog.routes import (
        admin_categories,
        admin_products,
        admin_reviews,
        exports,
        imports,
        inventory,
        media,
    )

    return [
        imports.router,
        exports.router,
        admin_products.router,
        admin_categories.router,
        inventory.router,
        admin_reviews.router,
        media.router,
    ]


with startup.initializing():
    from shared.web import Deferred, create_app, lambda_handler, rehearsal  # isort: split

    from functions.catalog.routes import downloads, products, reviews, search, wishlist
    from functions.catalog.service.shopify_csv import MAX_FILE_BYTES

    app = create_app(
        "catalog",
        [search.router, products.router, reviews.router, wishlist.router, downloads.router],
        deferred=Deferred(administration),
        body_limits={"/api/v1/admin/products/import": MAX_FILE_BYTES},
    )
    handler = lambda_handler(app, rehearsal.Request("/api/v1/products"), rehearsal.Request("/api/v1/products/none"))
