"""Variants as admins write them by part. Amounts are minor units of the product's currency."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from functions.catalog.domain import limits
from functions.catalog.schemas.admin_products import AdminVariant, Amount, FilledText, OptionValues, WrittenVariant
from functions.catalog.schemas.bulk_changes import ChangeOrDelete
from functions.catalog.schemas.pictures import ImageUrl
from shared.web import ChangeModel, RequestModel, ResponseModel, Version

Stock = Annotated[int, Field(ge=0, le=limits.MAX_STOCK)]
Weight = Annotated[int, Field(ge=0, le=limits.MAX_WEIGHT_GRAMS)]


class NewVariants(RequestModel):
    """Variants of a product that exists; they come behind its others."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"variants": [{"option_values": ["Large"], "price_amount": 1599}]}]}
    )

    variants: Annotated[list[WrittenVariant], Field(min_length=1, max_length=limits.MAX_VARIANTS_TOGETHER)]

    @model_validator(mode="after")
    def _are_new(self) -> Self:
        if any(variant.id is not None for variant in self.variants):
            raise ValueError("variants: new ones have no id")
        return self

    def contents(self) -> list[dict[str, Any]]:
        """The fields of each."""
        return [variant.model_dump(exclude={"id"}) for variant in self.variants]


class CreatedVariants(ResponseModel):
    """Those that were made, in the order in which they were sent."""

    items: list[AdminVariant]


class VariantChange(ChangeModel):
    """Only what is sent changes."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": 1, "price_amount": 1799}]})

    version: Version
    sku: FilledText | None = None
    barcode: FilledText | None = None
    option_values: OptionValues = Field(default_factory=list)
    price_amount: Amount = 0
    compare_at_amount: Amount | None = None
    weight_grams: Weight = 0
    requires_shipping: bool = True
    taxable: bool = True
    image_url: ImageUrl | None = None
    stock: Stock = 0
    allow_backorder: bool = False


class VariantFieldsChange(ChangeModel):
    """What becomes another of each variant: only what is sent."""

    price_amount: Amount = 0
    compare_at_amount: Annotated[Amount | None, Field(description="Null: none")] = None
    weight_grams: Weight = 0
    requires_shipping: bool = True
    taxable: bool = True
    allow_backorder: bool = False
    low_stock_threshold: Annotated[Stock | None, Field(description="Null: do not tell")] = None


class VariantsChange(ChangeOrDelete[VariantFieldsChange]):
    """The same for several variants of the product: `change` them, or `delete` them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"ids": ["0199c0de-0000-7000-8000-000000000001"], "change": {"price_amount": 1799}}]
        }
    )

    def values(self) -> dict[str, Any]:
        """What was sent of the change."""
        change = self.change
        return {} if change is None else change.model_dump(include=change.model_fields_set)
