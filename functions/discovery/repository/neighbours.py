"""Which products go together, from what people bought and from what products are.

Also bought: the cosine of two products' buyers, item to item (Linden, Smith and York, "Amazon.com Recommendations:
Item-to-Item Collaborative Filtering", IEEE Internet Computing 7/1, 2003), damped by n / (n + D) for the few buyers of
rare pairs (Bell and Koren, "Scalable Collaborative Filtering with Jointly Derived Neighborhood Interpolation Weights",
ICDM 2007). A pair that one person bought says more about the person than about the pair, and is left out (Calandrino et
al., "You Might Also Like: Privacy Risks of Collaborative Filtering", IEEE S&P 2011).

Alike: the cosine of two products' traits, each of which counts by its rarity (inverse document frequency; Spärck Jones,
1972). Comparing all that share a trait would take time by the square of the catalogue. Each trait has its products in
the order of their price, and a product is compared with its neighbours there, a sliding window (Hernández and Stolfo,
"The Merge/Purge Problem for Large Databases", SIGMOD 1995): all of a rare trait, and of a frequent one those that cost
about as much.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg import sql

from shared.clients.database import Connection

NEIGHBOURS: Final = 20
"""Of a product, at most."""
PURCHASES: Final = 50
"""Of a buyer the latest so many products count: who bought everything says nothing about what goes together, and would
make pairs by the square.
"""
FEWEST_BUYERS: Final = 2
"""Of a pair."""
DAMPING: Final = 3
TRAITS: Final = 8
"""Of a product, the rarest of those that another one has."""
WINDOW: Final = 40
"""Products before and behind, by price."""

_REFRESH_LOCK: Final = 7_021_115
_WORK_MEMORY: Final = "64MB"

# Temporary tables of this transaction, dropped at its end.
_OFFERED: Final = """
CREATE TEMPORARY TABLE offered ON COMMIT DROP AS
SELECT id AS product_id, sold_count, row_number() OVER (ORDER BY id)::int AS number
FROM catalog_products WHERE is_offered
"""
_BOUGHT_TOGETHER: Final = sql.SQL("""
CREATE TEMPORARY TABLE bought_together ON COMMIT DROP AS
WITH purchase AS (
    SELECT buyer, product_id FROM (
        SELECT coalesce(user_id, order_id) AS buyer, product_id,
            row_number() OVER (PARTITION BY coalesce(user_id, order_id) ORDER BY max(created_at) DESC, product_id)
            AS place
        FROM ordering_purchases WHERE order_id >= {since} GROUP BY 1, 2
    ) latest WHERE place <= {purchases}
), popularity AS (
    SELECT product_id, count(*) AS buyers FROM purchase GROUP BY product_id
), pair AS (
    SELECT a.product_id AS one, b.product_id AS another, count(*) AS buyers
    FROM purchase a JOIN purchase b ON b.buyer = a.buyer AND b.product_id > a.product_id
    GROUP BY 1, 2 HAVING count(*) >= {fewest}
), scored AS (
    SELECT pair.one, pair.another,
        round(pair.buyers / sqrt(x.buyers::float8 * y.buyers) * pair.buyers / (pair.buyers + {damping}) * 10000) / 10000
        AS score
    FROM pair JOIN popularity x ON x.product_id = pair.one JOIN popularity y ON y.product_id = pair.another
), ranked AS (
    SELECT either.product_id, either.other_id, either.score,
        row_number() OVER (PARTITION BY either.product_id
            ORDER BY either.score DESC, other.sold_count DESC, either.other_id) AS place
    FROM (SELECT one AS product_id, another AS other_id, score FROM scored
          UNION ALL SELECT another, one, score FROM scored) either
    JOIN offered USING (product_id) JOIN offered other ON other.product_id = either.other_id
)
SELECT product_id, other_id, score::real AS score, place FROM ranked WHERE place <= {neighbours}
""")
# Words of names as the search index has them (`shared.search.terms`), Chinese ones too. Rows lie in
# the order of their index, so that a window is on one page or two.
_TRAITS: Final = sql.SQL("""
CREATE TEMPORARY TABLE traits ON COMMIT DROP AS
WITH product_trait AS (
    SELECT o.product_id, p.currency, p.price_min, t.trait
    FROM offered o JOIN catalog_products p ON p.id = o.product_id
    CROSS JOIN LATERAL (
        SELECT 'category ' || p.category_id AS trait WHERE p.category_id IS NOT NULL
        UNION SELECT 'vendor ' || lower(p.vendor) WHERE p.vendor <> ''
        UNION SELECT 'type ' || lower(p.product_type) WHERE p.product_type <> ''
        UNION SELECT 'tag ' || lower(tag) FROM unnest(p.tags) AS tag
        UNION SELECT 'word ' || word FROM unnest(p.name_words) AS word
    ) t
), shared AS (
    SELECT trait, row_number() OVER (ORDER BY trait)::int AS number,
        ln(1 + (SELECT count(*) FROM offered) / count(*)::float8) AS weight
    FROM product_trait GROUP BY trait HAVING count(*) > 1
), rarest_trait AS (
    SELECT * FROM (
        SELECT t.product_id, t.currency, t.price_min, shared.number AS trait, shared.weight,
            row_number() OVER (PARTITION BY t.product_id ORDER BY shared.weight DESC, t.trait) AS rarity
        FROM product_trait t JOIN shared USING (trait)
    ) rarest WHERE rarity <= {traits}
)
SELECT product_id, trait, weight / sqrt(sum(weight * weight) OVER (PARTITION BY product_id)) AS share,
    row_number() OVER (PARTITION BY trait ORDER BY currency, price_min, product_id)::int AS place
