"""Filters as conditions on `products p`; lists, searches and facets share them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from psycopg import sql

from functions.catalog.domain.product_filters import ProductFilters
from shared.contexts.catalog.product_lists import AVAILABLE

RATING_STEP: Final = 10_000_000
"""`products.rating_rank` is the average in hundredths times this, and the number of reviews."""


# Every variant has a stock level, so a product that is sold out is among those with a variant that is. These are few
# where looking at product after product would take long, and come from an index.
_SOLD_OUT: Final = (
    sql.SQL(
        "p.id IN (SELECT v.product_id FROM stock_levels s JOIN variants v ON v.id = s.variant_id"
        " WHERE s.sold_out AND v.deleted_at IS NULL) AND NOT "
    )
    + AVAILABLE
)
_LOW: Final = sql.SQL(
    "SELECT v.product_id FROM stock_levels s JOIN variants v ON v.id = s.variant_id"
    " WHERE s.is_low AND v.deleted_at IS NULL"
)
_CONDITIONS: Final[dict[str, sql.Composable]] = {
    "categories": sql.SQL("p.category_id = ANY(%(categories)s)"),
    "price_min": sql.SQL("p.price_min >= %(price_min)s"),
    "price_max": sql.SQL("p.price_min <= %(price_max)s"),
    "vendor": sql.SQL("p.vendor = %(vendor)s"),
    "tags": sql.SQL("p.tags @> %(tags)s::text[]"),
    "rating": sql.SQL("p.rating_rank >= %(rating)s"),
    "active": sql.SQL("p.is_active"),
    "not active": sql.SQL("NOT p.is_active"),
    "in stock": AVAILABLE,
    "not in stock": _SOLD_OUT,
    "text": sql.SQL(
        "p.id IN (SELECT id FROM products WHERE deleted_at IS NULL AND search_key(%(text)s) <> ''"
        " AND search_key(name::text) LIKE '%%' || search_key(%(text)s) || '%%'"
        " UNION ALL SELECT product_id FROM variants WHERE deleted_at IS NULL AND sku IS NOT NULL"
        " AND lower(sku::text) LIKE %(sku_prefix)s)"
    ),
    "low": sql.SQL("p.id IN ({})").format(_LOW),
    "not low": sql.SQL("p.id NOT IN ({})").format(_LOW),
}
_OPTION: Final = "option "

_OPTION_CANDIDATES: Final = sql.SQL(
    "p.id IN (SELECT product_id FROM variants WHERE deleted_at IS NULL AND option_values @> {values}::text[])"
)


def compiled(filters: ProductFilters) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Names of the conditions that the filters make, and the values of their parameters."""
    parameters: dict[str, Any] = {
        name: value
        for name, value in (
            ("categories", filters.categories),
            ("price_min", filters.price_min),
            ("price_max", filters.price_max),
            ("vendor", filters.vendor),
            ("tags", None if filters.tag is None else [filters.tag]),
            ("text", filters.text),
            ("rating", None if filters.rating_min is None else round(filters.rating_min * 100) * RATING_STEP),
        )
        if value is not None
    }
    names = list(parameters)
    if filters.active is not None:
        names.append("active" if filters.active else "not active")
    if filters.text is not None:
        parameters["sku_prefix"] = like_prefix(filters.text.lower())
    if filters.low is not None:
        names.append("low" if filters.low else "not low")
    if filters.in_stock is not None:
        names.append("in stock" if filters.in_stock else "not in stock")
    for number, (name, value) in enumerate(filters.options.items()):
        names.append(option_condition(number))
        parameters[f"option_name_{number}"], parameters[f"option_value_{number}"] = name, value
    return tuple(names), parameters


def like_prefix(text: str) -> str:
    """The pattern of LIKE for what begins with the text."""
    return re.sub(r"([\\\\%_])", r"\\\1", text) + "%"


def option_condition(number: int) -> str:
    """The name of the condition that the numbered option makes."""
    return f"{_OPTION}{number}"


def condition(names: Iterable[str]) -> sql.Composed:
    """The product is not deleted, and all of these hold."""
    names = list(names)
    parts: list[sql.Composable] = [sql.SQL("p.deleted_at IS NULL")]
    parts += [_CONDITIONS[name] for name in names if not name.startswith(_OPTION)]
    options = [name.removeprefix(_OPTION) for name in names if name.startswith(_OPTION)]
    if options:
        parts.append(_options(options))
    return sql.SQL(" AND ").join(parts)


def _options(numbers: list[str]) -> sql.Composed:
    """One variant has these values, each under its option's name.

    The values alone are what an index finds; as a set of ids that does not depend on `p`, so that they can lead.
    """
    values = sql.SQL(", ").join(sql.Placeholder(f"option_value_{number}") for number in numbers)
    parts: list[sql.Composable] = [sql.SQL("v.product_id = p.id AND v.deleted_at IS NULL")]
    parts += [
        sql.SQL("v.option_values[array_position(p.option_names, {name}::text)] = {value}").format(
            name=sql.Placeholder(f"option_name_{number}"), value=sql.Placeholder(f"option_value_{number}")
        )
        for number in numbers
    ]
    return sql.SQL("{candidates} AND EXISTS (SELECT FROM variants v WHERE {exact})").format(
        candidates=_OPTION_CANDIDATES.format(values=sql.SQL("ARRAY[{}]").format(values)),
        exact=sql.SQL(" AND ").join(parts),
    )
