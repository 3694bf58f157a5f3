"""The shop's figures over HTTP, against what happened, counted by hand."""

from __future__ import annotations

import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from functions.analytics.domain.periods import ReportPeriod
from shared import process
from tests.factories import catalog
from tests.factories.analytics import Line, Sale, record
from tests.support.lambda_client import LambdaClient

OVERVIEW = "/api/v1/admin/analytics"
PRODUCTS = f"{OVERVIEW}/products"
FIRST, LAST = date(2026, 1, 28), date(2026, 3, 3)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
Refresh = Callable[[], dict[str, Any]]


def moment(chance: random.Random) -> datetime:
    """Some time in the days under test, often at the very edge of one, told in some zone."""
    at = datetime.combine(chance.choice(DAYS), datetime.min.time(), UTC)
    at += chance.choice((timedelta(0), timedelta(days=1, microseconds=-1), timedelta(seconds=chance.randrange(86_400))))
    return at.astimezone(timezone(timedelta(hours=chance.randint(-12, 14))))


def in_zone(monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    """Let this be the shop's time zone."""
    monkeypatch.setenv("SHOP_TIME_ZONE", zone)
    process.reset()


def some_sales(db: Session, chance: random.Random) -> list[Sale]:
    """A hundred checkouts of a few carts in three currencies, with all that can become of them."""
    products = [catalog.product(db, f"Pot {number}") for number in range(6)]
    carts = [uuid.UUID(int=chance.getrandbits(128)) for _ in range(40)]
    sales = []
    for _ in range(100):
        chosen = chance.sample(products, chance.randint(1, 3))
        lines = [Line(product, chance.randint(1, 4), chance.choice((0, 1, 999, 12_345))) for product in chosen]
        ordered = chance.random() < 0.7
        paid = ordered and chance.random() < 0.7
        total = sum(line.total for line in lines)
        refunds = [
            (moment(chance), chance.randint(1, max(1, total)), chance.choice(("succeeded", "pending", "failed")))
            for _ in range(chance.choice((0, 0, 1, 2)))
        ]
        sales.append(
            Sale(
                begun_at=moment(chance),
                currency=chance.choice(("USD", "EUR", "JPY")),
                cart_id=chance.choice(carts),
                lines=lines if ordered else (),
                paid_at=moment(chance) if paid else None,
                shipping=chance.choice((0, 500)) if ordered else 0,
                refunds=refunds if ordered and total else (),
            )
        )
    record(db, sales)
    return sales


def counted(sales: Sequence[Sale], currency: str, first: date, last: date, zone: tzinfo = UTC) -> dict[str, Any]:
    """The figures of some days of a time zone, found by looking at every sale."""

    def day(at: datetime) -> date:
        return at.astimezone(zone).date()

    def within(at: datetime | None) -> bool:
        return at is not None and first <= day(at) <= last

    mine = [sale for sale in sales if sale.currency == currency]
    paid = [sale for sale in mine if within(sale.paid_at)]
    refunds = [
        amount
        for sale in mine
        for at, amount, status in sale.refunds
        if sale.paid_at is not None and status == "succeeded" and within(at)
    ]
    begun: dict[tuple[date, uuid.UUID], list[Sale]] = defaultdict(list)
    for sale in mine:
        if within(sale.begun_at):
            begun[day(sale.begun_at), sale.cart_id].append(sale)
    converted = sum(any(sale.paid_at for sale in of_cart) for of_cart in begun.values())
    gross = sum(sale.total for sale in paid)
    sold = gross - sum(amount for sale in paid for _, amount, status in sale.refunds if status == "succeeded")
    return {
        "orders": len(paid),
        "units": sum(line.quantity for sale in paid for line in sale.lines),
        "gross_amount": gross,
        "refunds": len(refunds),
        "refunded_amount": sum(refunds),
        "net_amount": gross - sum(refunds),
        "average_order_amount": (2 * sold + len(paid)) // (2 * len(paid)) if paid else None,
        "checkouts": len(begun),
        "checkouts_ordered": sum(any(sale.lines for sale in of_cart) for of_cart in begun.values()),
        "checkouts_paid": converted,
        "conversion_rate": round(converted / len(begun), 4) if begun else None,
    }


@pytest.mark.parametrize(("seed", "zone"), [(0, "UTC"), (1, "Pacific/Kiritimati"), (2, "America/St_Johns")])
def test_the_figures_are_those_of_counting_by_hand(
    seed: int, zone: str, admin: LambdaClient, *, refresh: Refresh, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_zone(monkeypatch, zone)
    sales = some_sales(db, random.Random(seed))
    refresh()
    for period in ReportPeriod:
        starts = list(period.starts(FIRST, LAST))
        answer = admin.get(OVERVIEW, query={"from": FIRST, "to": LAST, "interval": period.value}).json()
        assert (answer["first_day"], answer["last_day"]) == (str(starts[0]), str(period.end(LAST)))
        assert answer["time_zone"] == zone
        assert [of["currency"] for of in answer["sales"]] == sorted({sale.currency for sale in sales})
        for of in answer["sales"]:
            expected = [
                {"starts_on": str(start)} | counted(sales, of["currency"], start, period.end(start), ZoneInfo(zone))
                for start in starts
            ]
            assert of["periods"] == expected
            assert of["total"] == counted(sales, of["currency"], starts[0], period.end(LAST), ZoneInfo(zone))


@pytest.mark.parametrize(("seed", "zone"), [(0, "UTC"), (1, "Asia/Kathmandu")])
def test_the_top_products_are_those_of_counting_by_hand(
    seed: int, zone: str, admin: LambdaClient, *, refresh: Refresh, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_zone(monkeypatch, zone)
    sales = some_sales(db, random.Random(seed))
    refresh()
    day = random.Random(seed).choice(DAYS)
    for period in ReportPeriod:
        for by in ("revenue", "units"):
            sold: dict[str, list[int]] = {}
            for sale in sales:
                paid_on = sale.paid_at and sale.paid_at.astimezone(ZoneInfo(zone)).date()
                if sale.currency == "USD" and paid_on and period.start(paid_on) == period.start(day):
                    for line in sale.lines:
                        total = sold.setdefault(str(line.product.id), [0, 0])
                        total[0] += line.total
                        total[1] += line.quantity
            order = (0, 1) if by == "revenue" else (1, 0)
            best = sorted(sold, key=lambda product: (*(-sold[product][of] for of in order), product))
            answer = admin.get(
                PRODUCTS, query={"interval": period.value, "day": day, "by": by, "currency": "USD"}
            ).json()
            assert [
                (row["rank"], row["product_id"], row["revenue_amount"], row["units"]) for row in answer["products"]
            ] == [(rank, product, *sold[product]) for rank, product in enumerate(best, start=1)]
