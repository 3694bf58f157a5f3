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
        admin_variants,
        digital_files,
        exports,
        imports,
        inventory,
    )

    return [
        imports.router,
        exports.router,
        admin_products.router,
        admin_variants.router,
        admin_categories.router,
        inventory.router,
        admin_reviews.router,
        digital_files.router,
    ]


with startup.initializing():
    from shared.web import BodyLimit, Deferred, create_app, lambda_handler, warm_up  # isort: split

    from functions.catalog.domain.limits import LARGER_FILES, MAX_IMPORT_BODY_BYTES
    from functions.catalog.routes import downloads, products, reviews, search, wishlist

    app = create_app(
        "catalog",
        [search.router, products.router, reviews.router, wishlist.router, downloads.router],
        deferred=Deferred(administration),
        body_limits={"/api/v1/admin/products/import": BodyLimit(MAX_IMPORT_BODY_BYTES, LARGER_FILES)},
    )
    handler = lambda_handler(app, warm_up.Request("/api/v1/products"), warm_up.Request("/api/v1/products/none"))