FROM rarest_trait ORDER BY trait, place
""")
_INDEXES: Final = (
    "CREATE UNIQUE INDEX ON offered (number) INCLUDE (product_id)",
    "CREATE UNIQUE INDEX ON offered (product_id) INCLUDE (sold_count)",
    "CREATE UNIQUE INDEX ON bought_together (product_id, place) INCLUDE (other_id, score)",
    "CREATE UNIQUE INDEX ON traits (trait, place) INCLUDE (product_id, share)",
    "CREATE INDEX ON traits (product_id)",
    "ANALYZE offered",
    "ANALYZE bought_together",
    "ANALYZE traits",
)

# The products of a batch follow each other; that they begin at one spares reading the traits of all before it.
_COMPUTE: Final = """
WITH batch AS MATERIALIZED (
    SELECT o.product_id, (SELECT count(*) FROM bought_together b WHERE b.product_id = o.product_id) AS bought
    FROM offered o WHERE o.number > %(after)s AND o.number <= %(until)s
), alike AS (
    SELECT a.product_id, b.product_id AS other_id, round(sum(a.share * b.share) * 10000) / 10000 AS score
    FROM batch JOIN traits a USING (product_id)
    JOIN traits b ON b.trait = a.trait AND b.place BETWEEN a.place - %(window)s AND a.place + %(window)s
    WHERE batch.bought < %(most)s AND b.product_id <> a.product_id
      AND a.product_id >= (SELECT product_id FROM offered WHERE number = %(after)s + 1)
    GROUP BY 1, 2
), similarity AS (
    SELECT a.product_id, a.other_id, a.score::real AS score,
        row_number() OVER (PARTITION BY a.product_id ORDER BY a.score DESC, o.sold_count DESC, a.other_id) AS place
    FROM alike a JOIN offered o ON o.product_id = a.other_id
    WHERE NOT EXISTS (
        SELECT FROM bought_together b WHERE b.product_id = a.product_id AND b.other_id = a.other_id
    )
), neighbour AS (
    SELECT b.product_id, b.other_id, b.score, b.place FROM batch JOIN bought_together b USING (product_id)
    UNION ALL
    SELECT s.product_id, s.other_id, s.score, batch.bought + s.place FROM batch JOIN similarity s USING (product_id)
    WHERE batch.bought + s.place <= %(most)s
)
INSERT INTO product_neighbours (product_id, neighbour_ids, scores, bought, computed_at)
SELECT n.product_id, array_agg(n.other_id ORDER BY n.place), array_agg(n.score ORDER BY n.place), batch.bought, now()
FROM neighbour n JOIN batch USING (product_id) GROUP BY n.product_id, batch.bought
ON CONFLICT (product_id) DO UPDATE SET neighbour_ids = excluded.neighbour_ids, scores = excluded.scores,
    bought = excluded.bought, computed_at = excluded.computed_at
"""
_DELETE_OUTDATED: Final = """
WITH outdated AS (DELETE FROM product_neighbours WHERE computed_at < now())
SELECT count(*) AS products FROM product_neighbours WHERE computed_at = now()
"""


def lock_refresh(connection: Connection) -> bool:
    """Whether this transaction holds the lock of the refresh; false while another one does."""
    row = connection.execute("SELECT pg_try_advisory_xact_lock(%s) AS locked", (_REFRESH_LOCK,)).fetchone()
    return row is not None and bool(row["locked"])


def raise_limits(connection: Connection, *, seconds: int) -> None:
    """Allow this transaction's statements more time and memory than the role's, which are made for requests."""
    connection.execute(
        "SELECT set_config('statement_timeout', %s, true), set_config('work_mem', %s, true)",
        (f"{seconds}s", _WORK_MEMORY),
    )


def prepare(connection: Connection, *, since: datetime) -> int:
    """Gather what was bought together since then, and what products have in common; returns how many are on sale.

    `compute` reads the gathered rows until the transaction ends.
    """
    # Orders are found by their ids, which begin with the time.
    first_order = UUID(int=int(since.timestamp() * 1000) << 80)
    products = connection.execute(_OFFERED).rowcount
    connection.execute(
        _BOUGHT_TOGETHER.format(
            since=sql.Literal(first_order),
            purchases=sql.Literal(PURCHASES),
            fewest=sql.Literal(FEWEST_BUYERS),
            damping=sql.Literal(DAMPING),
            neighbours=sql.Literal(NEIGHBOURS),
        )
    )
    connection.execute(_TRAITS.format(traits=sql.Literal(TRAITS)))
    for statement in _INDEXES:
        connection.execute(statement)
    return products


def compute(connection: Connection, *, after: int, until: int) -> None:
    """Write the neighbours of the products on sale with these numbers, which count from 1."""
    connection.execute(_COMPUTE, {"after": after, "until": until, "most": NEIGHBOURS, "window": WINDOW})


def delete_outdated(connection: Connection) -> int:
    """Delete what earlier transactions computed; returns how many products have neighbours now."""
    row = connection.execute(_DELETE_OUTDATED).fetchone()
    return row["products"] if row else 0
