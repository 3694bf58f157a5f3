"""Recommendations: how well they foretell, what they make of real products, and how long a refresh takes.

Part `recommendations`; `--only foretelling` leaves out the refresh. Foretelling is measured on a shop of known tastes,
leave-last-out, against what sells best; real products are those of the demo shop (Shopify's files), whose neighbours
share a type or tag or do not; the refresh runs on the database of benchmark size, over all of its orders.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.rows import dict_row

from functions.discovery.service import refresh_neighbours
from infra.local.host.database import Server, start_server
from shared import settings
from shared.clients import database as functions_database
from shared.migrations import runner
from tests.benchmarks import foretelling
from tests.benchmarks.data import Database
from tests.benchmarks.planted_shop import Size, plant
from tests.benchmarks.rows import EPOCH
from tests.benchmarks.run import Run
from tests.support.cloud import ENVIRONMENT

# Of every product's first neighbours, and of as many that sell best.
_ALIKE: Final = """
WITH shown AS (
    SELECT n.product_id, e.id, 'neighbours' AS source FROM product_neighbours n
    CROSS JOIN LATERAL unnest(n.neighbour_ids[1:5]) AS e (id)
    UNION ALL
    SELECT p.id, best.id, 'bestsellers' FROM products p CROSS JOIN LATERAL (
        SELECT id FROM products WHERE id <> p.id AND is_active ORDER BY sold_count DESC, id DESC LIMIT 5
    ) best WHERE p.is_active
)
SELECT source, avg((lower(p.product_type) = lower(o.product_type) AND p.product_type <> '' OR p.tags && o.tags)::int)
    ::float8 AS alike FROM shown JOIN products p ON p.id = shown.product_id JOIN products o ON o.id = shown.id
GROUP BY source
"""


@contextmanager
def functions_use(url: str) -> Iterator[None]:
    """Let the code of functions in this process have this database."""
    before = dict(os.environ)
    os.environ.update(ENVIRONMENT | {"DATABASE_URL": url})
    settings.reset()
    functions_database.close()
    try:
        yield
    finally:
        functions_database.close()
        os.environ.clear()
        os.environ.update(before)
        settings.reset()


@contextmanager
def server() -> Iterator[Server]:
    """A PostgreSQL of its own, for small shops."""
    folder = Path(tempfile.mkdtemp(prefix="sharestack-bench-"))
    started = start_server(folder / "postgres", durable=False)
    try:
        yield started
    finally:
        started.stop()
        shutil.rmtree(folder, ignore_errors=True)


def foretell(on: Server, size: Size) -> dict[str, Any]:
    """Recall and coverage of the engine and of the baseline."""
    on.create_database("planted")
    url = on.url("planted")
    runner.upgrade(url)
    with psycopg.connect(url) as connection:
        held = plant(connection, size)
    with functions_use(url):
        refreshed = refresh_neighbours.refresh()
        connection = functions_database.connection()
        found = {
            "bestsellers": foretelling.popularity(connection, held),
            "for the caller": foretelling.engine(connection, held),
            "with the product before": foretelling.with_last_product(connection, held),
        }
    print(f"{size}, refreshed in {refreshed.milliseconds} ms")
    for name, quality in found.items():
        print(f"{name:26}recall@{foretelling.SHOWN} {quality.recall:6.3f}   coverage {quality.coverage:6.3f}")
    return {name: {"recall": q.recall, "coverage": q.coverage} for name, q in found.items()}


def look_at_real_products(on: Server) -> dict[str, float]:
    """The share of neighbours, and of bestsellers, that share a type or a tag with the product."""
    on.create_database("real")
    url = on.url("real")
    runner.upgrade(url)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "demo", str(Path(folder, "result.json"))]
        subprocess.run(command, input=url, text=True, stdout=subprocess.DEVNULL, check=True)
    with functions_use(url):
        refresh_neighbours.refresh()
    with psycopg.connect(url) as connection:
        found = dict(connection.execute(_ALIKE).fetchall())
    for source, share in found.items():
        print(f"{source:26}of the same type or tag {share:6.3f}")
    return found


def refresh(large: Database) -> dict[str, Any]:
    """One run over everything, and a second one, which finds the table full."""
    everything: datetime = EPOCH + refresh_neighbours.PERIOD
    runs = []
    with functions_use(large.url):
        for _ in range(2):
            runs.append(refresh_neighbours.refresh(everything).milliseconds)
    with psycopg.connect(large.url, row_factory=dict_row) as connection:
        row = connection.execute(
            "SELECT count(*) AS products, avg(cardinality(neighbour_ids))::float8 AS neighbours,"
            " avg(bought)::float8 AS bought, pg_total_relation_size('product_neighbours') / 1e6::float8 AS megabytes"
            " FROM product_neighbours"
        ).fetchone()
    assert row is not None
    print(f"refreshed in {', '.join(f'{taken / 1000:.1f}' for taken in runs)} s: {row}")
    return {"milliseconds": runs, **row}


def bench(run: Run) -> None:
    """Measure, print, keep."""
    with server() as own:
        result = {"planted": foretell(own, run.scale.planted), "real": look_at_real_products(own)}
    if run.chosen("refresh of recommendations"):
        result["refresh"] = refresh(run.large)
    run.write("recommendations", result)
