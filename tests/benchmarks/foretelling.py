"""How well recommendations foretell purchases that were held back, beside what sells best."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from functions.discovery.repository import recommendations
from functions.discovery.repository.recommendations import RecommendationQuery
from shared.clients.database import Connection
from tests.benchmarks.planted_shop import HeldBack

SHOWN: Final = 10
"""Products of an answer: the k of recall@k."""

_POPULAR: Final = """
SELECT id FROM products WHERE id <> ALL(
    SELECT i.product_id FROM order_keys k JOIN order_items i USING (order_id) WHERE k.user_id = %s
) ORDER BY sold_count DESC, id DESC LIMIT %s
"""


@dataclass(frozen=True)
class Quality:
    """`recall`: the share of purchases that were among the products shown. `coverage`: the share of all products that
    anybody was shown (Herlocker et al., "Evaluating Collaborative Filtering Recommender Systems", ACM TOIS 22/1, 2004).
    """

    recall: float
    coverage: float


def engine(connection: Connection, held: Sequence[HeldBack]) -> Quality:
    """What customers are shown who ask for themselves."""
    return _quality(connection, held, lambda one: _shown(connection, RecommendationQuery(user_id=one.user_id)))


def with_last_product(connection: Connection, held: Sequence[HeldBack]) -> Quality:
    """What customers are shown with what they bought before."""
    return _quality(
        connection,
        held,
        lambda one: _shown(connection, RecommendationQuery(user_id=one.user_id, product_id=one.previous)),
    )


def popularity(connection: Connection, held: Sequence[HeldBack]) -> Quality:
    """What sells best, without what the customer has: the baseline."""

    def best(one: HeldBack) -> list[UUID]:
        return [row["id"] for row in connection.execute(_POPULAR, (one.user_id, SHOWN))]

    return _quality(connection, held, best)


def _shown(connection: Connection, query: RecommendationQuery) -> list[UUID]:
    rows = recommendations.recommended(connection, query, limit=SHOWN)
    return [row.product.id for row in rows if row.reason is not None]


def _quality(connection: Connection, held: Sequence[HeldBack], show: Callable[[HeldBack], Iterable[UUID]]) -> Quality:
    hits, seen = 0, set[UUID]()
    for one in held:
        shown = list(show(one))
        hits += one.product_id in shown
        seen.update(shown)
    row = connection.execute("SELECT count(*) AS products FROM products").fetchone()
    assert row is not None
    return Quality(hits / len(held), len(seen) / row["products"])
