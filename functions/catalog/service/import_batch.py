"""Some products of an import, written in one transaction."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import psycopg

from functions.catalog.documents import ProductDraft
from functions.catalog.errors import SkuTakenError
from functions.catalog.repository import categories, stored
from functions.catalog.repository.imports import ImportRow, Progress
from functions.catalog.repository.stored import StoredDocument
from functions.catalog.service import writing
from functions.catalog.service.shopify_csv import Problem, Row
from functions.catalog.service.shopify_product import Understood, understand
from functions.catalog.service.writing import StockTarget, Written
from functions.catalog.slugs import slugify
from shared import outbox
from shared.clients.database import Connection
from shared.events import ProductChanged
from shared.log import logger
from shared.transactions import product_search

_ATTEMPTS: Final = 2


@dataclass(frozen=True, slots=True)
class _Imported:
    written: Written
    created: bool
    draft: ProductDraft
    variant_rows: list[int | None]


class Batch:
    """Products written together. One that cannot be written is rolled back alone, and reported."""

    def __init__(self, connection: Connection, row: ImportRow) -> None:
        self.connection = connection
        self.row = row
        self.problems: list[Problem] = []
        self.progress = Progress()

    def write(self, products: Mapping[str, Sequence[Row]]) -> None:
        """Bring the shop's products to what the rows say, with their stock and events."""
        stored.lock_slugs(self.connection, products)
        current = stored.by_slugs(self.connection, products)
        understood = {
            handle: self._understand(handle, rows, current.get(handle), frozenset())
            for handle, rows in products.items()
        }
        category_ids = self._categories(understood, current)
        imported: list[_Imported] = []
        for handle, rows in products.items():
            try:
                product = self._write(handle, rows, current.get(handle), understood[handle], category_ids)
            except (psycopg.IntegrityError, psycopg.DataError):
                logger().exception("a product could not be stored", extra={"handle": handle})
                product = None
                self.problems.append(Problem(rows[0].number, None, "the product could not be stored"))
            if product is not None:
                imported.append(product)
        self._finish(imported)
        self.progress.done = len(products)

    def _understand(
        self, handle: str, rows: Sequence[Row], current: StoredDocument | None, void_rows: frozenset[int]
    ) -> Understood:
        return understand(handle, rows, current, currency=self.row.currency, void_rows=void_rows)

    def _categories(
        self, understood: Mapping[str, Understood], current: Mapping[str, StoredDocument]
    ) -> dict[str, UUID]:
        """Ids of the categories that these products want, by slug. Those that there are not are made at the root."""
        wanted: dict[str, str] = {}
        for handle, product in understood.items():
            if product.draft is None:
                continue
            name = product.draft.fields.product_type
            if product.category is not None:
                wanted.setdefault(product.category, name if slugify(name) == product.category else product.category)
            elif _follows_type(current.get(handle)):
                wanted.setdefault(slugify(name), name)
        wanted.pop("", None)
        return categories.ensure(self.connection, wanted) if wanted else {}

    def _write(
        self,
        handle: str,
        rows: Sequence[Row],
        current: StoredDocument | None,
        product: Understood,
        category_ids: Mapping[str, UUID],
    ) -> _Imported | None:
        """Write one product; variants whose SKU another product has are left out the second time."""
        void_rows: frozenset[int] = frozenset()
        for attempt in range(1, _ATTEMPTS + 1):
            if product.draft is None:
                break
            draft = _with_category(product, product.draft, current, category_ids)
            try:
                with self.connection.transaction():  # a savepoint
                    written = (
                        writing.change(self.connection, current, draft)
                        if current is not None
                        else writing.create(self.connection, draft)
                    )
            except SkuTakenError:
                void_rows = self._blame_skus(product, draft, current) if attempt < _ATTEMPTS else frozenset()
                if not void_rows:
                    product.problems.append(Problem(rows[0].number, "Variant SKU", "a SKU of the product is taken"))
                    break
                product = self._understand(handle, rows, current, void_rows)
                continue
            self.problems += product.problems
            if written is None:
                self.problems.append(Problem(rows[0].number, "Handle", "another product has this handle"))
                return None
            return _Imported(written, current is None, draft, product.variant_rows)
        self.problems += product.problems
        return None

    def _blame_skus(self, product: Understood, draft: ProductDraft, current: StoredDocument | None) -> frozenset[int]:
        """The rows whose SKU another product of the vendor has."""
        by_sku = {variant.sku: row for variant, row in zip(draft.variants, product.variant_rows, strict=True)}
        product_id = current.product.id if current is not None else None
        skus = [sku for sku, row in by_sku.items() if sku is not None and row is not None]
        taken = stored.taken_skus(self.connection, draft.fields.vendor, skus, product_id=product_id)
        rows = {row: sku for sku, row in by_sku.items() if row is not None and sku in taken}
        self.problems += [
            Problem(row, "Variant SKU", f"another product of {draft.fields.vendor!r} has the SKU {sku!r}")
            for row, sku in rows.items()
        ]
        return frozenset(rows)

    def _finish(self, imported: Sequence[_Imported]) -> None:
        """Stock of the whole batch, in one lock order; then counts and events."""
        targets: list[StockTarget] = []
        rows: dict[UUID, int] = {}
        for product in imported:
            for target, row in zip(
                writing.stock_targets(product.written, product.draft.variants), product.variant_rows, strict=True
            ):
                if row is not None:
                    targets.append(target)
                    rows[target.variant_id] = row
        outcome = writing.set_stock(self.connection, targets, reason="import", reference=str(self.row.id))
        self.problems += [
            Problem(rows[variant_id], "Variant Inventory Qty", message)
            for variant_id, message in outcome.refused.items()
        ]
        written = [product.written for product in imported if product.written.changed]
        product_search.index(self.connection, [product.product_id for product in written])
        for product in imported:
            stock_changed = not outcome.changed.isdisjoint(product.written.variant_ids)
            if product.created:
                self.progress.created += 1
            elif product.written.changed or stock_changed:
                self.progress.updated += 1
            else:
                self.progress.unchanged += 1
                continue
            outbox.record(self.connection, ProductChanged(product_id=product.written.product_id))


def _follows_type(current: StoredDocument | None) -> bool:
    """Whether the product's category is the one of its type, or none: one that somebody chose is left alone."""
    if current is None or current.product.category_slug is None:
        return True
    return current.product.category_slug == slugify(current.product.product_type)


def _with_category(
    product: Understood, draft: ProductDraft, current: StoredDocument | None, category_ids: Mapping[str, UUID]
) -> ProductDraft:
    if product.category is not None:
        category_id = category_ids.get(product.category)
    else:
        category_id = category_ids.get(slugify(draft.fields.product_type))
        if category_id is None or not _follows_type(current):
            return draft
    return dataclasses.replace(draft, fields=dataclasses.replace(draft.fields, category_id=category_id))
