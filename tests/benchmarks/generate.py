"""Benchmark data: made from a seed, loaded with COPY. Run it as `python -m tests.benchmarks.generate <database url>`.

The same size and seed give the same rows, whenever it runs: nothing depends on the clock but the ends of checkouts that
wait for their payment. Catalogue and orders are drawn here; what follows from them (stock, movements, order lines,
payments, timelines) the database derives, in SQL.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from functions.catalog.repository import search_index
from functions.discovery.service import refresh_neighbours
from tests.benchmarks import generated_catalog, generated_community, generated_orders
from tests.benchmarks.generated_community import CommunitySize
from tests.benchmarks.rows import EPOCH, Row, to_copy

SEED: Final = 20_250_701
_BLOCK: Final = 2_000


@dataclass(frozen=True)
class Size:
    """How many rows of each kind; variants, images, payments and the rest follow from these."""

    users: int
    products: int
    order_lines: int
    carts: int
    """Customers with two items in their cart."""
    posts: int
    reactions: int
    long_thread: int
    """Comments of one post."""
    followed: int
    """By the person who follows many."""
    muted: int
    """By the person who mutes many."""

    @property
    def orders(self) -> int:
        return round(self.order_lines / generated_orders.LINES_PER_ORDER)

    @property
    def community(self) -> CommunitySize:
        return CommunitySize(
            self.users, self.posts, self.reactions, self.long_thread, followed=self.followed, muted=self.muted
        )


BENCHMARK: Final = Size(
    users=100_000,
    products=100_000,
    order_lines=1_000_000,
    carts=20_000,
    posts=1_000_000,
    reactions=5_000_000,
    long_thread=10_000,
    followed=5_000,
    muted=1_000,
)
"""The size at which docs/benchmarks.md measures."""
SMALL: Final = Size(
    users=1_000,
    products=1_000,
    order_lines=10_000,
    carts=1_000,
    posts=10_000,
    reactions=50_000,
    long_thread=100,
    followed=50,
    muted=10,
)
"""A hundredth of it, to see growth by (with a cart for everybody, so that there is enough to check out)."""


def generate(url: str, size: Size, seed: int = SEED) -> None:
    """Fill a database that is migrated and empty. The role must be allowed to switch triggers off (superuser)."""
    chance = random.Random(seed)
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")  # rows come consistent; checked by the tests
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET statement_timeout = 0")
        # In one transaction with TRUNCATE, COPY writes no WAL (wal_level = minimal).
        connection.execute("TRUNCATE users, categories, products, checkouts, carts, tickers, hashtags CASCADE")
        copy(connection, "users", generated_catalog.USER_COLUMNS, generated_catalog.users(size.users))
        copy(connection, "login_sessions", generated_catalog.SESSION_COLUMNS, generated_catalog.sessions(size.users))
        _make_months(connection)
        catalogue = generated_catalog.draw(chance, size.products)
        for table, columns, rows in catalogue.tables():
            copy(connection, table, columns, rows)
        for table, columns, rows in generated_orders.tables(chance, catalogue.offers, size.users, size.orders):
            copy(connection, table, columns, rows)
        copy(
            connection,
            "cart_items",
            generated_orders.CART_ITEM_COLUMNS,
            generated_orders.cart_items(chance, catalogue.offers, size.carts),
        )
        for statement in generated_orders.DERIVED:
            connection.execute(statement)
        generated_community.generate(connection, size.community)
    _index(url)
    _relate(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET statement_timeout = 0")
        # Rows can only be marked as visible to all once the commits around theirs are on disk, VACUUM's own included.
        connection.execute("SET synchronous_commit = on")
        connection.execute("CHECKPOINT")
        connection.execute("VACUUM (ANALYZE)")


def _index(url: str) -> None:
    """The search index, as an operator would make it."""
    after: UUID | None = None
    with psycopg.connect(url, row_factory=dict_row) as connection:
        connection.execute("SET synchronous_commit = off")
        while done := search_index.rebuild(connection, after=after, limit=_BLOCK):
            after = done[-1]
            connection.commit()


def _relate(url: str) -> None:
    """What goes together, by all orders, as the schedule computes it."""
    with psycopg.connect(url, row_factory=dict_row) as connection:
        connection.execute("SET synchronous_commit = off")
        refresh_neighbours.compute(connection, since=EPOCH)


def _make_months(connection: psycopg.Connection) -> None:
    """The partitions of orders, from the shop's opening on; they belong to who owns the orders."""
    owner = connection.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'orders'").fetchone()
    assert owner is not None
    connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(owner[0])))
    connection.execute("SELECT extend_order_partitions(%s, now() + interval '3 months')", (EPOCH,))
    connection.execute("RESET ROLE")


def copy(connection: psycopg.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
    """COPY rows into a table."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor().copy(statement) as sink:
        block: list[str] = []
        for row in rows:
            block.append(to_copy(row))
            if len(block) >= _BLOCK:
                sink.write("".join(block))
                block.clear()
        sink.write("".join(block))


def main() -> None:
    """Generate into the database that is named, and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.generate", description=__doc__)
    parser.add_argument("url", help="of a migrated, empty database, as a superuser")
    parser.add_argument("--small", action="store_true", help="a hundredth of the size")
    chosen = parser.parse_args()
    started = time.monotonic()
    generate(chosen.url, SMALL if chosen.small else BENCHMARK)
    print(f"generated in {time.monotonic() - started:.1f} s")


if __name__ == "__main__":
    main()
