"""A checkout is shown again as it was answered, to its owner only, with what became of it."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.orm import Session

from shared.contexts.ordering.models.orders import Checkout
from tests.factories import identity, payments, pricing
from tests.factories.ordering import ADDRESS, Shopper, lapse, pay, variant
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey


def shown(shopper: Shopper, checkout: Any) -> Any:
    answer = shopper.send("GET", f"/checkouts/{checkout['id']}")
    assert (answer.status, answer.headers["cache-control"]) == (200, "private, no-store")
    return answer.json()


def test_a_reload_shows_what_the_checkout_answered(guest: Shopper, db: Session) -> None:
    pricing.rate(db, pricing.zone(db, "GB"), 500)
    pricing.tax(db, "GB", 2_000)
    pricing.coupon(db)
    guest.add(variant(db, amount=999, stock=5), 2)
    guest.add(variant(db, "Saucer", amount=250, stock=5))
    assert guest.send("POST", "/cart/coupons", json={"code": "SPRING10"}).status < 300
    answer = guest.check_out(billing_address={**ADDRESS, "company": "Analytical Engines"}, accept_changes=True)
    checkout = answer.json()
    assert answer.headers["location"] == f"/api/v1/checkouts/{checkout['id']}"
    assert (checkout["discount_amount"], checkout["shipping_amount"]) == (225, 500)
    assert checkout["tax_amount"] > 0
    assert shown(guest, checkout) == checkout


def test_what_became_of_it_is_shown(guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    checkout = guest.check_out().json()
    assert (checkout["order_id"], checkout["payment"]) == (None, None)
    stored = db.get_one(Checkout, uuid.UUID(checkout["id"]))
    cancelled = payments.payment(db, stored, status="canceled")
    opened = payments.payment(db, stored, status="requires_payment")
    order = guest.order(checkout["id"]).json()
    waiting = shown(guest, checkout)
    assert (waiting["status"], waiting["order_id"]) == ("ordered", order["id"])
    assert waiting["payment"] == {"id": str(opened.id), "status": "requires_payment"}
    assert waiting["next"] == checkout["next"]
    assert cancelled.id != opened.id
    pay(checkout["id"])
    paid = shown(guest, checkout)
    assert (paid["status"], paid["next"]) == ("paid", None)


def test_an_expired_checkout_has_no_next_step(guest: Shopper, db: Session, expire: Any) -> None:
    guest.add(variant(db))
    checkout = guest.check_out().json()
    lapse(db, checkout["id"])
    expire()
    assert (shown(guest, checkout)["status"], shown(guest, checkout)["next"]) == ("expired", None)


def test_what_costs_nothing_goes_on_with_its_order(guest: Shopper, db: Session) -> None:
    guest.add(variant(db, amount=0))
    checkout = guest.check_out().json()
    assert shown(guest, checkout)["next"] == {"method": "POST", "path": "/api/v1/orders"}


def test_strangers_see_no_checkout(
    guest: Shopper, customer: Shopper, api: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    guest.add(variant(db))
    customer.add(variant(db))
    guests, customers = guest.check_out().json(), customer.check_out().json()
    other_guest = Shopper(api)
    other_guest.add(variant(db))
    other = Shopper(api).signed_in(signing_key.authorization(identity.user(db)))
    for stranger, checkout in (
        (other_guest, guests), (Shopper(api), guests), (other, guests), (other, customers), (guest, customers),
        (guest, {"id": uuid.uuid4()}),
    ):  # fmt: skip
        answer = stranger.send("GET", f"/checkouts/{checkout['id']}")
        assert (answer.status, answer.json()["code"]) == (404, "checkout_not_found")
    assert shown(guest.signed_in(signing_key.authorization(identity.user(db))), guests) == guests
