"""Any sequence of what happens to orders after the sale keeps stock, units and money straight."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories.ordering import Shopper, change_stock, stock_mismatches, variant
from tests.integration.ordering import fulfilment

ORDERS = st.integers(0, 1)


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
        self.parcels: list[Any] = []
        self.returns: list[Any] = []

    @rule(number=ORDERS)
    def cancel(self, number: int) -> None:
        buyer, order = self.orders[number]
        assert fulfilment.cancel(buyer, order).status in (200, 409)

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
            "SELECT o.id, o.status FROM orders o LEFT JOIN shipments s ON s.order_id = o.id GROUP BY o.id, o.status"
            " HAVING (o.status IN ('shipped', 'delivered')) <> (o.status <> 'processing' AND count(s.id) > 0)"
            " OR (o.status = 'delivered' AND bool_or(s.status = 'shipped'))"
        )
        assert self.db.execute(wrong).all() == []

    @invariant()
    def the_books_are_straight(self) -> None:
        assert stock_mismatches(self.db) == []


def test_any_sequence_after_the_sale_keeps_stock_units_and_money_straight(
    db: Session, admin: Shopper, guest: Shopper, customer: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shared.web import rate_limits

    monkeypatch.setattr(rate_limits, "WINDOW_SECONDS", 1)
    here = {"db": db, "admin": admin, "guest": guest, "customer": customer}
    run_state_machine_as_test(
        type("Here", (AfterSale,), here),
        settings=settings(
            max_examples=6, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
