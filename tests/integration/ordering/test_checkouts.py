"""Checkout: priced as the customer saw it, stock reserved, one open at a time."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from shared import keys
from shared.contexts.ordering.models.orders import Checkout, CheckoutLine
from shared.contexts.payments.models.payments import Payment
from tests.factories import identity
from tests.factories.ordering import (
    ADDRESS,
    Shopper,
    change_product,
    change_stock,
    change_variant,
    lapse,
    stock_mismatches,
    stock_of,
    variant,
)
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey


def payment(db: Session, checkout_id: str, status: str) -> None:
    """A provider intent for the checkout, as payments records it."""
    made = Payment(
        checkout_id=uuid.UUID(checkout_id),
        provider="stripe",
        provider_payment_id=f"pi_{uuid.uuid4().hex}",
        amount=999,
        currency="USD",
        status=status,
        amount_captured=999 if status == "succeeded" else 0,
    )
    db.add(made)
    db.commit()


def test_a_checkout_names_prices_stock_and_the_next_step(guest: Shopper, db: Session) -> None:
    pot = variant(db, amount=999, stock=5)
    guest.add(pot, 2)
    reply = guest.check_out(expected_total_amount=1998)
    checkout = reply.json()
    assert reply.status == 201
    assert checkout["status"] == "open"
    assert checkout["email"] == "guest@example.com"
    assert [(line["quantity"], line["unit_amount"], line["amount"]) for line in checkout["lines"]] == [(2, 999, 1998)]
    amounts = ("subtotal_amount", "shipping_amount", "tax_amount", "discount_amount", "total_amount")
    assert [checkout[name] for name in amounts] == [1998, 0, 0, 0, 1998]
    assert checkout["currency"] == "USD"
    assert checkout["shipping_address"]["city"] == "London"
    assert checkout["next"] == {"method": "POST", "path": "/api/v1/payments/intent"}
    ends = datetime.fromisoformat(checkout["expires_at"])
    assert timedelta(minutes=2) < ends - datetime.now(UTC) <= timedelta(minutes=3)
    assert checkout["expires_at"].endswith("Z")
    assert stock_of(db, pot) == (5, 2)


def test_a_customers_order_goes_to_the_accounts_address(
    api: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    user = identity.user(db, email="Ada@example.com")
    customer = Shopper(api).signed_in(signing_key.authorization(user))
    customer.add(variant(db))
    assert customer.check_out().json()["email"] == "Ada@example.com"
    assert customer.check_out(email="ada@example.com").status == 201
    other = customer.check_out(email="eve@example.com")
    assert (other.status, other.json()["errors"][0]["field"]) == (422, "body.email")


def test_a_guest_says_where_to_write(guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    guest.email = None
    reply = guest.check_out()
    assert (reply.status, reply.json()["errors"][0]["field"]) == (422, "body.email")


def test_an_empty_cart_cannot_be_checked_out(guest: Shopper, customer: Shopper, db: Session) -> None:
    for shopper in (guest, customer):
        assert (shopper.check_out().status, shopper.check_out().json()["code"]) == (409, "cart_empty")
    item = guest.add(variant(db)).json()["items"][0]["id"]
    guest.send("DELETE", f"/cart/items/{item}")
    assert guest.check_out().json()["code"] == "cart_empty"


def test_a_changed_price_needs_the_customers_consent(guest: Shopper, db: Session) -> None:
    pot = variant(db, amount=999)
    guest.add(pot, 2)
    change_variant(db, pot, price_amount=1099)
    reply = guest.check_out()
    assert (reply.status, reply.json()["code"]) == (409, "cart_changed")
    assert (reply.json()["total_amount"], reply.json()["currency"]) == (2198, "USD")
    assert [(line["price_at_time"], line["unit_amount"], line["problems"]) for line in reply.json()["items"]] == [
        (999, 1099, ["price_changed"])
    ]
    assert guest.check_out(expected_total_amount=1998).json()["code"] == "cart_changed"
    assert guest.check_out(expected_total_amount=2198).status == 201
    assert guest.check_out(accept_changes=True).json()["total_amount"] == 2198


def test_another_total_than_the_customer_saw_is_refused(guest: Shopper, db: Session) -> None:
    pot = variant(db, amount=999)
    guest.add(pot, 2)
    assert guest.check_out(expected_total_amount=999).json()["code"] == "cart_changed"


def test_what_is_not_for_sale_stops_the_checkout_whatever_is_accepted(guest: Shopper, db: Session) -> None:
    pot = variant(db)
    guest.add(pot)
    guest.add(variant(db, "Lid"))
    change_product(db, pot, is_active=False)
    reply = guest.check_out(accept_changes=True)
    assert (reply.status, reply.json()["code"]) == (409, "cart_changed")
    assert [line["problems"] for line in reply.json()["items"]] == [["removed"]]


def test_a_shortage_reserves_nothing(guest: Shopper, db: Session) -> None:
    pot, lid = variant(db, "Pot", stock=5), variant(db, "Lid", stock=5)
    guest.add(lid, 1)
    guest.add(pot, 5)
    change_stock(db, pot, 4)
    reply = guest.check_out(accept_changes=True)
    assert (reply.status, reply.json()["code"]) == (409, "insufficient_stock")
    assert reply.json()["shortages"] == [{"variant_id": str(pot), "wanted": 5, "available": 4}]
    assert (stock_of(db, pot), stock_of(db, lid)) == ((4, 0), (5, 0))
    assert db.query(Checkout).count() == 0


def test_another_checkout_replaces_the_open_one_and_its_reservation(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=5)
    guest.add(pot, 5)
    first = guest.check_out().json()["id"]
    line = guest.cart()["items"][0]
    assert (line["available"], line["problems"]) == (5, [])  # its own reservation does not count against it
    second = guest.check_out().json()["id"]
    assert {str(id_): status for id_, status in db.query(Checkout.id, Checkout.status)} == {
        first: "abandoned",
        second: "open",
    }
    assert stock_of(db, pot) == (5, 5)
    assert guest.order(first).json()["code"] == "checkout_expired"
    assert stock_mismatches(db) == []


def test_a_checkout_that_fails_leaves_the_one_before_open(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=5)
    guest.add(pot, 5)
    first = guest.check_out().json()["id"]
    change_variant(db, pot, price_amount=1)
    assert guest.check_out().status == 409
    assert stock_of(db, pot) == (5, 5)
    assert guest.order(first).status == 201


@pytest.mark.parametrize(
    ("status", "replaced"), [("requires_payment", True), ("processing", False), ("succeeded", False)]
)
def test_a_checkout_that_is_being_paid_is_not_replaced(
    guest: Shopper, db: Session, status: str, replaced: bool
) -> None:
    guest.add(variant(db))
    checkout_id = guest.check_out().json()["id"]
    payment(db, checkout_id, status)
    reply = guest.check_out()
    if replaced:
        assert reply.status == 201
    else:
        assert (reply.status, reply.json()["code"]) == (409, "payment_in_progress")
        assert reply.json()["checkout_id"] == checkout_id


def test_what_was_reserved_cannot_be_reserved_by_somebody_else(guest: Shopper, customer: Shopper, db: Session) -> None:
    pot = variant(db, stock=3)
    guest.add(pot, 2)
    customer.add(pot, 2)
    guest.check_out()
    reply = customer.check_out()
    assert (reply.status, reply.json()["shortages"][0]["available"]) == (409, 1)


def test_what_was_priced_stays_as_it_was(guest: Shopper, db: Session) -> None:
    pot = variant(db, "Clay Plant Pot", amount=999)
    guest.add(pot)
    checkout_id = guest.check_out().json()["id"]
    change_variant(db, pot, price_amount=5)
    change_product(db, pot, name="Renamed")
    order = guest.order(checkout_id).json()
    assert (order["total_amount"], order["items"][0]["name"]) == (999, "Clay Plant Pot")


def test_a_total_that_no_payment_can_carry_is_refused(guest: Shopper, db: Session) -> None:
    pot = variant(db, amount=99_999_999_99, stock=5)
    guest.add(pot, 2)
    assert guest.check_out().json()["code"] == "amount_too_large"


def test_what_costs_nothing_is_ordered_without_a_payment(guest: Shopper, db: Session) -> None:
    pot = variant(db, amount=0, stock=5)
    guest.add(pot, 2)
    checkout = guest.check_out().json()
    assert checkout["next"] == {"method": "POST", "path": "/api/v1/orders"}
    first, again = guest.order(checkout["id"]), guest.order(checkout["id"])
    assert (first.json()["status"], first.json()["payable_until"]) == ("paid", None)
    assert first.json() == again.json()
    assert stock_of(db, pot) == (3, 0)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": None}, "name"),
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"line1": "  "}, "line1"),
        ({"city": "Lon\ndon"}, "city"),
        ({"country": "XX"}, "country"),
        ({"country": "gb"}, "country"),
        ({"country": "GBR"}, "country"),
        ({"phone": "call me"}, "phone"),
        ({"postal_code": "1" * 21}, "postal_code"),
        ({"planet": "Earth"}, "planet"),
    ],
)
def test_a_bad_address_names_its_field(guest: Shopper, db: Session, changed: dict[str, object], field: str) -> None:
    guest.add(variant(db))
    address = {name: value for name, value in {**ADDRESS, **changed}.items() if value is not None}
    reply = guest.check_out(shipping_address=address)
    assert reply.status == 422
    assert reply.json()["errors"][0]["field"] == f"body.shipping_address.{field}"


@pytest.mark.parametrize(
    "email",
    [
        "", "x", "a@", "@b", "a b@c.d", "a@b@c", "a@b.c\r\nBcc: eve@example.com", "a@b..c", "a" * 250 + "@b.cd",
        "ada,eve@example.com", "ada;eve@example.com", '"Ada"<eve@example.com', "ada@localhost", "ada@-b.cd",
    ],
)  # fmt: skip
def test_a_bad_address_for_mail_is_422(guest: Shopper, db: Session, email: str) -> None:
    guest.add(variant(db))
    reply = guest.check_out(email=email)
    assert (reply.status, reply.json()["errors"][0]["field"]) == (422, "body.email")


@pytest.mark.parametrize("extra", [{"total_amount": 1}, {"user_id": "x"}, {"expires_at": "2099-01-01T00:00:00Z"}])
def test_amounts_and_owners_cannot_be_sent(guest: Shopper, db: Session, extra: dict[str, object]) -> None:
    guest.add(variant(db))
    assert guest.check_out(**extra).status == 422


def test_a_checkout_takes_few_statements_however_many_lines(customer: Shopper, db: Session) -> None:
    for number in range(6):
        customer.add(variant(db, f"Pot {number}"))
    keys.service_key("reservation-network")  # read once by a process
    with recorded() as first:
        assert customer.check_out().status == 201
    with recorded() as again:
        assert customer.check_out().status == 201
    assert len(first) == 6
    assert len(again) == 8
    assert db.query(CheckoutLine).count() == 12


def test_a_lapsed_checkout_cannot_be_ordered_even_before_it_is_swept(guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    checkout_id = guest.check_out().json()["id"]
    lapse(db, checkout_id)
    reply = guest.order(checkout_id)
    assert (reply.status, reply.json()["code"]) == (409, "checkout_expired")
