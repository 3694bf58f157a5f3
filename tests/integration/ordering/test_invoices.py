"""Invoices: a PDF in the customer's language, numbered without gaps, for who paid."""

from __future__ import annotations

import io
import re
import uuid
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.models.ordering_fulfilment import Invoice
from tests.factories.ordering import Shopper, pay, variant
from tests.integration.ordering.fulfilment import cancel, placed
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.process_state import forget
from tests.support.statements import recorded


def invoice(shopper: Shopper, order: Any, **options: Any) -> Answer:
    query = {"token": order["token"]} if order.get("token") else {}
    return shopper.send("GET", f"/orders/{order['id']}/invoice", query=query, **options)


def words(answer: Answer) -> str:
    """What stands on the pages, blanks and line ends taken for one blank."""
    assert answer.status == 200, answer.body
    pages = PdfReader(io.BytesIO(answer.body)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def speak(db: Session, order: Any, language: str) -> None:
    db.execute(text("UPDATE orders SET language = :tag WHERE id = :id"), {"tag": language, "id": order["id"]})
    db.commit()


def refund(db: Session, order: Any, amount: int) -> None:
    """What payments records when money went back."""
    db.execute(
        text(
            "WITH p AS (INSERT INTO payments (checkout_id, order_id, provider, provider_payment_id, amount, currency,"
            "  status, amount_captured) VALUES (:checkout, :order, 'stripe', 'pi_invoiced', :total, 'USD', 'succeeded',"
            "  :total) RETURNING id)"
            " INSERT INTO refunds (payment_id, order_id, amount, currency, status, reason, actor, next_attempt_at)"
            " SELECT id, :order, :amount, 'USD', 'succeeded', 'returned', 'ordering', now() FROM p"
        ),
        {"checkout": order["checkout_id"], "order": order["id"], "total": order["total_amount"], "amount": amount},
    )
    db.commit()


@pytest.fixture
def seller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELLER_NAME", "Kontor & Söhne GmbH")
    monkeypatch.setenv("SELLER_ADDRESS", "Speicherstadt 1 | 20457 Hamburg | Germany")
    monkeypatch.setenv("SELLER_TAX_ID", "DE123456789")
    forget()


def test_an_invoice_tells_who_sold_what_to_whom(seller: None, customer: Shopper, db: Session) -> None:
    order = placed(customer, variant(db, "Clay Plant Pot", amount=129_900), 2)
    answer = invoice(customer, order)
    assert answer.headers["content-type"] == "application/pdf"
    seen = words(answer)
    number = re.search(r"INV-\d{4}-\d{6}", seen)
    assert number is not None
    assert answer.headers["content-disposition"] == f'attachment; filename="{number[0]}.pdf"'
    for expected in (
        "Invoice", order["number"], "Kontor & Söhne GmbH", "20457 Hamburg", "Tax ID: DE123456789", "Bill to",
        "Ada Lovelace", "12 St James's Square", "SW1Y 4JH London", order["email"], "Clay Plant Pot", "1,299.00",
        "2,598.00", "Total (USD)",
    ):  # fmt: skip
        assert expected in seen, expected


def test_an_invoice_is_in_chinese_for_who_reads_it(customer: Shopper, db: Session) -> None:
    order = placed(customer, variant(db, "青花瓷茶壶 Teapot", amount=19_900), 1)
    speak(db, order, "zh-CN")
    seen = words(invoice(customer, order))
    for expected in ("发票", "发票号码", "订单号", "购买方", "商品小计", "合计", "青花瓷茶壶", "Teapot", "199.00"):
        assert expected in seen, expected


def test_chinese_names_are_written_on_english_invoices_too(customer: Shopper, db: Session) -> None:
    seen = words(invoice(customer, placed(customer, variant(db, "宣纸"))))
    assert "宣纸" in seen
    assert "Subtotal" in seen


def test_what_was_given_back_stands_on_it(customer: Shopper, db: Session) -> None:
    order = placed(customer, variant(db, amount=1_000), 2)
    before = invoice(customer, order)
    refund(db, order, 500)
    after = invoice(customer, order)
    seen = words(after)
    assert "Refunded on" in seen
    assert "-5.00" in seen
    assert re.search(r"Paid after refunds 15\.00", seen)
    assert before.headers["etag"] != after.headers["etag"]
    assert before.headers["content-disposition"] == after.headers["content-disposition"], "the number stays"


def test_a_known_invoice_is_not_sent_again(customer: Shopper, db: Session) -> None:
    order = placed(customer, variant(db))
    first, again = invoice(customer, order), invoice(customer, order)
    assert first.body == again.body
    assert first.headers["cache-control"] == "private, no-cache"
    unchanged = invoice(customer, order, headers={"If-None-Match": first.headers["etag"]})
    assert (unchanged.status, unchanged.body) == (304, b"")


@pytest.mark.parametrize("cancelled", [False, True])
def test_what_was_never_paid_has_no_invoice(cancelled: bool, guest: Shopper, db: Session) -> None:
    order = guest.buy(variant(db))
    if cancelled:
        cancel(guest, order)
    refused = invoice(guest, order)
    assert (refused.status, refused.json()["code"]) == (409, "not_invoiced")
    assert db.query(Invoice).count() == 0


def test_a_guest_has_it_by_the_orders_token_and_a_stranger_not_at_all(
    guest: Shopper, customer: Shopper, api: LambdaClient, db: Session
) -> None:
    order, other = guest.buy(variant(db)), guest.buy(variant(db))
    pay(order["checkout_id"])
    assert invoice(Shopper(api), order).status == 200
    assert invoice(Shopper(api), {**order, "token": other["token"]}).status == 404
    assert invoice(customer, {**order, "token": None}).status == 404


def test_numbers_are_given_once_and_without_gaps_whoever_asks_at_once(customer: Shopper, db: Session) -> None:
    pot = variant(db, stock=50)
    orders = [placed(customer, pot) for _ in range(4)]

    numbers = at_once(12, lambda number: invoice(customer, orders[number % 4]).headers["content-disposition"])

    assert len(set(numbers)) == 4
    db.rollback()
    assert sorted(row.sequence for row in db.query(Invoice)) == [1, 2, 3, 4]


def test_what_somebody_calls_their_things_is_shown_and_never_obeyed(customer: Shopper, db: Session) -> None:
    name = '<img src="file:///etc/passwd"/><font size="90">&lt;b&gt;</font>'
    seen = words(invoice(customer, placed(customer, variant(db, name))))
    assert '<img src="file:///etc/passwd"/>' in seen.replace(" ", "").replace("<imgsrc", "<img src")
    assert "&lt;b&gt;" in seen


def test_a_long_invoice_goes_on_over_several_pages(customer: Shopper, db: Session) -> None:
    pots = [variant(db, f"Pot {number}, " + "a very long name " * 8) for number in range(30)]
    order = placed(customer, pots[0], 1, *[part for pot in pots[1:] for part in (pot, 1)])
    answer = invoice(customer, order)
    pages = PdfReader(io.BytesIO(answer.body)).pages
    assert len(pages) > 1
    assert all("Unit price" in page.extract_text() for page in pages[:-1]), "the table's head is on every page"
    assert all(f"Pot {number}," in words(answer) for number in range(30))


def test_an_invoice_takes_few_statements(customer: Shopper, db: Session) -> None:
    order = placed(customer, variant(db))
    with recorded() as first:
        invoice(customer, order)
    with recorded() as again:
        invoice(customer, order)
    # Whose order, order, invoice, lines, refunds; when it gets its number also the lock, another look, and the number.
    assert (len(first), len(again)) == (8, 5)


def test_nobody_has_the_invoice_of_what_does_not_exist(customer: Shopper) -> None:
    assert invoice(customer, {"id": str(uuid.uuid4())}).status == 404
