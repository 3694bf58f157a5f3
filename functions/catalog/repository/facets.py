"""How many products each further choice would leave: counted over a bounded, fair sample where there are many.

A facet is counted without its own filter, for it shows what could be chosen instead. So a statement has as many sets of
products as there are filters with a facet, and one more; each set is at most a sample of its products.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple, TypeAlias

from psycopg import sql

from functions.catalog.domain.product_filters import ProductFilters
from functions.catalog.repository import filters
from functions.catalog.repository.filters import RATING_STEP, option_condition
from shared.clients.database import Connection
from shared.contexts.catalog.product_lists import AVAILABLE

SAMPLE: Final = 1_024
"""Up to so many products are counted exactly; of more, so many and one are sampled."""
MAX_VALUES: Final = 20
_MAX_OPTION_NAMES: Final = 10
_STARS: Final = (4, 3, 2, 1)


class Facet(StrEnum):
    CATEGORIES = "categories"
    VENDORS = "vendors"
    TAGS = "tags"
    OPTIONS = "options"
    PRICE = "price"
    RATINGS = "ratings"
    IN_STOCK = "in_stock"


_OWN: Final = {
    Facet.CATEGORIES: {"categories"},
    Facet.VENDORS: {"vendor"},
    Facet.TAGS: {"tags"},
    Facet.PRICE: {"price_min", "price_max"},
    Facet.RATINGS: {"rating"},
    Facet.IN_STOCK: {"in stock", "not in stock"},
}


_Plan: TypeAlias = tuple[tuple[Facet, str, str], ...]
_Select: TypeAlias = Callable[[sql.Identifier, sql.Composable], sql.Composed]


class Sampled(NamedTuple):
    """The size of a set's sample, and the place of its last product in the order of the sample."""

    products: int
    last_place: int | None


class FacetCount(NamedTuple):
    """The values of a facet with their counts, and the sample that they were counted in."""

    facet: Facet
    content: Any
    sampled: Sampled


# In the order of a hash of the id, the first of a set are a sample that does not depend on their values.
_SET: Final = sql.SQL("""{set} AS MATERIALIZED (
    SELECT p.id, p.category_id, p.vendor, p.tags, p.option_names, p.price_min, p.rating_rank, uuid_hash(p.id) AS place
    FROM products p WHERE {conditions} ORDER BY uuid_hash(p.id) LIMIT {limit}
)""")

# A product counts for its category and for all above it.
_CATEGORIES: Final = sql.SQL("""
SELECT coalesce(json_agg(json_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'count', most.n)
                         ORDER BY most.n DESC, c.name, c.id), '[]')
FROM (
    WITH RECURSIVE line AS (
        SELECT category_id AS id, count(*) AS n, 0 AS depth FROM {set} WHERE category_id IS NOT NULL GROUP BY 1
        UNION ALL
        SELECT c.parent_id, line.n, line.depth + 1 FROM line JOIN categories c ON c.id = line.id
        WHERE c.parent_id IS NOT NULL AND line.depth < 32
    )
    SELECT id, sum(n) AS n FROM line GROUP BY id ORDER BY sum(n) DESC, id LIMIT {most}
) most JOIN categories c ON c.id = most.id
""")
_VALUES: Final = sql.SQL("""
SELECT coalesce(json_agg(json_build_object('value', value, 'count', n) ORDER BY n DESC, value), '[]')
FROM (SELECT {value} AS value, count(*) AS n FROM {source} WHERE {value} <> '' GROUP BY 1
      ORDER BY 2 DESC, 1 LIMIT {most}) most
""")
_OPTIONS: Final = sql.SQL("""
SELECT coalesce(json_agg(json_build_object('name', name, 'values', values) ORDER BY total DESC, name), '[]')
FROM (
    SELECT name, sum(n) AS total,
           json_agg(json_build_object('value', value, 'count', n) ORDER BY n DESC, value)
               FILTER (WHERE number <= {most}) AS values
    FROM (
        SELECT name, value, n, row_number() OVER (PARTITION BY name ORDER BY n DESC, value) AS number
        FROM (
            SELECT o.name, v.option_values[o.number] AS value, count(DISTINCT p.id) AS n
            FROM {set} p CROSS JOIN LATERAL unnest(p.option_names) WITH ORDINALITY AS o(name, number)
            JOIN variants v ON v.product_id = p.id AND v.deleted_at IS NULL
            WHERE {names} GROUP BY 1, 2
        ) counted
    ) numbered GROUP BY name ORDER BY total DESC, name LIMIT {most_names}
) named
""")
# Exact also where there is a sample only: then an index on prices finds either end soon.
_PRICE: Final = sql.SQL("""
SELECT json_build_object(
    'min_amount', CASE WHEN (SELECT count(*) FROM {set}) <= {sample} THEN (SELECT min(price_min) FROM {set})
        ELSE (SELECT p.price_min FROM products p WHERE {conditions} ORDER BY p.price_min, p.id LIMIT 1) END,
    'max_amount', CASE WHEN (SELECT count(*) FROM {set}) <= {sample} THEN (SELECT max(price_min) FROM {set})
        ELSE (SELECT p.price_min FROM products p WHERE {conditions} ORDER BY p.price_min DESC, p.id DESC LIMIT 1) END)
""")
_RATINGS: Final = sql.SQL("SELECT json_build_array({counts}) FROM {set}")
_AT_LEAST: Final = sql.SQL("json_build_object('min', {stars}, 'count', count(*) FILTER (WHERE rating_rank >= {rank}))")
_IN_STOCK: Final = sql.SQL(
    "SELECT json_build_array(json_build_object('value', true, 'count', count(*) FILTER (WHERE available)),"
    " json_build_object('value', false, 'count', count(*) - count(*) FILTER (WHERE available)))"
    " FROM (SELECT {available} AS available FROM {set} p) looked_at"
)
_LOOKED_AT: Final = sql.SQL("(SELECT json_build_array(count(*), max(place)) FROM {set}) AS {set}")


