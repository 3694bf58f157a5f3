"""Parsing rows of a product file into the variants of one product.

A row means the variant with its options, in a file without options the one with its SKU, or the only one that there is.
A file with prices and options describes a product's variants whole: those that it does not name are removed, unless one
of its rows, or a price, cannot be read. Any other file changes what it names.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from functions.catalog.domain import limits
from functions.catalog.domain.product_aggregate import ProductAggregate, StoredVariant
from functions.catalog.domain.product_draft import NO_OPTIONS, VariantDraft
from functions.catalog.domain.protected_cells import unmark_code
from functions.catalog.domain.row_ends import CellMessage
from functions.catalog.domain.shopify_cells import Cells
from functions.catalog.domain.shopify_columns import OPTION_VALUES, POLICY, PRICE, QUANTITY, TRACKER
from functions.catalog.domain.shopify_csv import Row
from functions.catalog.domain.variant_fields import VARIANT_FILE_COLUMNS, FileColumn

_FIRST, _SKU = OPTION_VALUES[0], "Variant SKU"
_NEW: Final = VariantDraft(id=None, price_amount=0)
_POLICIES: Final = {"deny": False, "false": False, "continue": True, "true": True}
_SMALLEST_QUANTITY: Final = -limits.MAX_STOCK
NOT_TRACKED: Final = "empty, so the variant is always for sale and its stock is not counted"
NOT_COUNTED: Final = "not known, so the new variant can be ordered without limit (backorder) until its stock is counted"
OVERSOLD: Final = "below zero, so nothing is on hand"

Values = tuple[str, ...]
Read = tuple[VariantDraft, Row | None]


class VariantReader:
    """Reads the rows of one product's variants, against those that the shop has (`drafts` are the same as drafts)."""

    def __init__(
        self,
        current: ProductAggregate | None,
        drafts: Sequence[VariantDraft],
        columns: frozenset[str],
        currency: str,
        pictures: Mapping[str, str],
    ) -> None:
        self.columns = columns
        self.currency = currency
        self.pictures = pictures
        self.before = {tuple(v.option_values): v for v in current.variants} if current is not None else {}
        self.drafts = dict(zip(self.before, drafts, strict=True))
        self.by_sku = {v.sku: values for values, v in self.before.items() if v.sku is not None}
        self.file_columns = [
            (name, column, getattr(_NEW, name))
            for name, column in VARIANT_FILE_COLUMNS.items()
            if column.name in columns
        ]
        self.has_options = _FIRST in columns

    def read(self, rows: Sequence[Row], option_names: list[str]) -> list[Read]:
        """Each variant that the product is to have with the row that it is from, None for one that stays as it is."""
        drafts: dict[Values, Read] = {}
        # Of several rows with the same options the first one means the variant, also where it cannot be made of it: a
        # second import finds the variant, and would take the first row then.
        owners: dict[Values, Row] = {}
        is_whole = bool(rows) and PRICE in self.columns and (self.has_options or not option_names)
        for row in rows:
            cells = Cells(row)
            values = self._values(cells, option_names)
            if values is not None and (owner := owners.setdefault(values, row)) is not row:
                cells.leave_out(_FIRST, f"row {owner.number} has the same options")
                values = None
            if values is not None and values not in self.before and len(drafts) >= limits.MAX_VARIANTS:
                cells.leave_out(None, f"a product has at most {limits.MAX_VARIANTS} variants")
                values = None
            draft = None if values is None else self._variant(cells, values)
            if values is None or draft is None:
                is_whole = False
                continue
            row.outcome.is_taken = True
            is_whole &= not any(message.column == PRICE for message in row.outcome.left_out)
            drafts[values] = draft, row
        if is_whole:
            read = list(drafts.values())
        else:
            stay = {
                values: drafts.get(values, (draft, None))
                for values, draft in self.drafts.items()
                if values in drafts or len(values) == len(option_names)
            }
            read = list((stay | drafts).values())
        return _with_own_skus(read, self.before)

    def _values(self, cells: Cells, names: list[str]) -> Values | None:
        """The options of the variant that the row means: one value for each of the product's, and none beyond."""
        if any(column not in cells.row.cells for column in OPTION_VALUES[: len(names)]):
            return self._known(cells, names)
        texts = [cells.text(column, longest=255) for column in OPTION_VALUES]
        for index, (column, text) in enumerate(zip(OPTION_VALUES, texts, strict=True)):
            if text is None:
                return None
            if index >= len(names) and text and not (index == 0 and text == NO_OPTIONS[1]):
                cells.leave_out(column, "the product has no such option")
                return None
        return tuple(text for text in texts[: len(names)] if text is not None)

    def _known(self, cells: Cells, names: list[str]) -> Values | None:
        """The options of a variant that the row names by its SKU, or that is the only one."""
        sku = unmark_code(cells.raw(_SKU))
        values = self.by_sku.get(sku)
        if values is None and not self.has_options and len(self.before) == 1:
            values = next(iter(self.before))
        if values is not None and len(values) == len(names):
            return values
        for column, name in zip(OPTION_VALUES, names, strict=False):
            if column not in cells.row.cells:
                cells.leave_out(column, f"missing: the product has the option {name!r}")
                break
        return None

    def _variant(self, cells: Cells, option_values: Values) -> VariantDraft | None:
        before = self.before.get(option_values)
        known = len(cells.row.outcome.left_out)
        price = cells.amount(PRICE, self.currency)
        if price is None and before is None:
            if len(cells.row.outcome.left_out) == known:
                missing = "missing" if PRICE in self.columns else "the file has no prices, which new variants need"
                cells.leave_out(PRICE, missing)
            return None
        values: dict[str, Any] = {"option_values": list(option_values)}
        if price is not None:
            values["price_amount"] = price
        for name, column, default in self.file_columns:
            if column.name not in cells.row.cells:
                values[name] = default
            elif (value := self._value(cells, column)) is not None:
                values[name] = value
        values["stock"], values["allow_backorder"] = self._stock(cells, before)
        return dataclasses.replace(self.drafts.get(option_values, _NEW), **values)

    def _stock(self, cells: Cells, before: StoredVariant | None) -> tuple[int | None, bool | None]:
        """What is on hand, and whether the variant is sold beyond it; None leaves either as it is.

        Of a new variant without a quantity nobody knows how many there are: being sold out would hide it from a shop
        that sold it until now. That holds until somebody counts them, so `deny` does not end it in a file that
        describes variants whole, as the next import of the same file does.
        """
        if TRACKER in self.columns and TRACKER not in cells.row.cells:
            cells.note(TRACKER, NOT_TRACKED)
            return None, True
        quantity = cells.whole(QUANTITY, smallest=_SMALLEST_QUANTITY, largest=limits.MAX_STOCK)
        if quantity is not None and quantity < 0:
            cells.note(QUANTITY, OVERSOLD)
            quantity = 0
        word = cells.choice(POLICY, tuple(_POLICIES))
        policy = None if word is None else _POLICIES[word]
        if quantity is not None:
            return quantity, policy
        if before is None:
            if not policy:
                cells.note(QUANTITY, NOT_COUNTED)
            return None, True
        if policy is False and PRICE in self.columns and before.on_hand == 0 and before.allow_backorder:
            return None, None
        return None, policy

    def _value(self, cells: Cells, column: FileColumn) -> Any:
        """The cell as the field has it; None where it cannot be read."""
        match column.kind:
            case "text":
                return cells.text(column.name, longest=column.limit)
            case "number":
                return cells.rounded(column.name, largest=column.limit)
            case "boolean":
                return cells.boolean(column.name)
            case "amount":
                return cells.amount(column.name, self.currency)
            case "image_url":
                url = cells.image_url(column.name)
                return url if url is None else self.pictures.get(url, url)


