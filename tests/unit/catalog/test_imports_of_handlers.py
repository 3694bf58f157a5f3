"""What a cold start loads decides how long it takes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.cloud import ENVIRONMENT
from tests.support.product_files import ROOT

HEAVY = {"boto3", "sqlalchemy", "nh3", "alembic"}


@pytest.mark.parametrize(
    ("handler", "unwanted"),
    [("api", HEAVY), ("import_products", HEAVY | {"fastapi", "starlette", "mangum"})],
)
def test_a_handler_loads_nothing_heavy_in_init(handler: str, unwanted: set[str]) -> None:
    program = f"import sys, functions.catalog.handlers.{handler}; print(*sys.modules)"
    unreachable = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    loaded = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **ENVIRONMENT, **unreachable, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not unwanted & set(loaded.stdout.split())
