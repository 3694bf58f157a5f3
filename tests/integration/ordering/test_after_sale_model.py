"""Any sequence of what happens to orders after the sale keeps stock, units and money straight."""

from __future__ import annotations

from contextvars import copy_context
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.payments.domain.refund_shares import UnitsToRefund
from functions.payments.providers.port import ProviderRefund, RefundStatus
from functions.payments.repository import payments
from functions.payments.service.refunds import requests, settlement
from shared import audit, outbox
from shared.clients import database
from shared.contexts.catalog import stock
from shared.contexts.payments.models.payments import Payment
from shared.errors import ConflictError
from tests.factories.ordering import Shopper, change_stock, stock_mismatches, variant
from tests.integration.ordering import fulfilment
from tests.support import database_logins

ORDERS = st.integers(0, 1)


def captured(db: Session, order: Any) -> UUID:
    """The payment that paid the order; its id."""
    payment = Payment(
        checkout_id=order["checkout_id"],
        order_id=order["id"],
        provider="stripe",
        provider_payment_id=f"pi_{order['checkout_id']}",
        amount=order["total_amount"],
        amount_captured=order["total_amount"],
        currency="USD",
        status="succeeded",
    )
    db.add(payment)
    db.commit()
    return payment.id


@database_logins.logged_in("payments")
def refund(payment_id: UUID, units: list[UnitsToRefund], *, amount: int | None = None, arrives: bool = True) -> None:
    """What an administrator refunds, as far as it may be, and what the provider says of it then."""
    audit.acting(audit.SYSTEM)
    try:
        with outbox.unit_of_work() as tx:
            recorded = requests.refund_for_administrator(
                tx, payment_id, amount=amount, units=units, reason="other", note=None, admin_id=uuid4()
            )
    except ConflictError:
        return
    if recorded.amount == 0:
        return
    with outbox.unit_of_work() as tx:
        payment = payments.lock_payment_by_id(tx, payment_id)
        assert payment is not None
        status = RefundStatus.SUCCEEDED if arrives else RefundStatus.FAILED
        answer = ProviderRefund(
            id=f"re_{recorded.id}",
            intent_id=payment.provider_payment_id,
            refund_id=recorded.id,
            amount=recorded.amount,
            currency="USD",
            status=status,
            failure_code=None if arrives else "declined",
            left_balance=arrives,
            came_back=False,
            created_at=datetime.now(UTC),
        )
        settlement.settle(tx, payment, [answer], event_id=None)


