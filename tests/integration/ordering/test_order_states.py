"""The three states of orders in the database, the word that is derived from them, and what finds orders by it."""

from __future__ import annotations

from itertools import product

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.ordering.order_status import FulfilmentStatus, OrderPaymentStatus, OrderState, OrderStates
from tests.factories.ordering import Shopper, variant
from tests.integration.ordering.fulfilment import delivered, placed, ship

EVERY = [OrderStates(*states) for states in product(OrderState, OrderPaymentStatus, FulfilmentStatus)]


def set_states(db: Session, order_id: str, states: OrderStates) -> None:
    db.execute(
        text("UPDATE orders SET state = :state, payment_status = :payment, fulfilment_status = :goods WHERE id = :id"),
        {
            "state": states.state,
            "payment": states.payment_status,
            "goods": states.fulfilment_status,
            "id": order_id,
        },
    )
    db.commit()


def states_of(db: Session, order_id: str) -> tuple[str, str, str, str]:
    row = db.execute(
        text("SELECT state, payment_status, fulfilment_status, status FROM orders WHERE id = :id"), {"id": order_id}
    ).one()
    return tuple(row)  # type: ignore[return-value]


def test_the_databases_word_is_that_of_the_code_for_every_combination(db: Session) -> None:
    for states in EVERY:
        parameters = {"s": states.state, "p": states.payment_status, "f": states.fulfilment_status}
        assert db.execute(text("SELECT order_status(:s, :p, :f)"), parameters).scalar_one() == states.status


def test_no_write_makes_the_word_disagree(guest: Shopper, db: Session) -> None:
    order = guest.buy(variant(db))
    for states in EVERY:
        set_states(db, order["id"], states)
        for word in ("paid", "delivered", states.status):
            before = states_of(db, order["id"])
            change = {"word": word, "state": before[0], "id": order["id"]}
            db.execute(text("UPDATE orders SET status = :word, state = :state WHERE id = :id"), change)
            after = OrderStates(
                OrderState((row := states_of(db, order["id"]))[0]),
                OrderPaymentStatus(row[1]),
                FulfilmentStatus(row[2]),
            )
            assert row[3] == after.status
            db.rollback()


@pytest.mark.parametrize(
    ("words", "states"),
    [
        (["paid"], ("open", "paid", "unfulfilled", "paid")),
        (["paid", "processing"], ("open", "paid", "processing", "processing")),
        (["paid", "shipped"], ("open", "paid", "shipped", "shipped")),
        (["paid", "shipped", "delivered"], ("completed", "paid", "delivered", "delivered")),
        (["cancelled"], ("cancelled", "unpaid", "unfulfilled", "cancelled")),
        (["paid", "cancelled", "refunded"], ("cancelled", "refunded", "unfulfilled", "refunded")),
        (["paid", "partially_refunded"], ("open", "partially_refunded", "unfulfilled", "partially_refunded")),
        (["paid", "partially_refunded", "shipped"], ("open", "partially_refunded", "shipped", "shipped")),
        (["cancelled", "paid"], ("open", "paid", "unfulfilled", "paid")),
    ],
)
def test_a_version_that_writes_the_word_alone_is_translated(
    words: list[str], states: tuple[str, str, str, str], guest: Shopper, db: Session
) -> None:
    order = guest.buy(variant(db))
    for word in words:
        db.execute(text("UPDATE orders SET status = :word WHERE id = :id"), {"word": word, "id": order["id"]})
        db.commit()
    assert states_of(db, order["id"]) == states


def test_a_word_finds_what_it_asks_for_whatever_was_refunded(customer: Shopper, admin: Shopper, db: Session) -> None:
    pot = variant(db, stock=50)
    waiting, refunded_in_part = placed(customer, pot, 1), placed(customer, pot, 1)
    partly = placed(customer, pot, 2)
    ship(admin, partly, {partly["items"][0]["id"]: 1})
    arrived, arrived_and_refunded = delivered(customer, admin, pot, 1), delivered(customer, admin, pot, 1)
    for order in (refunded_in_part, partly, arrived_and_refunded):
        db.execute(text("UPDATE orders SET payment_status = 'partially_refunded' WHERE id = :id"), {"id": order["id"]})
    db.commit()

    def found(status: str) -> set[str]:
        listed = admin.send("GET", "/admin/orders", query={"status": status}).json()["items"]
        return {order["id"] for order in listed}

    assert found("paid") == {waiting["id"], refunded_in_part["id"]}
    assert found("processing") == {partly["id"]}
    assert found("delivered") == {arrived["id"], arrived_and_refunded["id"]}
    assert found("partially_refunded") == {refunded_in_part["id"], partly["id"], arrived_and_refunded["id"]}
    assert found("shipped") == found("refunded") == found("cancelled") == set()
    [shown] = admin.send("GET", "/admin/orders", query={"status": "processing"}).json()["items"]
    assert (shown["state"], shown["payment_status"], shown["fulfilment_status"], shown["status"]) == (
        "open", "partially_refunded", "partially_shipped", "partially_refunded",
    )  # fmt: skip
