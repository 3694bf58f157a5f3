"""GET /payments and GET /payments/{id}: a payer's own, with their history."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from shared.contexts.ordering import cart_tokens
from shared.permissions import Role
from tests.factories import identity, payments
from tests.integration.payments.stage import Stage
from tests.support.statements import recorded

PAYMENTS = "/api/v1/payments"


def test_a_customer_sees_what_became_of_a_payment(stage: Stage) -> None:
    user = identity.user(stage.db)
    checkout = payments.checkout(stage.db, user)
    payer = stage.as_user(user)
    location = stage.open_intent(payer, checkout).headers["location"]
    stage.pay(stage.intent_of(checkout), "pm_card_visa_chargeDeclined")
    stage.deliver(*stage.events("payment_intent.payment_failed"))
    stage.pay(stage.intent_of(checkout))
    stage.deliver(*stage.events("payment_intent.succeeded"))

    reply = payer.get(location)
    order = stage.order(checkout)
    assert order is not None
    assert reply.status == 200
    assert reply.headers["cache-control"] == "private, no-store"
    shown = reply.json()
    steps = [(step["before"], step["after"]) for step in shown.pop("history")]
    assert steps == [(None, "requires_payment"), ("requires_payment", "failed"), ("failed", "succeeded")]
    assert shown.pop("created_at").endswith("Z")
    assert shown.pop("updated_at").endswith("Z")
    assert shown == {
        "id": str(stage.payment(checkout).id),
        "checkout_id": str(checkout.id),
        "order_id": str(order.id),
        "provider": "stripe",
        "amount": 2497,
        "currency": "USD",
        "status": "succeeded",
        "amount_captured": 2497,
        "amount_refunded": 0,
        "failure_code": None,
        "method": None,
    }


def test_a_guest_sees_the_payment_of_the_guest_checkout(stage: Stage) -> None:
    checkout = payments.checkout(stage.db)
    payment = payments.payment(stage.db, checkout)
    assert stage.as_guest_of(checkout).get(f"{PAYMENTS}/{payment.id}").json()["status"] == "requires_payment"


def test_somebody_elses_payment_is_not_there(stage: Stage) -> None:
    owner = identity.user(stage.db)
    customers = payments.payment(stage.db, of := payments.checkout(stage.db, owner))
    guests = payments.payment(stage.db, guest_checkout := payments.checkout(stage.db))
    ended = cart_tokens.encode(guest_checkout.cart_id, datetime.now(UTC) - timedelta(seconds=1))
    stranger = stage.as_user(identity.user(stage.db))
    for caller, payment in [
        (stranger, customers),
        (stranger, guests),
        (stage.as_user(identity.user(stage.db, Role.ADMIN)), customers),
        (stage.as_guest_of(of), customers),
        (stage.as_guest_of(payments.checkout(stage.db)), guests),
        (stage.api.signed_in({cart_tokens.HEADER: ended}), guests),
    ]:
        reply = caller.get(f"{PAYMENTS}/{payment.id}")
        assert (reply.status, reply.json()["code"]) == (404, "payment_not_found")
    assert stranger.get(f"{PAYMENTS}/{uuid.uuid4()}").json()["code"] == "payment_not_found"


def test_nobody_is_asked_to_sign_in(stage: Stage) -> None:
    payment = payments.payment(stage.db, payments.checkout(stage.db))
    assert stage.api.get(PAYMENTS).status == 401
    assert stage.api.get(f"{PAYMENTS}/{payment.id}").status == 401


def test_the_list_is_ones_own_newest_first_in_pages(stage: Stage) -> None:
    user = identity.user(stage.db)
    made = [payments.payment(stage.db, payments.checkout(stage.db, user)) for _ in range(5)]
    payments.payment(stage.db, payments.checkout(stage.db, identity.user(stage.db)))
    payments.payment(stage.db, payments.checkout(stage.db))
    payer = stage.as_user(user)
    first = payer.get(f"{PAYMENTS}?limit=3").json()
    second = payer.get(f"{PAYMENTS}?limit=3&cursor={first['next_cursor']}").json()
    assert [item["id"] for item in first["items"] + second["items"]] == [str(payment.id) for payment in reversed(made)]
    assert second["next_cursor"] is None


def test_a_customer_without_payments_has_an_empty_list(stage: Stage) -> None:
    assert stage.as_user(identity.user(stage.db)).get(PAYMENTS).json() == {"items": [], "next_cursor": None}


def test_only_the_named_fields_are_sent(stage: Stage) -> None:
    user = identity.user(stage.db)
    payment = payments.payment(stage.db, payments.checkout(stage.db, user))
    payer = stage.as_user(user)
    assert payer.get(f"{PAYMENTS}?fields=id,status").json()["items"] == [
        {"id": str(payment.id), "status": "requires_payment"}
    ]
    assert payer.get(f"{PAYMENTS}/{payment.id}?fields=status").json() == {"status": "requires_payment"}
    assert payer.get(f"{PAYMENTS}?fields=client_secret").status == 422


def test_the_list_takes_one_statement(stage: Stage) -> None:
    payer = stage.as_user(identity.user(stage.db))
    payer.get(PAYMENTS)
    with recorded() as statements:
        payer.get(PAYMENTS)
    assert len(statements) == 1


def test_a_malformed_id_is_422_and_a_wrong_method_405(stage: Stage) -> None:
    payer = stage.as_user(identity.user(stage.db))
    assert payer.get(f"{PAYMENTS}/1").status == 422
    reply = payer.delete(f"{PAYMENTS}/{uuid.uuid4()}")
    assert (reply.status, reply.headers["allow"]) == (405, "GET")
