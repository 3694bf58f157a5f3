"""Every way in which goods leave an order asks whether they may (`shared.contexts.payments.goods_clearance`)."""

from __future__ import annotations

import ast
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import keys
from shared.contexts.catalog.models.customers import MediaDownload, ProductMedia
from shared.contexts.catalog.models.products import Variant
from shared.contexts.ordering.models.fulfilment import Shipment
from shared.contexts.payments.models.payments import FraudDecision, Payment
from shared.contexts.payments.models.refunds import Dispute, Refund
from shared.permissions import Role
from tests.contract.applications import entry_point
from tests.factories import identity
from tests.factories.ordering import Shopper, change_variant, pay, variant
from tests.support.cloud import Cloud
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.sql_sources import ROOT, every_write
from tests.support.tokens import TestSigningKey

# Where goods that leave are written down, and the functions that decide to do so.
RECORDS = {
    "shipments": "functions/ordering/repository/shipments.py",
    "shipment_lines": "functions/ordering/repository/shipments.py",
    "media_downloads": "functions/catalog/repository/downloads.py",
}
DOORS = {
    ("functions/ordering/service/shipments.py", "ship"),
    ("functions/ordering/service/shipments.py", "ship_rest"),
    ("functions/ordering/service/order_status_changes.py", "_move"),
    ("functions/catalog/service/downloads.py", "link"),
    ("shared/contexts/payments/digital_orders.py", "complete"),
}
# Not doors: the helper of two, and what follows from parcels that have left.
HELPERS = {
    ("functions/ordering/service/shipments.py", "_create"),
    ("shared/contexts/ordering/order_fulfilment.py", "following"),
}


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            yield node