def without_skus(read: Iterable[Read], taken: Mapping[str, str], before: Mapping[Any, StoredVariant]) -> list[Read]:
    """The variants without SKUs that are `taken`, each by what the message says. One that exists keeps the SKU that it
    has.
    """
    kept: list[Read] = []
    for draft, row in read:
        if row is None or draft.sku is None or draft.sku not in taken:
            kept.append((draft, row))
            continue
        row.outcome.left_out.append(CellMessage(_SKU, f"{taken[draft.sku]}; imported without it"))
        stored = before.get(draft.id)
        sku = stored.sku if stored is not None and stored.sku not in taken else None
        kept.append((dataclasses.replace(draft, sku=sku), row))
    return kept


def _with_own_skus(read: list[Read], before: Mapping[Values, StoredVariant]) -> list[Read]:
    """A SKU that two variants of the product have is the first one's; variants that no row names come before all."""
    owners: dict[str, str] = {draft.sku: "another variant has" for draft, row in read if row is None and draft.sku}
    own: list[Read] = []
    for draft, row in read:
        if row is None or not draft.sku:
            own.append((draft, row))
            continue
        if (owner := owners.get(draft.sku)) is not None:
            row.outcome.left_out.append(CellMessage(_SKU, f"{owner} the same SKU; imported without it"))
            stored = before.get(tuple(draft.option_values))
            sku = stored.sku if stored is not None and stored.sku not in owners else None
            own.append((dataclasses.replace(draft, sku=sku), row))
            if sku is not None:
                owners[sku] = f"row {row.number} has"
            continue
        owners[draft.sku] = f"row {row.number} has"
        own.append((draft, row))
    return own
