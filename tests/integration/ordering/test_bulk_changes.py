"""Several orders that are moved along at once."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.factories.ordering import Shopper, pay, variant
from tests.integration.ordering.test_admin_orders import change, show
from tests.support.cloud import Cloud
from tests.support.lambda_client import Answer, LambdaClient


def move(admin: Shopper, orders: list[Any], status: str, *, key: str | None = None, **body: object) -> Answer:
    ids = [order["id"] if isinstance(order, dict) else order for order in orders]
    headers = {"Idempotency-Key": key or uuid.uuid4().hex}
    return admin.send("POST", "/admin/orders/changes", json={"ids": ids, "status": status, **body}, headers=headers)


def outcomes(reply: Answer) -> list[tuple[str, str | None]]:
    return [(result["outcome"], result["code"]) for result in reply.json()["results"]]


@pytest.fixture
def paid(api: LambdaClient, db: Session) -> list[Any]:
    orders = [Shopper(api, f"{index}@example.com").buy(variant(db)) for index in range(2)]
    for order in orders:
        pay(order["checkout_id"])
    return orders


def test_each_order_is_moved_or_refused_by_itself(admin: Shopper, guest: Shopper, db: Session, paid: list[Any]) -> None:
    unpaid, unknown = guest.buy(variant(db)), str(uuid.uuid4())
    assert change(admin, paid[1], "processing").status == 200
    reply = move(admin, [unpaid, paid[0], paid[1], unknown, paid[0]], "processing", reason="picked")
    assert reply.status == 200
    assert [result["id"] for result in reply.json()["results"]] == [unpaid["id"], paid[0]["id"], paid[1]["id"], unknown]
    assert outcomes(reply) == [
        ("refused", "illegal_status_move"),
        ("done", None),
        ("unchanged", None),
        ("refused", "order_not_found"),
    ]
    assert [show(admin, order)["status"] for order in (unpaid, *paid)] == ["pending", "processing", "processing"]
    last = show(admin, paid[0])["timeline"][-1]
    assert (last["status"], last["reason"], last["actor"].partition(":")[0]) == ("processing", "picked", "admin")


def test_events_and_the_audit_log_are_those_of_the_single_change(
    admin: Shopper, aws: Cloud, db: Session, paid: list[Any]
) -> None:
    aws.published()
    for status in ("shipped", "delivered"):
        assert outcomes(move(admin, paid, status)) == [("done", None), ("done", None)]
    told = [event["detail"]["type"] for event in aws.published()]
    assert (told.count("OrderShipped"), told.count("OrderDelivered")) == (2, 2)
    rows = db.connection().exec_driver_sql(
        "SELECT subject_id::text, changes FROM audit_entries WHERE action = 'order.status_changed' ORDER BY id"
    )
    logged = [(str(row[0]), row[1]["status"]) for row in rows]
    assert sorted(logged) == sorted(
        (order["id"], list(step)) for order in paid for step in (("paid", "shipped"), ("shipped", "delivered"))
    )


def test_one_key_moves_once(admin: Shopper, paid: list[Any]) -> None:
    first, again = (move(admin, paid, "processing", key="a-double-press") for _ in range(2))
    assert outcomes(first) == [("done", None), ("done", None)]
    assert again.json() == first.json()


def test_cancelling_and_too_many_are_refused(admin: Shopper, paid: list[Any]) -> None:
    assert move(admin, paid, "cancelled").status == 422
    assert move(admin, [], "shipped").status == 422
    assert move(admin, [str(uuid.uuid4()) for _ in range(101)], "shipped").status == 422
