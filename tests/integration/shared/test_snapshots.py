"""SnapStart, through the real runtime client and the calls of its Runtime API that only SnapStart makes."""

from __future__ import annotations

import os
import random
import sysconfig
from pathlib import Path

import psycopg

from tests.benchmarks.function_process import FunctionProcess
from tests.benchmarks.stage import sample
from tests.support.cloud import Cloud

ROOT = Path(__file__).resolve().parents[3]
SITE_PACKAGES = sysconfig.get_paths()["platlib"]

DICE = """
import random
from shared import snapshots

random.seed(7)
snapshots.be_ready()

def handler(event, context):
    return random.random()
"""


def start(handler: str, *folders: Path, **variables: str) -> FunctionProcess:
    """The function, initialized for a snapshot."""
    return FunctionProcess(
        handler,
        search_path=os.pathsep.join((*map(str, folders), str(ROOT), SITE_PACKAGES)),
        folder=ROOT,
        variables={**os.environ, "AWS_LAMBDA_INITIALIZATION_TYPE": "snap-start", **variables},
    )


def connections(database_url: str, application: str) -> int:
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", (application,)
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_snapshot_holds_no_connection_and_a_restored_function_answers(aws: Cloud, database_url: str) -> None:
    with start("functions.catalog.handlers.api.handler", SERVICE="restored-catalog") as process:
        assert "warm-up" in process.output(), "it was warmed before the snapshot"
        assert connections(database_url, "restored-catalog") == 0
        process.restore()
        assert connections(database_url, "restored-catalog") == 1
        answer, _, _ = process.invoke(sample("catalog.api"))
    assert answer["statusCode"] == 200


def test_a_restore_without_a_database_leaves_the_error_to_the_first_request(aws: Cloud) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:9/nothing"
    with start("functions.catalog.handlers.api.handler", DATABASE_URL=nowhere) as process:
        process.restore()
        answer, _, _ = process.invoke(sample("catalog.api"))
    assert answer["statusCode"] == 503


def test_restored_functions_do_not_draw_the_snapshots_random_numbers(aws: Cloud, tmp_path: Path) -> None:
    (tmp_path / "dice.py").write_text(DICE)
    with start("dice.handler", tmp_path) as process:
        process.restore()
        drawn, _, _ = process.invoke({})
    assert drawn != random.Random(7).random()