def calls(function: ast.FunctionDef) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def lets_go(path: Path, function: ast.FunctionDef) -> bool:
    """Whether the function writes goods down as gone: by a record of them, or by the order's fulfilment."""
    called = calls(function)
    if called & {"shipments.insert", "downloads.count"} or (path.name == "shipments.py" and "_create" in called):
        return True
    values = [
        ast.unparse(keyword.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "fulfilment_status"
    ]
    assigned = [ast.unparse(node.value) for node in ast.walk(function) if isinstance(node, ast.Assign)]
    return any("FulfilmentStatus.DELIVERED" in value for value in values + assigned if "(" not in value)


def test_goods_that_leave_are_written_down_in_one_place_each() -> None:
    written = {(write.relation, write.file) for write in every_write() if write.relation in RECORDS}
    erasure = {("shipments", "shared/contexts/ordering/personal_data.py")}
    assert written - erasure == set(RECORDS.items())


def test_every_door_is_listed_and_asks() -> None:
    found = {
        (str(path.relative_to(ROOT)), function.name): calls(function)
        for folder in ("functions", "shared")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts and "repository" not in path.parts
        for function in functions(path)
        if lets_go(path, function)
    }
    assert set(found) - HELPERS - DOORS == set(), "a way out that is not listed here"
    asking = {"goods_clearance.check", "goods_clearance.lock_cleared", "goods_clearance.is_cleared"}
    asked_by_its_helper = {("functions/ordering/service/order_status_changes.py", "_move")}
    assert {door for door in DOORS - asked_by_its_helper if not found[door] & asking} == set()


# What is wrong with the order, and the problem of each way out.
HOLDS: dict[str, tuple[str, str]] = {
    "unpaid": ("not_shippable", "order_not_found"),
    "cancelled": ("not_shippable", "order_not_found"),
    "refunded": ("not_shippable", "order_not_found"),
    "being refunded": ("not_shippable", "order_not_found"),
    "held": ("order_on_hold", "order_on_hold"),
    "rejected": ("order_on_hold", "order_on_hold"),
    "blocked": ("order_on_hold", "order_on_hold"),
    "disputed": ("payment_disputed", "payment_disputed"),
    "asked about": ("payment_disputed", "payment_disputed"),
    "lost to the bank": ("payment_disputed", "payment_disputed"),
    "not judged": ("payment_not_judged", "payment_not_judged"),
}
CLEAR = ("nothing", "judged", "accepted", "won", "never judged")


class Shop:
    """One order of a pot and of a book, with the payment that paid it."""

    def __init__(self, db: Session, signing_key: TestSigningKey) -> None:
        self.db = db
        ordering, catalog = (LambdaClient(entry_point(name)) for name in ("ordering", "catalog"))
        keys.reset()
        staff = signing_key.authorization(identity.user(db, Role.ADMIN))
        buyer = signing_key.authorization(identity.user(db))
        self.admin, self.catalog = Shopper(ordering).signed_in(staff), catalog.signed_in(buyer)
        shopper = Shopper(ordering).signed_in(buyer)
        pot, book = variant(db, "Pot"), variant(db, "Book")
        change_variant(db, book, requires_shipping=False)
        self.media = ProductMedia(
            product_id=db.query(Variant.product_id).filter_by(id=book).scalar(),
            object_key="downloads/x",
            file_name="book.pdf",
            content_type="application/pdf",
            size_bytes=3,
            uploaded_at=datetime.now(UTC),
        )
        db.add(self.media)
        db.commit()
        shopper.add(pot)
        shopper.add(book)
        self.order = shopper.order(shopper.check_out().json()["id"]).json()

    def become(self, what: str) -> None:
        if what == "unpaid":
            return
        pay(self.order["checkout_id"])
        payment = Payment(
            checkout_id=self.order["checkout_id"],
            order_id=self.order["id"],
            provider="stripe",
            status="succeeded",
            provider_payment_id=f"pi_{self.order['checkout_id']}",
            amount=self.order["total_amount"],
            currency="USD",
            amount_captured=self.order["total_amount"],
            provider_charge_id="ch_1",
            succeeded_at=datetime.now(UTC),
        )
        if what == "never judged":
            payment.succeeded_at = datetime(2026, 1, 1, tzinfo=UTC)
        self.db.add(payment)
        self.db.flush()
        if what not in ("not judged", "never judged"):
            self._judge(payment, what)
        self._dispute(payment, what)
        if what == "being refunded":
            self.db.add(
                Refund(
                    payment_id=payment.id,
                    order_id=payment.order_id,
                    provider="stripe",
                    amount=payment.amount,
                    currency="USD",
                    reason="other",
                    actor="system",
                    next_attempt_at=datetime.now(UTC),
                )
            )
        changes = {"cancelled": "state = 'cancelled'", "refunded": "payment_status = 'refunded'"}
        if what in changes:
            self.db.execute(text(f"UPDATE orders SET {changes[what]}"))
        self.db.commit()

    def _judge(self, payment: Payment, what: str) -> None:
        decision = {"held": "review", "rejected": "review", "accepted": "review", "blocked": "block"}.get(what, "allow")
        self.db.add(
            FraudDecision(
                stage="charge",
                decision=decision,
                reasons=[],
                checkout_id=payment.checkout_id,
                payment_id=payment.id,
                provider="stripe",
                provider_charge_id="ch_1",
                verdict=what if what in ("rejected", "accepted") else None,
            )
        )

    def _dispute(self, payment: Payment, what: str) -> None:
        statuses = {
            "disputed": "needs_response",
            "asked about": "warning_under_review",
            "lost to the bank": "lost",
            "won": "won",
        }
        if what in statuses:
            self.db.add(
                Dispute(
                    payment_id=payment.id,
                    order_id=payment.order_id,
                    provider="stripe",
                    provider_dispute_id="dp_1",
                    amount=payment.amount,
                    currency="USD",
                    reason="fraudulent",
                    status=statuses[what],
                    opened_at=datetime.now(UTC),
                )
            )

    def ship(self) -> Answer:
        path, key = f"/admin/orders/{self.order['id']}/shipments", {"Idempotency-Key": uuid.uuid4().hex}
        return self.admin.send("POST", path, json={"carrier": "dpd"}, headers=key)

    def set_shipped(self) -> Answer:
        version = self.admin.send("GET", f"/admin/orders/{self.order['id']}").json()["version"]
        body = {"status": "shipped", "version": version}
        return self.admin.send("PUT", f"/admin/orders/{self.order['id']}", json=body)

    def download(self) -> Answer:
        return self.catalog.post(f"/api/v1/orders/{self.order['id']}/downloads/{self.media.id}")


@pytest.fixture
def shop(db: Session, aws: Cloud, signing_key: TestSigningKey) -> Shop:
    return Shop(db, signing_key)


WAYS: dict[str, Callable[[Shop], Answer]] = {"ship": Shop.ship, "by hand": Shop.set_shipped, "download": Shop.download}


@pytest.mark.parametrize("what", HOLDS)
def test_no_way_leads_out_of_an_order_whose_goods_must_stay(what: str, shop: Shop, db: Session) -> None:
    shop.become(what)
    parcels, files = HOLDS[what]
    status_machine = "illegal_status_move" if what in ("unpaid", "cancelled", "refunded") else parcels
    codes: dict[str, Any] = {way: act(shop).json()["code"] for way, act in WAYS.items()}
    assert codes == {"ship": parcels, "by hand": status_machine, "download": files}
    db.rollback()
    assert (db.query(Shipment).count(), db.query(MediaDownload).count()) == (0, 0)


@pytest.mark.parametrize("what", CLEAR)
@pytest.mark.parametrize("way", WAYS)
def test_every_way_leads_out_of_an_order_that_nothing_holds(what: str, way: str, shop: Shop) -> None:
    shop.become(what)
    assert WAYS[way](shop).status in (200, 201)
