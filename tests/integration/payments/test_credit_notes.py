"""A refund of an order that is invoiced has a credit note: once, without gaps, and no cent more than the invoice."""

from __future__ import annotations

import io
import re
import uuid
from collections import defaultdict
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from shared.contexts.catalog.models.products import Category
from shared.contexts.ordering.models.fulfilment import CreditNote, Invoice
from shared.contexts.payments.models.payments import Payment
from shared.contexts.payments.models.refunds import Refund
from tests.contract.applications import entry_point
from tests.factories import catalog, pricing
from tests.factories.ordering import ADDRESS, Shopper, variant
from tests.integration.payments.stage import Stage
from tests.integration.payments.test_order_events import deliver
from tests.integration.payments.test_returned_goods import requests
from tests.support import database_logins
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient

PAID = ("charge.succeeded", "payment_intent.succeeded")
GERMANY = {**ADDRESS, "country": "DE"}


class Purchase:
    """A guest's paid order of three lamps at 33.34 (19 %), an atlas at 12.50 (7 %), and shipping of 4.95 at 19 %."""

    def __init__(self, stage: Stage, *, card: str = "pm_card_visa", included: bool = True) -> None:
        self.stage = stage
        books = stage.db.query(Category).first()
        if books is None:
            books = catalog.category(stage.db, "Books")
            pricing.tax(
                stage.db, included=included, category_rates=[{"category_id": str(books.id), "rate_basis_points": 700}]
            )
            pricing.rate(stage.db, pricing.zone(stage.db), 495)
        guest = Shopper(LambdaClient(entry_point("ordering")))
        guest.add(variant(stage.db, "Lamp", amount=3_334, stock=90), 3)
        guest.add(variant(stage.db, "Atlas", amount=1_250, stock=90, category=books), 1)
        checkout = guest.check_out(shipping_address=GERMANY).json()
        self.order: Any = guest.order(checkout["id"]).json()
        self.guest = guest
        headers = {"X-Cart-Token": guest.token or "", "Idempotency-Key": uuid.uuid4().hex}
        body = {"checkout_id": checkout["id"]}
        assert stage.api.post("/api/v1/payments/intent", json=body, headers=headers).status == 201
        stage.db.rollback()
        self.payment = stage.db.query(Payment).filter_by(checkout_id=uuid.UUID(checkout["id"])).one()
        stage.pay(self.payment.provider_payment_id, card)
        assert stage.deliver(*stage.events(*PAID)) == []
        self.staff = stage.admin()

    def refund(self, units: dict[str, int] | None = None, **options: Any) -> Answer:
        body: dict[str, Any] = {"reason": "other", **options}
        if units is not None:
            items = {item["name"]: item["id"] for item in self.order["items"]}
            body["lines"] = [{"order_item_id": items[name], "quantity": count} for name, count in units.items()]
        path = f"/api/v1/admin/payments/{self.payment.id}/refunds"
        answer = self.staff.post(path, json=body, headers={"Idempotency-Key": uuid.uuid4().hex})
        assert answer.status == 201, answer.body
        return answer

    def get(self, path: str) -> Answer:
        return self.guest.send("GET", f"/orders/{self.order['id']}/{path}", query={"token": self.order["token"]})

    def documents(self) -> list[Any]:
        items: list[Any] = self.get("documents").json()["items"]
        return items

    def notes(self) -> list[CreditNote]:
        self.stage.db.rollback()
        return (
            self.stage.db.query(CreditNote)
            .filter_by(order_id=uuid.UUID(self.order["id"]))
            .order_by(CreditNote.id)
            .all()
        )


def by_rate(contents: dict[str, Any]) -> dict[int, tuple[int, int]]:
    """Net and tax."""
    return {part["rate_basis_points"]: (part["net_amount"], part["tax_amount"]) for part in contents["rates"]}


def together(notes: list[CreditNote]) -> dict[int, tuple[int, int]]:
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for note in notes:
        for rate, (net, tax) in by_rate(note.contents).items():
            sums[rate][0] += net
            sums[rate][1] += tax
    return {rate: (net, tax) for rate, (net, tax) in sums.items()}


@pytest.mark.parametrize("included", [True, False])
def test_the_notes_of_all_refunds_are_the_invoice_to_the_cent(included: bool, stage: Stage) -> None:
    purchase = Purchase(stage, included=included)
    [listed] = purchase.documents()
    invoice = stage.db.query(Invoice).one()
    assert invoice.contents is not None
    assert sum(map(sum, by_rate(invoice.contents).values())) == listed["amount"] == purchase.order["total_amount"]
    purchase.refund({"Lamp": 1})
    purchase.refund(amount=777)
    purchase.refund({"Atlas": 1})
    purchase.refund({"Lamp": 1})
    purchase.refund()
    notes = purchase.notes()
    assert [note.sequence for note in notes] == [1, 2, 3, 4, 5]
    assert set(by_rate(notes[0].contents)) == {1900}
    assert set(by_rate(notes[1].contents)) == {700, 1900}
    refunds = stage.db.query(Refund).order_by(Refund.id).all()
    assert [note.contents["total_amount"] for note in notes] == [refund.amount for refund in refunds]
    assert together(notes) == by_rate(invoice.contents)
    booked = [(refund.amount - refund.tax_amount, refund.tax_amount) for refund in refunds[:2]]
    assert [(note.contents["net_amount"], note.contents["tax_amount"]) for note in notes[:2]] == booked


