"""From an empty cart to an order, as a guest and as a customer."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.factories.ordering import Shopper, stock_mismatches, variant
from tests.support.cloud import Cloud


@pytest.mark.parametrize("who", ["guest", "customer"])
def test_a_cart_becomes_a_checkout_becomes_an_order(
    who: str, request: pytest.FixtureRequest, db: Session, aws: Cloud
) -> None:
    shopper: Shopper = request.getfixturevalue(who)
    pot = variant(db, amount=999, stock=5)
    added = shopper.add(pot, 2)
    assert added.status == 201
    checkout = shopper.check_out()
    assert checkout.status == 201, checkout.json()
    assert checkout.json()["total_amount"] == 1998
    placed = shopper.order(checkout.json()["id"])
    assert placed.status == 201, placed.json()
    order = placed.json()
    assert placed.headers["location"] == f"/api/v1/orders/{order['id']}"
    assert (order["status"], order["total_amount"]) == ("pending", 1998)
    assert [entry["status"] for entry in order["timeline"]] == ["pending"]
    assert shopper.cart()["items"] == []
    assert [event["detail-type"] for event in aws.published()] == ["OrderPlaced"]
    assert stock_mismatches(db) == []