class AfterSale(RuleBasedStateMachine):
    """A guest's order and a customer's, both paid, of a pot that was there and of a lid that was partly not."""

    db: Session
    admin: Shopper
    guest: Shopper
    customer: Shopper

    def __init__(self) -> None:
        super().__init__()
        pot, lid = variant(self.db, "Pot", stock=9, amount=333), variant(self.db, "Lid", stock=1, amount=100)
        change_stock(self.db, lid, 1, allow_backorder=True)
        people = (self.guest, self.customer)
        self.orders = [(buyer, fulfilment.placed(buyer, pot, 3, lid, 2)) for buyer in people]
        self.payments = [captured(self.db, order) for _, order in self.orders]
        self.lid = lid
        self.parcels: list[Any] = []
        self.returns: list[Any] = []

    @rule(number=ORDERS)
    def cancel(self, number: int) -> None:
        buyer, order = self.orders[number]
        assert fulfilment.cancel(buyer, order).status in (200, 409)

    @rule(
        number=ORDERS,
        line=st.integers(0, 1),
        quantity=st.integers(1, 3),
        restock=st.sampled_from([None, True, False]),
        handed_over=st.booleans(),
        arrives=st.booleans(),
    )
    def refund_units(
        self, *, number: int, line: int, quantity: int, restock: bool | None, handed_over: bool, arrives: bool
    ) -> None:
        """Also of what was not shipped. Restocking by hand what the customer has is the shop's own truth."""
        item = UUID(self.orders[number][1]["items"][line]["id"])
        units = UnitsToRefund(item, quantity, restock if handed_over or restock is not True else None, handed_over)
        copy_context().run(refund, self.payments[number], [units], arrives=arrives)

    @rule(number=ORDERS, amount=st.sampled_from([None, 1, 250]))
    def refund_an_amount(self, number: int, amount: int | None) -> None:
        copy_context().run(refund, self.payments[number], [], amount=amount)

    @rule(quantity=st.integers(1, 4))
    def units_arrive(self, quantity: int) -> None:
        with database_logins.logged_in("catalog"), database.transaction() as connection:
            stock.adjust(connection, self.lid, quantity, reason="received", actor="admin:1", note=None)

    @rule(number=ORDERS, status=st.sampled_from(["processing", "shipped", "delivered", "cancelled"]))
    def administer(self, number: int, status: str) -> None:
        _, order = self.orders[number]
        version = self.admin.send("GET", f"/admin/orders/{order['id']}").json()["version"]
        body = {"status": status, "version": version}
        assert self.admin.send("PUT", f"/admin/orders/{order['id']}", json=body).status in (200, 409)

    @rule(number=ORDERS, line=st.integers(0, 1), quantity=st.integers(1, 3))
    def ship(self, number: int, line: int, quantity: int) -> None:
        _, order = self.orders[number]
        reply = fulfilment.ship(self.admin, order, {order["items"][line]["id"]: quantity})
        assert reply.status in (201, 409)
        if reply.status == 201:
            self.parcels.append(reply.json())

    @precondition(lambda self: self.parcels)
    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        assert fulfilment.deliver(self.admin, data.draw(st.sampled_from(self.parcels))).status in (200, 409)

    @rule(number=ORDERS, line=st.integers(0, 1), quantity=st.integers(1, 3))
    def ask_to_return(self, number: int, line: int, quantity: int) -> None:
        buyer, order = self.orders[number]
        reply = fulfilment.send_back(buyer, order, {order["items"][line]["id"]: quantity})
        assert reply.status in (201, 409)
        if reply.status == 201:
            self.returns.append(reply.json())

    @precondition(lambda self: self.returns)
    @rule(data=st.data(), approve=st.booleans())
    def decide(self, data: st.DataObject, approve: bool) -> None:
        asked = data.draw(st.sampled_from(self.returns))
        assert fulfilment.decide(self.admin, asked, approve=approve).status in (200, 409)

    @precondition(lambda self: self.returns)
    @rule(data=st.data(), restock=st.booleans())
    def receive(self, data: st.DataObject, restock: bool) -> None:
        asked = data.draw(st.sampled_from(self.returns))
        [item] = fulfilment.quantities(asked)
        assert fulfilment.receive(self.admin, asked, {item: restock}).status in (200, 409)

    @invariant()
    def no_more_leaves_than_was_bought_and_no_more_comes_back_than_arrived(self) -> None:
        wrong = text(
            "SELECT i.id FROM order_items i"
            " CROSS JOIN LATERAL (SELECT coalesce(sum(l.quantity), 0) AS sent,"
            "   coalesce(sum(l.quantity) FILTER (WHERE s.status = 'delivered'), 0) AS arrived"
            "   FROM shipment_lines l JOIN shipments s ON s.id = l.shipment_id WHERE l.order_item_id = i.id) out"
            " CROSS JOIN LATERAL (SELECT coalesce(sum(l.quantity), 0) AS back,"
            "   coalesce(sum(l.refund_amount), 0) AS paid"
            "   FROM return_lines l JOIN returns r ON r.id = l.return_id AND r.status <> 'rejected'"
            "   WHERE l.order_item_id = i.id) home"
            " WHERE out.sent > i.quantity OR home.back > out.arrived OR home.paid > i.total_amount"
        )
        assert self.db.execute(wrong).all() == []

    @invariant()
    def no_unit_is_handed_over_and_removed_and_the_counts_agree(self) -> None:
        wrong = text(
            "SELECT u.id FROM ordering_units u JOIN order_items i ON i.id = u.id"
            " WHERE u.handed_over + u.removed + u.remaining > u.quantity OR u.refunded > u.quantity"
            " OR i.refunded_quantity <> (SELECT coalesce(sum(l.quantity), 0) FROM refund_lines l"
            "   JOIN refunds r ON r.id = l.refund_id WHERE l.order_item_id = i.id AND r.succeeded_at IS NOT NULL)"
        )
        assert self.db.execute(wrong).all() == []

    @invariant()
    def an_order_is_open_exactly_as_long_as_something_is_to_be_done(self) -> None:
        wrong = text(
            "SELECT o.id, o.status FROM orders o JOIN ordering_units u ON u.order_id = o.id"
            " GROUP BY o.id HAVING (o.state = 'open') <>"
            " (o.state <> 'cancelled' AND (sum(u.remaining) > 0 OR sum(u.shipped) > sum(u.delivered)))"
            " AND NOT EXISTS (SELECT FROM refunds r WHERE r.order_id = o.id AND r.status = 'pending')"
        )
        assert self.db.execute(wrong).all() == []

    @invariant()
    def nothing_comes_back_to_stock_that_did_not_leave_it(self) -> None:
        wrong = text(
            "SELECT reference, variant_id FROM stock_movements WHERE reference IN (SELECT id::text FROM orders)"
            " GROUP BY reference, variant_id HAVING sum(quantity) > 0"
        )
        assert self.db.execute(wrong).all() == []

    @invariant()
    def no_more_money_is_asked_back_than_was_paid(self) -> None:
        wrong = text(
            "SELECT o.id FROM orders o JOIN outbox_events e ON e.type = 'RefundRequested'"
            " AND e.payload->>'order_id' = o.id::text GROUP BY o.id, o.total_amount, o.paid_at"
            " HAVING sum((e.payload->>'amount')::bigint) > o.total_amount OR o.paid_at IS NULL"
        )
        assert self.db.execute(wrong).all() == []

    @invariant()
    def status_and_shipments_tell_the_same(self) -> None:
        wrong = text(
            "SELECT o.id, o.status FROM orders o LEFT JOIN shipments s ON s.order_id = o.id GROUP BY o.id"
            " HAVING (o.fulfilment_status IN ('partially_shipped', 'shipped', 'delivered')) <> (count(s.id) > 0)"
            " OR (o.fulfilment_status = 'delivered') <> coalesce(bool_and(s.status = 'delivered')"
            " AND o.state = 'completed', false)"
        )
        assert self.db.execute(wrong).all() == []

    @invariant()
    def the_books_are_straight(self) -> None:
        assert stock_mismatches(self.db) == []


def test_any_sequence_after_the_sale_keeps_stock_units_and_money_straight(
    db: Session, admin: Shopper, guest: Shopper, customer: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shared.web import rate_limits

    monkeypatch.setattr(rate_limits, "_hit", lambda *_: 1)
    here = {"db": db, "admin": admin, "guest": guest, "customer": customer}
    run_state_machine_as_test(
        type("Here", (AfterSale,), here),
        settings=settings(max_examples=6, stateful_step_count=20, suppress_health_check=list(HealthCheck)),
    )