def count(
    connection: Connection, product_filters: ProductFilters, facets: Sequence[Facet]
) -> tuple[Sampled, list[FacetCount]]:
    """The products that meet all filters, and the counts of each facet; there may be several for options."""
    names, parameters = filters.compiled(product_filters)
    text, plan = _statement(names, len(product_filters.options), tuple(facets))
    row = connection.execute(text, parameters).fetchone()
    assert row is not None
    counts = [FacetCount(facet, row[column], Sampled(*row[of_set])) for facet, column, of_set in plan]
    return Sampled(*row["set_0"]), counts


@lru_cache(maxsize=256)
def _statement(names: tuple[str, ...], options: int, facets: tuple[Facet, ...]) -> tuple[bytes, _Plan]:
    """The statement, and for each facet its column and that of its set."""
    sets: dict[tuple[str, ...], str] = {names: "set_0"}
    columns: list[sql.Composable] = []
    plan: list[tuple[Facet, str, str]] = []
    for facet in facets:
        for without, select in _selects(facet, options):
            remaining = tuple(name for name in names if name not in without)
            of_set = sets.setdefault(remaining, f"set_{len(sets)}")
            plan.append((facet, f"facet_{len(plan)}", of_set))
            counts = select(sql.Identifier(of_set), filters.condition(remaining))
            columns.append(sql.SQL("({}) AS {}").format(counts, sql.Identifier(plan[-1][1])))
    for of_set in sets.values():
        columns.append(_LOOKED_AT.format(set=sql.Identifier(of_set)))
    definitions = [
        _SET.format(
            set=sql.Identifier(of_set), conditions=filters.condition(condition_names), limit=sql.Literal(SAMPLE + 1)
        )
        for condition_names, of_set in sets.items()
    ]
    whole = sql.SQL("WITH {} SELECT {}").format(sql.SQL(", ").join(definitions), sql.SQL(", ").join(columns))
    return whole.as_bytes(), tuple(plan)


def _selects(facet: Facet, options: int) -> list[tuple[set[str], _Select]]:
    """How the facet is counted: the filters that do not apply there, and the query on the set.

    Each option is a facet of its own: those that are chosen are counted without themselves.
    """
    if facet is not Facet.OPTIONS:
        return [(_OWN[facet], _SELECTS[facet])]
    names = [sql.SQL("{}::text").format(sql.Placeholder(f"option_name_{number}")) for number in range(options)]
    others = sql.SQL("o.name <> ALL(ARRAY[{}]::text[])").format(sql.SQL(", ").join(names))
    return [
        (set(), partial(_options, others)),
        *(
            ({option_condition(number)}, partial(_options, sql.SQL("o.name = {}").format(name)))
            for number, name in enumerate(names)
        ),
    ]


def _options(names: sql.Composable, of_set: sql.Identifier, _: sql.Composable) -> sql.Composed:
    return _OPTIONS.format(
        set=of_set, names=names, most=sql.Literal(MAX_VALUES), most_names=sql.Literal(_MAX_OPTION_NAMES)
    )


def _vendors(of_set: sql.Identifier, _: sql.Composable) -> sql.Composed:
    return _VALUES.format(value=sql.Identifier("vendor"), source=of_set, most=sql.Literal(MAX_VALUES))


def _tags(of_set: sql.Identifier, _: sql.Composable) -> sql.Composed:
    source = sql.SQL("{} CROSS JOIN LATERAL unnest(tags) AS tag").format(of_set)
    return _VALUES.format(value=sql.Identifier("tag"), source=source, most=sql.Literal(MAX_VALUES))


def _categories(of_set: sql.Identifier, _: sql.Composable) -> sql.Composed:
    return _CATEGORIES.format(set=of_set, most=sql.Literal(MAX_VALUES))


def _price(of_set: sql.Identifier, conditions: sql.Composable) -> sql.Composed:
    return _PRICE.format(set=of_set, conditions=conditions, sample=sql.Literal(SAMPLE))


def _ratings(of_set: sql.Identifier, _: sql.Composable) -> sql.Composed:
    counts = [
        _AT_LEAST.format(stars=sql.Literal(stars), rank=sql.Literal(stars * 100 * RATING_STEP)) for stars in _STARS
    ]
    return _RATINGS.format(counts=sql.SQL(", ").join(counts), set=of_set)


def _in_stock(of_set: sql.Identifier, _: sql.Composable) -> sql.Composed:
    return _IN_STOCK.format(set=of_set, available=AVAILABLE)


_SELECTS: Final[dict[Facet, _Select]] = {
    Facet.CATEGORIES: _categories,
    Facet.VENDORS: _vendors,
    Facet.TAGS: _tags,
    Facet.PRICE: _price,
    Facet.RATINGS: _ratings,
    Facet.IN_STOCK: _in_stock,
}
