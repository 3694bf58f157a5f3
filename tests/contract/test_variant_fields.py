"""A field of a variant stands in its model, in `VariantFields` and in the request schema; the rest follows."""

from __future__ import annotations

import dataclasses
from typing import Any, get_type_hints

from functions.catalog.domain.product_aggregate import StoredVariant
from functions.catalog.domain.product_draft import PRODUCT_FIELDS, VariantDraft
from functions.catalog.domain.shopify_columns import COLUMNS
from functions.catalog.domain.variant_fields import (
    PUBLIC_VARIANT_FIELDS,
    VARIANT_FIELDS,
    VARIANT_FILE_COLUMNS,
    VariantFields,
)
from functions.catalog.schemas.admin_products import (
    AdminProduct,
    AdminVariant,
    NewProduct,
    ProductChange,
    WrittenVariant,
)
from functions.catalog.schemas.admin_variants import VariantChange
from functions.catalog.schemas.products import ProductVariant
from shared.contexts.catalog.models.products import Product, Variant

ROW = {"id", "created_at", "updated_at", "deleted_at"}
"""Columns that every table of products has."""
OF_ITS_PRODUCT = {"product_id", "vendor", "position"}
COUNTED = {"price_min", "price_max", "rating_count", "rating_sum", "rating_rank", "sold_count", "version"}
"""Columns of products that no admin writes."""
OF_IMPORTS = {"import_handle"}
"""What product files call it; for them alone."""
STOCK = {"stock", "allow_backorder"}
OF_ANSWERS = {"id", "version", "reserved", "low_stock_threshold"}


def columns(model: type[Any]) -> set[str]:
    return {column.name for column in model.__table__.columns}


def test_each_column_of_variants_is_a_field() -> None:
    assert columns(Variant) - ROW - OF_ITS_PRODUCT - {"version"} == set(VARIANT_FIELDS)


def test_each_field_is_read_and_written_by_admins() -> None:
    assert set(WrittenVariant.model_fields) - STOCK - {"id"} == set(VARIANT_FIELDS)
    assert set(VariantChange.model_fields) - STOCK - {"version"} == set(VARIANT_FIELDS)
    assert set(AdminVariant.model_fields) - STOCK - OF_ANSWERS == set(VARIANT_FIELDS)


def test_each_field_is_part_of_what_is_written_and_of_what_is_stored() -> None:
    assert {field.name for field in dataclasses.fields(VariantDraft)} - STOCK - {"id"} == set(VARIANT_FIELDS)
    assert set(VARIANT_FIELDS) < {field.name for field in dataclasses.fields(StoredVariant)}


def test_a_new_variant_has_the_same_defaults_however_it_is_made() -> None:
    by_request = WrittenVariant(price_amount=0).model_dump()
    draft = VariantDraft(id=None, price_amount=0)
    assert by_request == dataclasses.asdict(draft)


def test_answers_have_the_types_of_the_fields() -> None:
    types = get_type_hints(VariantFields)
    for name in VARIANT_FIELDS:
        assert AdminVariant.model_fields[name].annotation == types[name], name
        assert AdminVariant.model_fields[name].is_required(), name


def test_pages_of_products_show_the_public_fields_and_no_others() -> None:
    assert set(ProductVariant.model_fields) - {"id", "stock_state", "available"} == set(PUBLIC_VARIANT_FIELDS)


def test_product_files_have_a_column_for_each_field_but_those_with_rules_of_their_own() -> None:
    assert set(VARIANT_FIELDS) - set(VARIANT_FILE_COLUMNS) == {"price_amount", "option_values"}
    assert {column.name for column in VARIANT_FILE_COLUMNS.values()} < set(COLUMNS)


def test_each_column_of_products_is_a_field_that_admins_write_and_read() -> None:
    parts = {"variants", "images"}
    assert columns(Product) - ROW - COUNTED - OF_IMPORTS == set(PRODUCT_FIELDS)
    assert set(NewProduct.model_fields) - parts == set(PRODUCT_FIELDS)
    assert set(ProductChange.model_fields) - parts - {"version"} == set(PRODUCT_FIELDS)
    assert set(AdminProduct.model_fields) - parts - ROW - {"version", "variant_count"} == set(PRODUCT_FIELDS)
