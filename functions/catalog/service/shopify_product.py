"""What the rows of one handle say about their product.

A row says up to three things: the product (the first row with a title), a variant, an image. A wrong cell is reported,
and voids the thing that it belongs to, not the row's others and no other row's:

- A variant or image that is void is left out. From a product that exists already, nothing is removed then.
- A product whose own cells are wrong keeps what it says now; one that does not exist yet is not made.

Columns that the file lacks leave a product as it is, and so do rows: images alone leave its variants. Quantities count
also where Shopify would not track them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from functions.catalog import documents
from functions.catalog.documents import NO_OPTIONS, ImageDraft, ProductDraft, ProductFields, VariantDraft
from functions.catalog.html import sanitise
from functions.catalog.repository.stored import StoredDocument
from functions.catalog.service.shopify_cells import Cells
from functions.catalog.service.shopify_csv import CATEGORY_COLUMN, Problem, Row, trimmed
from functions.catalog.slugs import slug_problem

OPTIONS: Final = (1, 2, 3)
_VARIANT_COLUMNS: Final = (
    "Variant Price",
    "Variant SKU",
    "Variant Barcode",
    "Variant Inventory Qty",
    *(f"Option{number} Value" for number in OPTIONS),
)
_MAX_CATEGORY: Final = 200
_LAST_POSITION: Final = 1_000_000
_STATUSES: Final = ("active", "draft", "archived", "unlisted")


@dataclass(slots=True)
class Understood:
    """The product as the rows want it (None where it cannot be made), and what was wrong.

    `category` is the slug that the rows name, empty for none; None where they do not say. `variant_rows` are the rows
    that the draft's variants came from, in their order; for those kept from before, None.
    """

    draft: ProductDraft | None = None
    category: str | None = None
    variant_rows: list[int | None] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def understand(
    handle: str, rows: Sequence[Row], current: StoredDocument | None, *, currency: str, void_rows: frozenset[int]
) -> Understood:
    """The draft that the rows describe. Variants of `void_rows` are left out, as if they were wrong."""
    found = Understood()
    reader = _ProductReader(rows, current, currency, void_rows, found.problems)
    fields = reader.fields(handle)
    if fields is None:
        return found
    variants = reader.variants(fields.option_names)
    if not variants:  # each of them was wrong, and told so
        return found
    found.draft = ProductDraft(fields=fields, variants=[draft for draft, _ in variants], images=reader.images())
    found.category = reader.category
    found.variant_rows = [number for _, number in variants]
    return found


class _ProductReader:
    """Reads one product's rows, against what the shop has of it."""

    def __init__(
        self,
        rows: Sequence[Row],
        current: StoredDocument | None,
        currency: str,
        void_rows: frozenset[int],
        problems: list[Problem],
    ) -> None:
        self.rows = rows
        self.before = current.draft() if current is not None else None
        self.currency = currency
        self.void_rows = void_rows
        self.problems = problems
        self.category: str | None = None
        self.title_row = next((row for row in rows if row.cells.get("Title")), None)

    def fields(self, handle: str) -> ProductFields | None:
        """The product's own fields; None where it neither exists nor can be made."""
        before = self.before.fields if self.before else None
        if before is not None and before.currency != self.currency:
            message = f"the product is priced in {before.currency}, the import in {self.currency}"
            self.problems.append(Problem(self.rows[0].number, "Variant Price", message))
            return None
        said = self._said() if self.title_row is not None else None
        if said is not None:
            return ProductFields(**{**_defaults(before), **said, "slug": handle, "currency": self.currency})
        if before is not None:
            return before
        if self.title_row is None:
            self.problems.append(Problem(self.rows[0].number, "Title", "missing: a new product's first row names it"))
        if len(self.rows) > 1:
            others = ", ".join(str(row.number) for row in self.rows if row is not (self.title_row or self.rows[0]))
            number = (self.title_row or self.rows[0]).number
            self.problems.append(Problem(number, None, f"the product is not made, nor its rows {others[:200]}"))
        return None

    def _said(self) -> dict[str, Any] | None:
        """What the title row says; None where some of it is wrong."""
        assert self.title_row is not None
        cells = Cells(self.title_row, self.problems)
        if cells.boolean("Gift Card", default=False):
            cells.refuse("Gift Card", "gift cards cannot be sold")
        said: dict[str, Any] = {"name": cells.text("Title", longest=255), "option_names": _option_names(cells)}
        if cells.has("Body (HTML)"):
            said["description"] = sanitise(cells.text("Body (HTML)", longest=documents.MAX_DESCRIPTION))
            if len(said["description"]) > documents.MAX_DESCRIPTION:  # characters that had to be escaped
                cells.refuse("Body (HTML)", f"more than {documents.MAX_DESCRIPTION} characters of HTML")
        if cells.has("Vendor"):
            said["vendor"] = cells.text("Vendor", longest=255)
        if cells.has("Type"):
            said["product_type"] = cells.text("Type", longest=documents.MAX_PRODUCT_TYPE)
        if cells.has("Tags"):
            said["tags"] = _tags(cells)
        if cells.has("SEO Title"):
            said["seo_title"] = cells.text("SEO Title", longest=255) or None
        if cells.has("SEO Description"):
            said["seo_description"] = cells.text("SEO Description", longest=1000) or None
        if cells.has("Published") or cells.has("Status"):
            published = cells.boolean("Published", default=True)
            said["is_active"] = published and cells.choice("Status", _STATUSES, default="active") == "active"
        category = cells.text(CATEGORY_COLUMN, longest=_MAX_CATEGORY) if cells.has(CATEGORY_COLUMN) else None
        if category and (problem := slug_problem(category)):
            cells.refuse(CATEGORY_COLUMN, problem)
        if cells.broken:
            return None
        self.category = category
        return said

    def variants(self, option_names: list[str]) -> list[tuple[VariantDraft, int | None]]:
        """In the file's order, each with its row; behind them those that must stay because a row was wrong."""
        before = {tuple(variant.option_values): variant for variant in self.before.variants} if self.before else {}
        found: dict[tuple[str, ...], tuple[VariantDraft, int | None]] = {}
        skus: dict[str, int] = {}
        rows = [row for row in self.rows if row is self.title_row or any(map(row.cells.get, _VARIANT_COLUMNS))]
        void = not rows
        for row in rows:
            cells = Cells(row, self.problems)
            values = _option_values(cells, option_names)
            if not cells.broken and (other := found.get(values)):
                cells.refuse("Option1 Value", f"row {other[1]} has the same options")
            elif len(found) >= documents.MAX_VARIANTS:
                cells.refuse(None, f"a product has at most {documents.MAX_VARIANTS} variants")
            draft = self._variant(cells, values, before.get(values))
            if draft.sku is not None and draft.sku in skus:
                cells.refuse("Variant SKU", f"row {skus[draft.sku]} has the same SKU")
            if cells.broken or row.number in self.void_rows:
                void = True
                continue
            found[values] = draft, row.number
            if draft.sku is not None:
                skus[draft.sku] = row.number
        if void:
            kept = [variant for values, variant in before.items() if values not in found]
            fitting = [variant for variant in kept if len(variant.option_values) == len(option_names)]
            return [*found.values(), *((variant, None) for variant in fitting)]
        return list(found.values())

    def _variant(self, cells: Cells, values: tuple[str, ...], before: VariantDraft | None) -> VariantDraft:
        price = cells.amount("Variant Price", self.currency)
        if price is None and not cells.raw("Variant Price"):
            cells.refuse("Variant Price", "missing")
        said: dict[str, Any] = {"price_amount": price or 0, "option_values": list(values)}
        if cells.has("Variant SKU"):
            said["sku"] = cells.text("Variant SKU", longest=255) or None
        if cells.has("Variant Barcode"):
            said["barcode"] = cells.text("Variant Barcode", longest=255) or None
        if cells.has("Variant Compare At Price"):
            said["compare_at_amount"] = cells.amount("Variant Compare At Price", self.currency)
        if cells.has("Variant Grams"):
            said["weight_grams"] = cells.whole("Variant Grams", largest=documents.MAX_WEIGHT_GRAMS) or 0
        if cells.has("Variant Requires Shipping"):
            said["requires_shipping"] = cells.boolean("Variant Requires Shipping", default=True)
        if cells.has("Variant Taxable"):
            said["taxable"] = cells.boolean("Variant Taxable", default=True)
        if cells.has("Variant Image"):
            said["image_url"] = cells.image_url("Variant Image")
        if cells.raw("Variant Inventory Policy"):
            policy = cells.choice("Variant Inventory Policy", ("deny", "continue"), default="deny")
            said["allow_backorder"] = policy == "continue"
        said["stock"] = cells.whole("Variant Inventory Qty", largest=documents.MAX_STOCK)
        return dataclasses.replace(before or _NEW_VARIANT, **said)

    def images(self) -> list[ImageDraft]:
        """By position, those without one last; the first of several with one address."""
        before = self.before.images if self.before else []
        known_alts = {image.url: image.alt for image in before}
        found: list[tuple[int, ImageDraft]] = []
        void = not any("Image Src" in row.cells for row in self.rows)  # the file lacks the column
        for row in self.rows:
            if not row.cells.get("Image Src"):
                continue
            cells = Cells(row, self.problems)
            url = cells.image_url("Image Src")
            position = cells.whole("Image Position", largest=_LAST_POSITION)
            alt = cells.text("Image Alt Text", longest=512)
            if len(found) >= documents.MAX_IMAGES:
                cells.refuse("Image Src", f"a product has at most {documents.MAX_IMAGES} images")
            if cells.broken or url is None:
                void = True
                continue
            if not cells.has("Image Alt Text"):
                alt = known_alts.get(url, "")
            found.append((_LAST_POSITION if position is None else position, ImageDraft(url, alt)))
        by_url: dict[str, ImageDraft] = {}
        for _, image in sorted(found, key=lambda placed: placed[0]):
            by_url.setdefault(image.url, image)
        kept = [image for image in before if image.url not in by_url] if void else []
        return [*by_url.values(), *kept]


