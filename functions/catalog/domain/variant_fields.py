"""The fields of a variant: the one list of them.

Statements, product files, response schemas and audit entries are composed from it. What else names a field is its model
with a migration, and the request schema that says which values are allowed; `tests/contract/test_variant_fields.py`
fails where one of them lacks it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal, NamedTuple

from functions.catalog.domain.limits import MAX_WEIGHT_GRAMS


class FileColumn(NamedTuple):
    """A field's column in product files. `limit` is the length of the longest text, or the largest number."""

    name: str
    kind: Literal["text", "number", "boolean", "amount", "image_url"]
    limit: int = 255


_FILE_COLUMN: Final = "file_column"
_PUBLIC: Final = {"public": True}
"""The product's page shows the field."""


def _cell(*column: Any) -> dict[str, FileColumn]:
    """The field has a cell of its own in product files."""
    return {_FILE_COLUMN: FileColumn(*column)}


@dataclass(frozen=True, slots=True, kw_only=True)
class VariantFields:
    """A variant without its stock. Names are those of columns and of the API; amounts are minor units of the product's
    currency. A default is what a new variant has unless it is set.
    """

    sku: str | None = field(default=None, metadata=_cell("Variant SKU", "text") | _PUBLIC)
    barcode: str | None = field(default=None, metadata=_cell("Variant Barcode", "text"))
    option_values: list[str] = field(default_factory=list, metadata=_PUBLIC)
    price_amount: int = field(metadata=_PUBLIC)
    compare_at_amount: int | None = field(default=None, metadata=_cell("Variant Compare At Price", "amount") | _PUBLIC)
    weight_grams: int = field(default=0, metadata=_cell("Variant Grams", "number", MAX_WEIGHT_GRAMS) | _PUBLIC)
    requires_shipping: bool = field(default=True, metadata=_cell("Variant Requires Shipping", "boolean") | _PUBLIC)
    taxable: bool = field(default=True, metadata=_cell("Variant Taxable", "boolean"))
    image_url: str | None = field(default=None, metadata=_cell("Variant Image", "image_url") | _PUBLIC)


_ALL: Final = fields(VariantFields)
VARIANT_FIELDS: Final = tuple(f.name for f in _ALL)
PUBLIC_VARIANT_FIELDS: Final = tuple(f.name for f in _ALL if f.metadata.get("public"))
VARIANT_FILE_COLUMNS: Final[dict[str, FileColumn]] = {
    f.name: f.metadata[_FILE_COLUMN] for f in _ALL if _FILE_COLUMN in f.metadata
}
"""By field. Prices and option values have cells with rules of their own."""
