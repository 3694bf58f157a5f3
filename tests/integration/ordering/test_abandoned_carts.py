"""Customers who agreed to it are reminded of the carts that they left: once for what is in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from tests.factories import identity
from tests.factories.ordering import Shopper, change_product, change_variant, variant
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Context, LambdaClient
from tests.support.tokens import TestSigningKey

SAMPLE = Path(__file__).resolve().parents[3] / "events/ordering/notice_abandoned_carts.json"

Consenting = Callable[[], Shopper]


@pytest.fixture
def consenting(api: LambdaClient, db: Session, signing_key: TestSigningKey) -> Consenting:
    """Makes customers who agreed to such mails."""

    def make() -> Shopper:
        user: User = identity.user(db)
        user.marketing_consent_at = datetime.now(UTC)
        user.language = "zh-CN"
        db.commit()
        return Shopper(api).signed_in(signing_key.authorization(user))

    return make


def notice() -> dict[str, int]:
    """One run of the schedule's function."""
    from functions.ordering.handlers.notice_abandoned_carts import handler

    done: dict[str, int] = handler(json.loads(SAMPLE.read_text()), Context())
    return done


def let_pass(db: Session, time: str = "4 hours 1 minute") -> None:
    """Nobody was at any cart meanwhile."""
    db.execute(text("ALTER TABLE carts DISABLE TRIGGER set_updated_at"))
    db.execute(text("UPDATE carts SET updated_at = updated_at - CAST(:time AS interval)"), {"time": time})
    db.execute(text("ALTER TABLE carts ENABLE TRIGGER set_updated_at"))
    db.commit()


def told(db: Session) -> list[Any]:
    db.rollback()
    return list(
        db.execute(text("SELECT payload FROM outbox_events WHERE type = 'CartAbandoned' ORDER BY id")).scalars()
    )


def test_a_cart_left_for_four_hours_is_told_with_what_is_in_it(consenting: Consenting, db: Session, aws: Cloud) -> None:
    customer = consenting()
    customer.add(variant(db, "Pot", amount=999), 2)
    customer.add(variant(db, "Lid", amount=250))
    let_pass(db, "3 hours 59 minutes")
    assert notice() == {"carts": 0, "notices": 0}
    let_pass(db, "2 minutes")
    assert notice() == {"carts": 1, "notices": 1}
    [event] = told(db)
    assert (event["language"], event["currency"], event["total_amount"]) == ("zh-CN", "USD", 2248)
    assert [(line["name"], line["quantity"], line["unit_amount"]) for line in event["lines"]] == [
        ("Pot", 2, 999),
        ("Lid", 1, 250),
    ]
    assert [published["detail-type"] for published in aws.published()] == ["CartAbandoned"]


def test_the_same_cart_is_told_once(consenting: Consenting, db: Session) -> None:
    customer, pot = consenting(), variant(db)
    item = customer.add(pot, 2).json()["items"][0]["id"]
    let_pass(db)
    assert notice()["notices"] == 1
    let_pass(db)
    assert notice() == {"carts": 0, "notices": 0}
    for quantity, notices in ((3, 1), (2, 0), (4, 1)):
        customer.send("PUT", f"/cart/items/{item}", json={"quantity": quantity})
        let_pass(db)
        assert notice() == {"carts": 1, "notices": notices}


def test_who_did_not_agree_is_not_told(customer: Shopper, guest: Shopper, db: Session) -> None:
    for shopper in (customer, guest):
        shopper.add(variant(db))
    let_pass(db)
    assert notice() == {"carts": 1, "notices": 0}
    assert told(db) == []


def test_who_bought_since_is_not_told(consenting: Consenting, db: Session) -> None:
    customer, pot = consenting(), variant(db, stock=9)
    customer.add(pot)
    customer.add(variant(db, "Lid"))
    let_pass(db)
    db.execute(text("ALTER TABLE carts DISABLE TRIGGER set_updated_at"))
    db.commit()
    customer.order(customer.check_out().json()["id"])
    customer.add(pot)
    let_pass(db)
    # The order was made after the cart was left.
    db.execute(text("UPDATE carts SET abandoned_at = NULL, updated_at = now() - interval '5 hours'"))
    db.commit()
    assert notice()["notices"] == 0


def test_an_empty_cart_and_what_cannot_be_bought_are_not_told(consenting: Consenting, db: Session) -> None:
    emptied, sold_off = consenting(), consenting()
    pot, lid = variant(db, "Pot"), variant(db, "Lid")
    emptied.add(pot)
    emptied.send("DELETE", "/cart")
    sold_off.add(pot)
    sold_off.add(lid)
    change_product(db, pot, is_active=False)
    change_variant(db, lid, price_amount=100)
    let_pass(db)
    assert notice() == {"carts": 2, "notices": 1}
    [event] = told(db)
    assert [line["name"] for line in event["lines"]] == ["Lid"]
    assert event["total_amount"] == 100


def test_what_was_left_days_ago_is_let_be(consenting: Consenting, db: Session) -> None:
    consenting().add(variant(db))
    let_pass(db, "4 days")
    assert notice() == {"carts": 1, "notices": 0}


def test_merging_a_guests_cart_is_being_at_the_cart(consenting: Consenting, guest: Shopper, db: Session) -> None:
    customer = consenting()
    customer.add(variant(db, "Pot"))
    guest.add(variant(db, "Lid"))
    let_pass(db)
    customer.send("POST", "/cart/merge", headers={"X-Cart-Token": str(guest.token)})
    assert notice() == {"carts": 0, "notices": 0}


def test_two_runs_at_once_tell_everybody_once(consenting: Consenting, db: Session) -> None:
    pot = variant(db, stock=500)
    customers = [consenting() for _ in range(12)]
    for customer in customers:
        customer.add(pot)
    let_pass(db)

    runs = at_once(4, lambda _: notice())

    assert sum(run["notices"] for run in runs) == 12
    assert len({event["user_id"] for event in told(db)}) == len(told(db)) == 12
