"""Some products of an import, written in one transaction."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

import psycopg

from functions.catalog.domain.product_aggregate import ProductAggregate
from functions.catalog.domain.product_draft import ProductDraft
from functions.catalog.domain.row_ends import CellMessage, RowOutcome
from functions.catalog.domain.shopify_csv import Row
from functions.catalog.domain.shopify_product import FileFormat, ParsedProduct, parse_product
from functions.catalog.domain.slugs import slugify
from functions.catalog.errors import SkuTakenError
from functions.catalog.repository import categories, imported_pictures, product_aggregate, search_index
from functions.catalog.repository.imported_pictures import ProductPictures
from functions.catalog.repository.imports import ImportRow, Progress
from functions.catalog.service import product_writer
from functions.catalog.service.imports import handles, row_outcomes, skus
from functions.catalog.service.imports.handles import Place
from functions.catalog.service.imports.row_outcomes import ImportedProduct
from functions.catalog.service.product_writer import StockTarget
from shared import outbox
from shared.clients.database import Connection
from shared.contexts.catalog.events import PicturesRequested, ProductChanged
from shared.log import logger

_ATTEMPTS: Final = 2


class Batch:
    """Products written together. One that cannot be written is rolled back alone, and reported."""

    def __init__(self, connection: Connection, row: ImportRow, file: FileFormat) -> None:
        self.connection = connection
        self.row = row
        self.file = file
        self.progress = Progress()
        self.outcomes: list[RowOutcome] = []

    def write(self, products: Mapping[str, Sequence[Row]], *, file_handles: Collection[str]) -> None:
        """Write the products that the rows describe, with their stock and events. `file_handles` are all of the
        file's.
        """
        places = handles.locate(self.connection, products, file_handles)
        known = [place.current.product.id for place in places.values() if place.current is not None]
        names_pictures = not self.file.columns.isdisjoint({"Image Src", "Variant Image"})
        pictures = imported_pictures.of_products(self.connection, known) if known and names_pictures else {}
        parsed = {
            handle: described
            for handle, rows in products.items()
            if (described := self._parse(places[handle], rows, pictures)) is not None
        }
        current = {handle: places[handle].current for handle in parsed}
        skus.leave_out_taken(self.connection, parsed, current)
        category_ids = self._categories(parsed, current)
        imported = [
            product
            for handle in parsed
            if (product := self._write(handle, current[handle], parsed[handle], products[handle], category_ids))
        ]
        self._finish(imported)
        self._request_pictures(imported, pictures)
        self.progress.done = len(products)
        self.outcomes = [row.outcome for rows in products.values() for row in rows]

    def _parse(
        self, place: Place, rows: Sequence[Row], pictures: Mapping[UUID, ProductPictures]
    ) -> ParsedProduct | None:
        """The product that the rows describe; None where their handle means none."""
        for row in rows:
            if place.problem is not None:
                row.outcome.refuse(CellMessage("Handle", place.problem))
            elif place.note is not None:
                row.outcome.notes.append(CellMessage("Handle", place.note))
        if place.problem is not None:
            return None
        known = pictures.get(place.current.product.id) if place.current is not None else None
        ready = known.ready if known is not None else {}
        return parse_product(place.slug, rows, place.current, file=self.file, pictures=ready)

    def _categories(
        self, parsed: Mapping[str, ParsedProduct], current: Mapping[str, ProductAggregate | None]
    ) -> dict[str, UUID]:
        """Ids of these products' categories, by slug. Those that do not exist are created at the root."""
        names: dict[str, str] = {}
        for handle, product in parsed.items():
            if product.draft is None:
                continue
            name = product.draft.fields.product_type
            if product.category is not None:
                names.setdefault(product.category, name if slugify(name) == product.category else product.category)
            elif _follows_type(current[handle]):
                names.setdefault(slugify(name), name)
        names.pop("", None)
        return categories.ensure(self.connection, names) if names else {}

    def _write(
        self,
        handle: str,
        current: ProductAggregate | None,
        product: ParsedProduct,
        rows: Sequence[Row],
        category_ids: Mapping[str, UUID],
    ) -> ImportedProduct | None:
        """Write one product; a SKU that another product got meanwhile is left out the second time."""
        if product.draft is None:
            return None
        product.draft = _with_category(product, product.draft, current, category_ids)
        problem = "a SKU of the product is taken"
        for _ in range(_ATTEMPTS):
            try:
                with self.connection.transaction():  # a savepoint
                    written = (
                        product_writer.change(self.connection, current, product.draft)
                        if current is not None
                        else product_writer.create(self.connection, product.draft)
                    )
                    if written is not None and current is None and handle != product.draft.fields.slug:
                        product_aggregate.set_import_handle(self.connection, written.product_id, handle)
            except SkuTakenError:
                skus.leave_out_taken(self.connection, {handle: product}, {handle: current})
            except (psycopg.IntegrityError, psycopg.DataError):
                logger().exception("a product could not be stored", extra={"handle": handle})
                problem = "the product could not be stored"
                break
            else:
                if written is not None:
                    return ImportedProduct(written, current, product.draft, product)
                problem = "another product has this handle"
                break
        for row in rows:
            row.outcome.refuse(CellMessage(None, problem))
        return None

    def _finish(self, imported: Sequence[ImportedProduct]) -> None:
        """Stock of the whole batch, in one lock order; then counts and events."""
        targets: list[StockTarget] = []
        rows: dict[UUID, Row] = {}
        for product in imported:
            for target, row in zip(
                product_writer.stock_targets(product.written, product.draft.variants),
                product.parsed.variant_rows,
                strict=True,
            ):
                if row is not None:
                    targets.append(target)
                    rows[target.variant_id] = row
        outcome = product_writer.set_stock(self.connection, targets, reason="import", reference=str(self.row.id))
        for variant_id, message in outcome.refused.items():
            rows[variant_id].outcome.left_out.append(CellMessage("Variant Inventory Qty", message))
        written = [product.written for product in imported if product.written.changed]
        search_index.index(self.connection, [product.product_id for product in written])
        for product in imported:
            stock_changed = not outcome.changed.isdisjoint(product.written.variant_ids)
            row_outcomes.judge(product, stock_changed=outcome.changed)
            if product.before is None:
                self.progress.created += 1
            elif product.written.changed or stock_changed:
                self.progress.updated += 1
            else:
                self.progress.unchanged += 1
                continue
            outbox.record(self.connection, ProductChanged(product_id=product.written.product_id))

    def _request_pictures(self, imported: Sequence[ImportedProduct], known: Mapping[UUID, ProductPictures]) -> None:
        """Have pictures that are shown by an address elsewhere fetched; not those that are being fetched."""
        wanted = [
            imported_pictures.WantedPicture(product.written.product_id, image.url, row.number)
            for product in imported
            for image, row in zip(product.draft.images, product.parsed.image_rows, strict=True)
            if row is not None
            and image.media_id is None
            and not ((pictures := known.get(product.written.product_id)) is not None and image.url in pictures.pending)
        ]
        if wanted:
            self.progress.pictures = imported_pictures.request(self.connection, self.row.id, wanted)
            if self.progress.pictures:
                outbox.record(self.connection, PicturesRequested(import_id=self.row.id))


def _follows_type(current: ProductAggregate | None) -> bool:
    """Whether the product's category is the one of its type, or none: one that an admin chose stays."""
    if current is None or current.product.category_slug is None:
        return True
    return current.product.category_slug == slugify(current.product.product_type)


def _with_category(
    product: ParsedProduct, draft: ProductDraft, current: ProductAggregate | None, category_ids: Mapping[str, UUID]
) -> ProductDraft:
    if product.category is not None:
        category_id = category_ids.get(product.category)
    else:
        category_id = category_ids.get(slugify(draft.fields.product_type))
        if category_id is None or not _follows_type(current):
            return draft
    return dataclasses.replace(draft, fields=dataclasses.replace(draft.fields, category_id=category_id))
