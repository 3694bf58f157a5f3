"""On a shop whose customers' tastes are known, recommendations foretell purchases far better than bestsellers do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from sqlalchemy.orm import Session

from functions.discovery.repository import neighbours
from infra.database_roles import OWNER
from shared.clients import database
from tests.benchmarks import foretelling
from tests.benchmarks.planted_shop import HeldBack, Size, plant
from tests.support import database_logins

SMALL = Size(products=300, groups=20, customers=250)


@pytest.fixture
def held_back(db: Session, database_url: str) -> list[HeldBack]:
    with psycopg.connect(database_url) as connection:
        return plant(connection, SMALL)


def test_recommendations_foretell_more_than_bestsellers_and_show_more_of_the_catalogue(
    held_back: list[HeldBack], refresh: Callable[[], Any]
) -> None:
    refresh()
    database_logins.log_in(OWNER)  # of the baseline, which is no function's
    connection = database.connection()
    baseline = foretelling.popularity(connection, held_back)
    for found in (
        foretelling.engine(connection, held_back),
        foretelling.with_last_product(connection, held_back),
    ):
        assert found.recall > 2 * baseline.recall
        assert found.coverage > 3 * baseline.coverage


def test_so_does_what_products_are_by_themselves(
    held_back: list[HeldBack], refresh: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A young shop's: nobody has bought the same yet."""
    monkeypatch.setattr(neighbours, "FEWEST_BUYERS", 1_000_000)
    refresh()
    database_logins.log_in(OWNER)  # of the baseline, which is no function's
    connection = database.connection()
    assert foretelling.engine(connection, held_back).recall > 1.5 * foretelling.popularity(connection, held_back).recall
