"""Events of the catalogue: products, categories, exports, imported pictures, stock, prices."""

from __future__ import annotations

from uuid import UUID

from shared.events import DomainEvent


class ProductChanged(DomainEvent):
    """What the public sees of a product (page, price, stock, reviews) is not what it was; drives wishes and purges."""

    source = "sharestack.catalog"

    product_id: UUID
    deleted: bool = False


class CategoryChanged(DomainEvent):
    """A category was made, renamed, moved or deleted; it stands in the tree, in lists and on its products' pages."""

    source = "sharestack.catalog"

    category_id: UUID
    deleted: bool = False


class ProductExportRequested(DomainEvent):
    """An admin requested the files of an export."""

    source = "sharestack.catalog"

    export_id: UUID


class PicturesRequested(DomainEvent):
    """An import names pictures by addresses elsewhere, which are to be fetched."""

    source = "sharestack.catalog"

    import_id: UUID


class BackInStock(DomainEvent):
    """Something that a customer wished for can be bought again. One event for each customer."""

    source = "sharestack.catalog"

    user_id: UUID
    email: str
    language: str = "en"
    product_id: UUID
    slug: str
    name: str


class PriceDropped(DomainEvent):
    """Something that a customer wished for costs less. One event for each customer."""

    source = "sharestack.catalog"

    user_id: UUID
    email: str
    language: str = "en"
    product_id: UUID
    slug: str
    name: str
    currency: str
    before_amount: int
    after_amount: int


class StockLow(DomainEvent):
    """A variant's stock fell to its threshold or below; sent once until it is above again."""

    source = "sharestack.catalog"

    variant_id: UUID
    product_id: UUID
    name: str
    sku: str | None
    available: int
    threshold: int
