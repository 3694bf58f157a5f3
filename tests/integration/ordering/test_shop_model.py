"""Any sequence of what shoppers, payments, administrators and the clock do keeps the stock's books straight."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import process
from shared.contexts.ordering.models.orders import Order, OrderStatusChange
from shared.permissions import Role
from tests.factories import identity, pricing
from tests.factories.ordering import Shopper, change_stock, count_mismatches, lapse, pay, stock_mismatches, variant
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

EXPECTED = {200, 201, 204, 409}
SHOPPERS = st.integers(0, 2)
POTS = st.integers(0, 1)


STEPS = {
    "pending": {"paid", "cancelled"},
    "paid": {"processing", "shipped", "cancelled"},
    "processing": {"shipped", "cancelled"},
    "shipped": set[str](),
    "cancelled": {"paid"},
}
"""What an order becomes where nothing is delivered and nothing refunded."""


class Shop(RuleBasedStateMachine):
    """Two products, one with backorders; two guests and a customer; checkouts and orders as they come."""

    db: Session
    api: LambdaClient
    signing_key: TestSigningKey
    expire: Any

    def __init__(self) -> None:
        super().__init__()
        self.pots = [variant(self.db, "Pot", stock=4), variant(self.db, "Lid", stock=3)]
        change_stock(self.db, self.pots[1], 3, allow_backorder=True)
        self.code = f"LAST{uuid.uuid4().hex[:8]}".upper()
        pricing.coupon(self.db, self.code, total_limit=2, per_customer_limit=1)
        user, admin = identity.user(self.db), identity.user(self.db, Role.ADMIN)
        # One network, of which more than two pots at once are refused.
        network = f"2001:db8:0:{uuid.uuid4().hex[:4]}"
        guests = [Shopper(LambdaClient(self.api.handler, source_ip=f"{network}::{host}")) for host in (1, 2)]
        self.shoppers = [*guests, Shopper(self.api).signed_in(self.signing_key.authorization(user))]
        self.admin = Shopper(self.api).signed_in(self.signing_key.authorization(admin))
        self.checkouts: list[tuple[Shopper, str]] = []
        self.orders: list[Any] = []

    @rule(shopper=SHOPPERS, pot=POTS, quantity=st.integers(1, 3))
    def add(self, shopper: int, pot: int, quantity: int) -> None:
        assert self.shoppers[shopper].add(self.pots[pot], quantity).status in EXPECTED

    @rule(shopper=SHOPPERS)
    def enter_the_coupon(self, shopper: int) -> None:
        reply = self.shoppers[shopper].send("POST", "/cart/coupons", json={"code": self.code})
        assert reply.status in EXPECTED

    @rule(shopper=SHOPPERS)
    def empty(self, shopper: int) -> None:
        assert self.shoppers[shopper].send("DELETE", "/cart").status in EXPECTED

    @rule(guest=st.integers(0, 1))
    def merge(self, guest: int) -> None:
        token = self.shoppers[guest].token
        if token is not None:
            reply = self.shoppers[2].send("POST", "/cart/merge", headers={"X-Cart-Token": token})
            assert reply.status == 200

    @rule(shopper=SHOPPERS)
    def check_out(self, shopper: int) -> None:
        reply = self.shoppers[shopper].check_out()
        assert reply.status in EXPECTED | {429}
        if reply.status == 201:
            self.checkouts.append((self.shoppers[shopper], reply.json()["id"]))

    @precondition(lambda self: self.checkouts)
    @rule(data=st.data())
    def place(self, data: st.DataObject) -> None:
        shopper, checkout_id = data.draw(st.sampled_from(self.checkouts))
        # A guest whose cart has been replaced by another holds that one's token: the checkout is out of reach.
        reply = shopper.order(checkout_id)
        assert reply.status in EXPECTED | {404}
        if reply.status == 201 and reply.json()["id"] not in [order["id"] for order in self.orders]:
            self.orders.append(reply.json())

    @precondition(lambda self: self.checkouts)
    @rule(data=st.data())
    def money_arrives(self, data: st.DataObject) -> None:
        _, checkout_id = data.draw(st.sampled_from(self.checkouts))
        assert pay(checkout_id) in ("paid", "already_paid", "unfulfillable")

    @precondition(lambda self: self.checkouts)
    @rule(data=st.data())
    def time_passes(self, data: st.DataObject) -> None:
        _, checkout_id = data.draw(st.sampled_from(self.checkouts))
        lapse(self.db, checkout_id)

    @rule()
    def sweep(self) -> None:
        assert self.expire()["failures"] == 0

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), status=st.sampled_from(["processing", "shipped", "cancelled"]))
    def administer(self, data: st.DataObject, status: str) -> None:
        order = data.draw(st.sampled_from(self.orders))
        version = self.admin.send("GET", f"/admin/orders/{order['id']}").json()["version"]
        reply = self.admin.send("PUT", f"/admin/orders/{order['id']}", json={"status": status, "version": version})
        assert reply.status in (200, 409)

    @invariant()
    def the_books_are_straight(self) -> None:
        assert stock_mismatches(self.db) == []
        assert count_mismatches(self.db) == []

    @invariant()
    def a_coupon_is_used_by_what_is_open_or_sold_and_never_more_than_it_may(self) -> None:
        uses = text(
            "SELECT c.redeemed_count, (SELECT coalesce(sum(u.redeemed_count), 0) FROM coupon_customers u"
            " WHERE u.coupon_id = c.id), (SELECT count(*) FROM coupon_redemptions r JOIN checkouts k"
            " ON k.id = r.checkout_id LEFT JOIN orders o ON o.checkout_id = k.id WHERE r.coupon_id = c.id"
            " AND (k.status IN ('open', 'ordered') OR k.status = 'paid' AND o.status <> 'cancelled'))"
            " FROM coupons c WHERE c.code = :code"
        )
        counted, of_customers, live = self.db.execute(uses, {"code": self.code}).one()
        assert counted == of_customers == live <= 2

    @invariant()
    def nothing_is_reserved_for_what_is_closed(self) -> None:
        leaked = text(
            "SELECT count(*) FROM stock_reservations r JOIN checkouts k ON k.id = r.checkout_id"
            " WHERE k.status NOT IN ('open', 'ordered')"
        )
        assert self.db.execute(leaked).scalar_one() == 0

    @invariant()
    def a_cart_has_one_open_checkout_and_a_checkout_one_order(self) -> None:
        carts = self.db.execute(text("SELECT cart_id FROM checkouts WHERE status = 'open'")).scalars().all()
        assert len(carts) == len(set(carts))

    @invariant()
    def orders_and_checkouts_agree_and_every_move_was_legal(self) -> None:
        pairs = self.db.execute(
            text("SELECT o.status, k.status FROM orders o JOIN checkouts k ON k.id = o.checkout_id")
        ).all()
        allowed = {
            "pending": {"ordered"},
            "paid": {"paid"},
            "processing": {"paid"},
            "shipped": {"paid"},
            "cancelled": {"expired", "abandoned", "paid"},
        }
        assert all(checkout in allowed[order] for order, checkout in pairs)
        for before, after in self.db.query(OrderStatusChange.before, OrderStatusChange.after):
            assert before is None or after in STEPS[before]
        assert self.db.query(Order.checkout_id).distinct().count() == self.db.query(Order).count()


@pytest.mark.timeout(200)
def test_any_sequence_keeps_the_books(
    db: Session, api: LambdaClient, signing_key: TestSigningKey, expire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shared.web import rate_limits

    monkeypatch.setattr(rate_limits, "_hit", lambda *_: 1)
    monkeypatch.setenv("RESERVATION_LEAST_UNITS", "2")
    process.reset()
    here = {"db": db, "api": api, "signing_key": signing_key, "expire": staticmethod(expire)}
    run_state_machine_as_test(
        type("ThisShop", (Shop,), here),
        settings=settings(max_examples=12, stateful_step_count=25, suppress_health_check=list(HealthCheck)),
    )
