"""The shop is told what is running out: once for each fall to the threshold."""

from __future__ import annotations

import json
import time
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.catalog.service import low_stock
from shared.clients import database
from shared.contexts.catalog.models.products import StockLevel
from tests.factories import catalog
from tests.factories.ordering import change_product, change_stock, change_variant, reserve, variant
from tests.support import database_logins
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Context
from tests.support.product_files import ROOT


def notice() -> dict[str, int]:
    from functions.catalog.handlers.notice_low_stock import handler

    return handler(json.loads((ROOT / "events/catalog/notice_low_stock.json").read_text()), Context())


def told(aws: Cloud) -> list[dict[str, Any]]:
    return [event["detail"]["data"] for event in aws.published() if event["detail-type"] == "StockLow"]


def test_a_fall_to_the_threshold_is_told_once_until_there_is_more_again(db: Session, aws: Cloud) -> None:
    shirt = catalog.product(db, "Shirt", options={"Size": ["S", "M"]}, stock=20)
    small = catalog.variants(db, shirt)[0]
    assert notice() == {"fallen": 0, "risen": 0}
    change_stock(db, small.id, 5)
    assert notice() == {"fallen": 1, "risen": 0}
    assert told(aws) == [
        {
            "variant_id": str(small.id),
            "product_id": str(shirt.id),
            "name": "Shirt - S",
            "sku": small.sku,
            "available": 5,
            "threshold": 5,
        }
    ]
    change_stock(db, small.id, 2)
    assert notice() == {"fallen": 0, "risen": 0}
    change_stock(db, small.id, 6)
    assert notice() == {"fallen": 0, "risen": 1}
    change_stock(db, small.id, 0)
    assert notice() == {"fallen": 1, "risen": 0}
    assert [news["available"] for news in told(aws)] == [0]


def test_what_is_promised_is_not_available(db: Session, aws: Cloud) -> None:
    pot = variant(db, stock=8)
    reserve({pot: 3})
    notice()
    assert [news["available"] for news in told(aws)] == [5]


def test_nobody_is_told_of_what_does_not_matter(db: Session, aws: Cloud) -> None:
    """Sold also when there is none, off sale, deleted, or not wanted to be known."""
    endless, hidden, deleted, unwatched = (variant(db, name, stock=0) for name in ("A", "B", "C", "D"))
    change_stock(db, endless, 0, allow_backorder=True)
    change_product(db, hidden, is_active=False)
    change_variant(db, deleted, deleted_at="2026-01-01T00:00:00Z")
    db.query(StockLevel).filter_by(variant_id=unwatched).update({"low_stock_threshold": None})
    db.commit()
    assert notice() == {"fallen": 0, "risen": 0}


def test_runs_at_once_share_the_work_and_all_of_it_is_done(
    db: Session, aws: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(low_stock, "BATCH", 3)
    for number in range(10):
        variant(db, f"Pot {number}", stock=1)
    runs = at_once(3, lambda _: notice()["fallen"])
    runs.append(notice()["fallen"])
    assert sum(runs) == 10
    assert len(told(aws)) == 10


def test_it_stops_when_the_invocation_is_almost_over(db: Session, aws: Cloud) -> None:
    variant(db, stock=1)
    with patch.object(Context, "get_remaining_time_in_millis", lambda _: 3_000):
        assert notice() == {"fallen": 0, "risen": 0}
    assert notice() == {"fallen": 1, "risen": 0}


def test_a_sale_that_leaves_a_variant_neither_low_nor_sold_out_writes_no_index(db: Session) -> None:
    """All buyers of a product wait for its row; see docs/decisions/0024-wishes-and-low-stock.md."""
    pot = variant(db, stock=1000)

    def updates() -> tuple[int, int]:
        for context in ("catalog", "ordering"):  # sessions report what they did now and then, unless they are told to
            with database_logins.logged_in(context):
                database.connection().execute("SELECT pg_stat_force_next_flush()")
        db.execute(text("SELECT pg_stat_force_next_flush()"))  # the preparation's, too
        db.rollback()
        row = db.execute(
            text("SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'stock_levels'")
        ).one()
        return row[0], row[1]

    before = updates()
    for _ in range(20):
        reserve({pot: 1})
    ends = time.monotonic() + 5
    while (after := updates())[1] < before[1] + 20 and time.monotonic() < ends:
        time.sleep(0.02)
    assert (after[0] - before[0], after[1] - before[1]) == (20, 20)
