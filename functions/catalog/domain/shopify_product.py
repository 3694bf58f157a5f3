"""Parsing the rows of one handle into the product that they describe.

A row says up to three things: the product (the first row with a title), a variant, an image. A cell that cannot be read
is left out, and takes nothing else with it. What cannot do without one is not taken:

- A new variant without a price, or any whose options are not clear. From a product that exists already, nothing is
  removed then.
- A new product without a title, or without a variant; a gift card.

Columns that the file lacks leave a product as it is, and so do rows: images alone leave its variants.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from functions.catalog.domain import limits
from functions.catalog.domain.product_aggregate import ProductAggregate
from functions.catalog.domain.product_draft import ImageDraft, ProductDraft, ProductFields, image_at
from functions.catalog.domain.row_ends import CellMessage
from functions.catalog.domain.shopify_cells import Cells
from functions.catalog.domain.shopify_columns import (
    CATEGORY_COLUMN,
    NAMING_COLUMNS,
    PRODUCT_COLUMNS,
    VARIANT_COLUMNS,
)
from functions.catalog.domain.shopify_csv import Row
from functions.catalog.domain.shopify_fields import description, option_names, tags
from functions.catalog.domain.shopify_variants import VariantReader
from functions.catalog.domain.slugs import slug_problem
from shared.texts import composed

_MAX_CATEGORY: Final = 200
_LAST_POSITION: Final = 1_000_000
_STATUSES: Final = ("active", "draft", "archived", "unlisted")


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """What holds for all rows of a file: the columns that it has, and the currency of its prices."""

    columns: frozenset[str]
    currency: str


@dataclass(slots=True)
class ParsedProduct:
    """The product that the rows describe (None where it cannot be created or changed).

    `category` is the slug that the rows name, empty for none; None where they name none. `variant_rows` are the rows
    that the draft's variants came from, in their order, and `image_rows` those of its images; None for a variant or an
    image that no row describes. `lead` is the row that speaks for the product.
    """

    lead: Row
    draft: ProductDraft | None = None
    category: str | None = None
    variant_rows: list[Row | None] = field(default_factory=list)
    image_rows: list[Row | None] = field(default_factory=list)


def parse_product(
    slug: str,
    rows: Sequence[Row],
    current: ProductAggregate | None,
    *,
    file: FileFormat,
    pictures: Mapping[str, str],
) -> ParsedProduct:
    """The product that the rows describe; what is left out of it stands in the rows' outcomes. `slug` is a new
    product's. `pictures` are addresses of pictures that were fetched from elsewhere, by the address that they had.
    """
    reader = _ProductReader(rows, current, file, pictures)
    parsed = ParsedProduct(lead=reader.lead)
    fields = reader.fields(slug)
    if fields is None:
        reader.refuse_all("the product is not imported")
        return parsed
    variants = reader.variants(fields.option_names)
    if not variants:
        reader.refuse_all("none of the product's variants can be imported")
        return parsed
    images = reader.images()
    reader.take_rows()
    parsed.draft = ProductDraft(
        fields=fields, variants=[draft for draft, _ in variants], images=[image for image, _ in images]
    )
    parsed.category = reader.category
    parsed.variant_rows = [row for _, row in variants]
    parsed.image_rows = [row for _, row in images]
    return parsed


class _ProductReader:
    """Reads one product's rows, against what the shop has of it."""

    def __init__(
        self,
        rows: Sequence[Row],
        current: ProductAggregate | None,
        file: FileFormat,
        pictures: Mapping[str, str],
    ) -> None:
        self.rows = rows
        self.current = current
        self.before = current.draft() if current is not None else None
        self.file = file
        self.pictures = pictures
        self.category: str | None = None
        self.title_row = next((row for row in rows if "Title" in row.cells), None)
        # Without the column, the first row speaks for the product; an empty title is that of a further row.
        self.lead = self.title_row or rows[0]
        self.describes_product = self.title_row is not None or "Title" not in file.columns

    def refuse_all(self, reason: str) -> None:
        """Nothing of the rows is in the shop."""
        cause = next((row for row in self.rows if row.outcome.left_out), self.lead)
        for row in self.rows:
            row.outcome.is_taken = False
            if not row.outcome.left_out:
                row.outcome.refuse(CellMessage(None, f"{reason}: see row {cause.number}"))

    def take_rows(self) -> None:
        """A row that only names the product has nothing to lose; one of which nothing is read is told."""
        for row in self.rows:
            outcome = row.outcome
            speaks = row is self.title_row or (row is self.lead and not row.cells.keys().isdisjoint(PRODUCT_COLUMNS))
            if row.cells.keys() <= {"Handle"} or speaks:
                outcome.is_taken = True
            elif not outcome.is_taken and not outcome.left_out:
                outcome.refuse(
                    CellMessage(None, f"names no variant and no picture; row {self.lead.number} speaks for the product")
                )

    def fields(self, slug: str) -> ProductFields | None:
        """The product's own fields; None where it neither exists nor can be made."""
        before = self.before.fields if self.before else None
        cells = Cells(self.lead)
        if before is not None and before.currency != self.file.currency:
            message = f"the product is priced in {before.currency}, the import in {self.file.currency}"
            cells.leave_out("Variant Price", message)
            return None
        if self._is_gift_card():
            return None
        values = self._product_values(cells) if self.describes_product else {}
        if before is None and not values.get("name"):
            if self.title_row is None:
                cells.leave_out("Title", "missing: a new product's first row names it")
            return None
        if before is not None:
            return dataclasses.replace(before, **values)
        return ProductFields(**{**_NEW_PRODUCT, **values, "slug": slug, "currency": self.file.currency})

    def _is_gift_card(self) -> bool:
        """Whether a row says so, or says what cannot be read: a gift card must not be sold as something else."""
        for row in self.rows:
            if row.cells.get("Gift Card", "false").lower() != "false":
                cells = Cells(row)
                if cells.boolean("Gift Card"):
                    cells.leave_out("Gift Card", "gift cards cannot be sold")
                return True
        return False

    def _product_values(self, cells: Cells) -> dict[str, Any]:
        """Those of the product's fields that the row has and that can be read."""
        columns = self.file.columns
        values: dict[str, Any] = {"name": cells.text("Title", longest=255) or None}
        if "Option1 Name" in columns:
            values["option_names"] = option_names(cells, self.before.fields.option_names if self.before else [])
        if "Body (HTML)" in columns:
            values["description"] = description(cells)
        for column, name, longest in (("Vendor", "vendor", 255), ("Type", "product_type", limits.MAX_PRODUCT_TYPE)):
            if column in columns:
                values[name] = cells.text(column, longest=longest)
        if "Tags" in columns:
            values["tags"] = tags(cells)
        unread = {name for name, value in values.items() if value is None}
        values = {name: value for name, value in values.items() if name not in unread}
        for column, name, longest in (("SEO Title", "seo_title", 255), ("SEO Description", "seo_description", 1000)):
            if column in columns and (text := cells.text(column, longest=longest)) is not None:
                values[name] = text or None
        values |= self._publication(cells)
        self.category = self._category(cells)
        return values

    def _publication(self, cells: Cells) -> dict[str, bool]:
        """A new product of which it is not clear whether it is on sale is not; one that exists stays what it is."""
        known = len(cells.row.outcome.left_out)
        published, status = cells.boolean("Published"), cells.choice("Status", _STATUSES)
        if len(cells.row.outcome.left_out) > known:
            return {} if self.before else {"is_active": False}
        if published is None and status is None:
            return {}
        return {"is_active": published is not False and status in (None, "active")}

    def _category(self, cells: Cells) -> str | None:
        if CATEGORY_COLUMN not in self.file.columns:
            return None
        category = cells.text(CATEGORY_COLUMN, longest=_MAX_CATEGORY)
        if not category:
            return category
        if problem := slug_problem(category := composed(category)):
            cells.leave_out(CATEGORY_COLUMN, problem)
            return None
        return category

    def variants(self, names: list[str]) -> list[tuple[Any, Row | None]]:
        """Each variant with the row that it is from. None for all where each of a new product's is refused."""
        described = [row for row in self.rows if _describes_variant(row)]
        if not described and self.current is None:
            described = [self.lead]
        drafts = self.before.variants if self.before is not None else []
        reader = VariantReader(self.current, drafts, self.file.columns, self.file.currency, self.pictures)
        return reader.read(described, names)

    def images(self) -> list[tuple[ImageDraft, Row | None]]:
        """By position, those without one last; the first of several with one address."""
        before = self.before.images if self.before else []
        if "Image Src" not in self.file.columns:
            return [(image, None) for image in before]
        known_alts = {image.url: image.alt for image in before}
        placed: list[tuple[int, ImageDraft, Row]] = []
        is_whole = True
        for row in self.rows:
            if "Image Src" not in row.cells:
                continue
            cells = Cells(row)
            url = cells.image_url("Image Src")
            if url is not None and len(placed) >= limits.MAX_IMAGES:
                cells.leave_out("Image Src", f"a product has at most {limits.MAX_IMAGES} images")
                url = None
            if url is None:
                is_whole = False
                continue
            row.outcome.is_taken = True
            url = self.pictures.get(url, url)
            position = cells.whole("Image Position", largest=_LAST_POSITION)
            alt = cells.text("Image Alt Text", longest=512) if "Image Alt Text" in self.file.columns else None
            image = image_at(url, known_alts.get(url, "") if alt is None else alt)
            placed.append((_LAST_POSITION if position is None else position, image, row))
        by_url: dict[str, tuple[ImageDraft, Row | None]] = {}
        for _, image, row in sorted(placed, key=lambda entry: entry[0]):
            by_url.setdefault(image.url, (image, row))
        others = [] if is_whole else [(image, None) for image in before if image.url not in by_url]
        return [*by_url.values(), *others]


_NEW_PRODUCT: Final[dict[str, Any]] = {
    "description": "",
    "vendor": "",
    "product_type": "",
    "tags": [],
    "category_id": None,
    "option_names": [],
    "seo_title": None,
    "seo_description": None,
    "is_active": True,
}


def _describes_variant(row: Row) -> bool:
    """A row of a picture may repeat cells that say nothing by themselves."""
    columns = NAMING_COLUMNS if "Image Src" in row.cells else VARIANT_COLUMNS
    return not row.cells.keys().isdisjoint(columns)