def test_a_note_says_what_it_takes_off_which_invoice(stage: Stage) -> None:
    purchase = Purchase(stage)
    before = purchase.get("invoice")
    purchase.refund({"Lamp": 2})
    [invoice, note] = purchase.documents()
    assert (note["kind"], note["amount"], note["currency"]) == ("credit_note", 6668, "USD")
    assert (note["net_amount"], note["tax_amount"]) == (5604, 1064)
    assert re.fullmatch(r"CN-\d{4}-000001", note["number"])
    query = {"token": purchase.order["token"]}
    answer = purchase.guest.send("GET", note["path"].removeprefix("/api/v1"), query=query)
    assert answer.headers["content-disposition"] == f'attachment; filename="{note["number"]}.pdf"'
    by_id = purchase.get(f"credit-notes/{note['id']}")
    assert by_id.body == answer.body, "the same bytes by id"
    seen = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.body)).pages))
    for expected in ("Credit note", note["number"], invoice["number"], purchase.order["number"], "Lamp", "66.68"):
        assert expected in seen, expected
    assert purchase.get("invoice").body == before.body
    assert purchase.get("credit-notes/CN-2020-000001").status == 404
    assert purchase.get("credit-notes/nonsense").json()["code"] == "credit_note_not_found"
    other = Purchase(stage)
    assert other.get(f"credit-notes/{note['number']}").status == 404, "another order's"


def test_staff_sees_the_documents_of_any_order(stage: Stage) -> None:
    purchase = Purchase(stage)
    purchase.refund(amount=100)
    ordering = LambdaClient(entry_point("ordering"), purchase.staff.headers)
    path = f"/api/v1/orders/{purchase.order['id']}"
    assert ordering.get(f"/api/v1/admin/orders/{purchase.order['id']}").json()["documents"] == []
    listed = ordering.get(f"{path}/documents").json()["items"]
    assert [each["kind"] for each in listed] == ["invoice", "credit_note"]
    assert ordering.get(f"/api/v1/admin/orders/{purchase.order['id']}").json()["documents"] == listed
    assert ordering.get(f"{path}/invoice").status == 200
    assert ordering.get(listed[1]["path"]).status == 200


def test_an_order_that_was_refunded_before_its_invoice_has_both_at_the_first_request(stage: Stage) -> None:
    purchase = Purchase(stage)
    purchase.refund({"Atlas": 1})
    purchase.refund(amount=250)
    assert purchase.notes() == [], "nothing is numbered that nobody asks for"
    invoice = purchase.get("invoice")
    assert invoice.status == 200
    assert [note.contents["total_amount"] for note in purchase.notes()] == [1250, 250]
    assert [each["amount"] for each in purchase.documents()] == [purchase.order["total_amount"], 1250, 250]


def test_a_cancelled_order_is_credited_with_its_shipping_at_the_rate_of_that(stage: Stage) -> None:
    purchase = Purchase(stage)
    purchase.get("invoice")
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    query = {"token": purchase.order["token"]}
    path = f"/orders/{purchase.order['id']}/cancel"
    assert purchase.guest.send("POST", path, json={}, query=query, headers=headers).status == 200
    with database_logins.logged_in("payments"):
        assert deliver(*requests(stage)) == []
    [note] = purchase.notes()
    assert note.contents["other_amount"] == 495
    assert together([note]) == by_rate(stage.db.query(Invoice).one().contents or {})


def test_a_refund_at_the_dashboard_that_fails_later_keeps_its_note_and_the_next_has_none(stage: Stage) -> None:
    purchase = Purchase(stage, card="pm_card_refundFail")
    purchase.get("invoice")
    stage.refund_at_dashboard(purchase.payment, 2_000)
    changes = ("refund.created", "charge.refunded", "refund.failed", "charge.refund.updated")
    with database_logins.logged_in("payments"):
        assert stage.deliver(*stage.events("refund.created")) == []
        [note] = purchase.notes()
        stage.settle()
        assert stage.deliver(*stage.events(*changes)) == []
    stage.db.rollback()
    assert [refund.status for refund in stage.db.query(Refund)] == ["failed"]
    for amount in (2_000, 1_500):  # by another way, and what was not promised before
        stage.db.execute(
            text(
                "INSERT INTO refunds (payment_id, order_id, provider, amount, currency, status, reason, actor,"
                " next_attempt_at, succeeded_at) SELECT id, order_id, provider, :amount, currency, 'succeeded',"
                " 'other', 'provider', now(), clock_timestamp() FROM payments"
            ),
            {"amount": amount},
        )
    stage.db.commit()
    assert [each["amount"] for each in purchase.documents()[1:]] == [2_000, 1_500]
    assert [each["amount"] for each in purchase.documents()[1:]] == [2_000, 1_500]
    assert purchase.notes()[0].id == note.id


def test_notes_are_numbered_once_and_without_gaps_whoever_refunds_and_asks_at_once(stage: Stage) -> None:
    purchases = [Purchase(stage) for _ in range(4)]
    for purchase in purchases:
        purchase.refund(amount=100)
        purchase.refund({"Lamp": 1})
    listed = at_once(12, lambda number: purchases[number % 4].documents())
    assert all(documents == listed[number % 4] for number, documents in enumerate(listed))
    stage.db.rollback()
    assert sorted(note.sequence for note in stage.db.query(CreditNote)) == list(range(1, 9))
    assert sorted(invoice.sequence for invoice in stage.db.query(Invoice)) == [1, 2, 3, 4]