_NEW_VARIANT: Final = VariantDraft(
    id=None,
    sku=None,
    barcode=None,
    option_values=[],
    price_amount=0,
    compare_at_amount=None,
    weight_grams=0,
    requires_shipping=True,
    taxable=True,
    image_url=None,
)


def _defaults(before: ProductFields | None) -> dict[str, Any]:
    if before is not None:
        return dataclasses.asdict(before)
    return {
        "description": "",
        "vendor": "",
        "product_type": "",
        "tags": [],
        "category_id": None,
        "seo_title": None,
        "seo_description": None,
        "is_active": True,
    }


def _option_names(cells: Cells) -> list[str]:
    """The names on the title row, from the first on without a gap; none for `Title` with `Default Title`."""
    names = [cells.text(f"Option{number} Name", longest=255) for number in OPTIONS]
    given = [name for name in names if name]
    if names[: len(given)] != given:
        cells.refuse(f"Option{names.index('') + 1} Name", "missing, though a later option has a name")
    if len(set(given)) < len(given):
        cells.refuse("Option2 Name", "an option is named twice")
    if len(given) == 1 and (given[0], cells.raw("Option1 Value")) == NO_OPTIONS:
        return []
    return given


def _option_values(cells: Cells, names: list[str]) -> tuple[str, ...]:
    """One value for each of the product's options, and none beyond."""
    values = [cells.text(f"Option{number} Value", longest=255) for number in OPTIONS]
    for number, value in zip(OPTIONS, values, strict=True):
        if number <= len(names) and not value:
            cells.refuse(f"Option{number} Value", f"missing: the product has the option {names[number - 1]!r}")
        elif number > len(names) and value and not (number == 1 and value == NO_OPTIONS[1]):
            cells.refuse(f"Option{number} Value", "the product has no such option")
    return tuple(values[: len(names)])


def _tags(cells: Cells) -> list[str]:
    tags = list(dict.fromkeys(tag for part in cells.raw("Tags").split(",") if (tag := trimmed(part))))
    if len(tags) > documents.MAX_TAGS:
        cells.refuse("Tags", f"{len(tags)} tags, at most {documents.MAX_TAGS} are possible")
    if any(len(tag) > 255 or "\x00" in tag for tag in tags):
        cells.refuse("Tags", "a tag has at most 255 characters, and no NUL")
    return tags
