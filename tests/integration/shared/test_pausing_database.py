"""A database that pauses: nobody is connected before the first event, and nobody stays so after one."""

from __future__ import annotations

import os
import sysconfig
import time
from pathlib import Path

import psycopg
import pytest

from tests.benchmarks.function_process import FunctionProcess
from tests.benchmarks.stage import sample
from tests.support.cloud import Cloud

ROOT = Path(__file__).resolve().parents[3]
SITE_PACKAGES = sysconfig.get_paths()["platlib"]


def started(function: str, **variables: str) -> FunctionProcess:
    """The function behind `context.handler`, under the real runtime client, with a name of its own to the database."""
    context, handler = function.split(".")
    return FunctionProcess(
        f"functions.{context}.handlers.{handler}.handler",
        search_path=os.pathsep.join((str(ROOT), SITE_PACKAGES)),
        folder=ROOT,
        variables={**os.environ, "SERVICE": "pausing", "MAX_RECEIVES": "5", **variables},
    )


def connections(database_url: str) -> int:
    with psycopg.connect(database_url) as connection:
        row = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pausing'").fetchone()
    assert row is not None
    return int(row[0])


def connections_left(database_url: str) -> int:
    """How many stay open: a process of the server ends a little after its client has gone."""
    deadline = time.monotonic() + 5
    while (open_ones := connections(database_url)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return open_ones


WOKEN = ["catalog.api", "ordering.expire_reservations", "catalog.on_product_changed", "media.process_image"]


@pytest.mark.parametrize("function", WOKEN)
def test_no_connection_is_open_before_the_first_event_or_between_events(
    aws: Cloud, database_url: str, function: str
) -> None:
    with started(function, DATABASE_PAUSES="true") as process:
        assert connections_left(database_url) == 0
        for _ in range(2):
            process.invoke(sample(function))
            assert connections_left(database_url) == 0


def test_elsewhere_the_connection_of_init_is_kept(aws: Cloud, database_url: str) -> None:
    with started("catalog.api") as process:
        assert connections(database_url) == 1
        answer, _, _ = process.invoke(sample("catalog.api"))
        assert answer["statusCode"] == 200
        assert connections(database_url) == 1
