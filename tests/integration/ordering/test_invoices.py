"""Invoices: a PDF in the customer's language, numbered without gaps, for who paid."""

from __future__ import annotations

import io
import re
import uuid
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from functions.ordering.domain.site_settings import SITE_ID
from functions.ordering.service.invoices import issuance
from shared import process
from shared.clients import database
from shared.contexts.ordering.models.fulfilment import Invoice
from shared.contexts.ordering.models.site import SiteSettings
from tests.factories import pricing
from tests.factories.ordering import Shopper, change_product, change_variant, pay, variant
from tests.integration.ordering.fulfilment import cancel, placed
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
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
    """What payments records when money went back, and tells nobody: a version before does so."""
    db.execute(
        text(
            "WITH p AS (INSERT INTO payments (checkout_id, order_id, provider, provider_payment_id, amount, currency,"
            "  status, amount_captured) VALUES (:checkout, :order, 'stripe', :intent, :total, 'USD', 'succeeded',"
            "  :total) RETURNING id, provider)"
            " INSERT INTO refunds (payment_id, order_id, provider, amount, currency, status, reason, actor,"
            "  next_attempt_at)"
            " SELECT id, :order, provider, :amount, 'USD', 'succeeded', 'returned', 'ordering', now() FROM p"
        ),
        {
            "checkout": order["checkout_id"],
            "order": order["id"],
            "intent": f"pi_{order['checkout_id']}",
            "total": order["total_amount"],
            "amount": amount,
        },
    )
    db.commit()


def documents(shopper: Shopper, order: Any) -> Any:
    query = {"token": order["token"]} if order.get("token") else {}
    return shopper.send("GET", f"/orders/{order['id']}/documents", query=query).json()["items"]


@pytest.fixture
def seller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SELLER_NAME", "Kontor & Söhne GmbH")
    monkeypatch.setenv("SELLER_ADDRESS", "Speicherstadt 1 | 20457 Hamburg | Germany")
    monkeypatch.setenv("SELLER_TAX_ID", "DE123456789")
    process.reset()


def test_without_a_seller_that_was_deployed_an_invoice_has_the_shops_name_and_address(
    customer: Shopper, db: Session
) -> None:
    db.add(
        SiteSettings(
            id=SITE_ID, name="Kontor Nord", email="a@b.example", address="Kai 1\n20457 Hamburg", time_zone="UTC"
        )
    )
    db.commit()
    order = placed(customer, variant(db, "Clay Plant Pot", amount=129_900), 2)
    assert "Kontor Nord Kai 1 20457 Hamburg" in words(invoice(customer, order))


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


def test_an_issued_invoice_stays_as_it_is_whatever_changes(
    seller: None, customer: Shopper, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    pot = variant(db, "Glazed Bowl", amount=1_000)
    order = placed(customer, pot, 2)
    before = invoice(customer, order)
    refund(db, order, 500)
    change_product(db, pot, name="Bowl, second choice")
    for change in (
        "UPDATE orders SET language = 'zh', email = 'other@example.com', shipping_address = '{}', currency = 'EUR'",
        "UPDATE order_items SET name = 'Other', tax_rate_basis_points = 700",
    ):
        db.execute(text(change))
    db.commit()
    monkeypatch.setenv("SELLER_NAME", "Kontor & Söhne AG")
    monkeypatch.setenv("SHOP_TIME_ZONE", "Pacific/Kiritimati")
    process.reset()
    after = invoice(customer, order)
    assert (after.body, after.headers["etag"]) == (before.body, before.headers["etag"])
    assert "Glazed Bowl" in words(after)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE invoices SET contents = jsonb_set(contents, '{total_amount}', '1')",
        "UPDATE invoices SET sequence = 77",
        "UPDATE invoices SET issued_on = issued_on - 1",
        "UPDATE invoices SET contents = NULL, buyer = NULL",
        "UPDATE invoices SET buyer = jsonb_set(buyer, '{email}', '\"else@example.com\"')",
        'UPDATE invoices SET buyer = buyer || \'{"email": "x@erased.invalid"}\'',
        "DELETE FROM invoices",
        "UPDATE credit_notes SET contents = jsonb_set(contents, '{total_amount}', '1')",
        "DELETE FROM credit_notes",
    ],
)
def test_the_database_refuses_to_change_what_was_issued(change: str, customer: Shopper, db: Session) -> None:
    order = placed(customer, variant(db, amount=1_000))
    refund(db, order, 300)
    assert len(documents(customer, order)) == 2
    with pytest.raises(DBAPIError, match="never changes"):
        db.execute(text(change))


def test_an_invoice_from_before_contents_were_kept_keeps_its_number_and_day(customer: Shopper, db: Session) -> None:
    order = placed(customer, variant(db, "Wall Clock", amount=1_500))
    db.execute(
        text(
            "WITH series AS (INSERT INTO invoice_series (year, last_sequence) VALUES (2024, 9))"
            " INSERT INTO invoices (order_id, year, sequence, issued_at, issued_on)"
            " VALUES (:id, 2024, 9, '2024-03-05T12:00:00Z', '2024-03-05')"
        ),
        {"id": order["id"]},
    )
    db.commit()
    refund(db, order, 500)
    first, [listed, note] = invoice(customer, order), documents(customer, order)
    assert "Wall Clock" in words(first)
    assert (listed["number"], listed["issued_on"], listed["amount"]) == ("INV-2024-000009", "2024-03-05", 1500)
    assert (note["kind"], note["amount"]) == ("credit_note", 500)
    change_product(db, UUID(order["items"][0]["variant_id"]), name="Other")
    assert invoice(customer, order).body == first.body


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])  # 26 hours apart: never the same day
def test_documents_are_issued_on_the_shop_s_own_day(
    zone: str, seller: None, customer: Shopper, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_TIME_ZONE", zone)
    process.reset()
    order = placed(customer, variant(db, amount=1_000))
    refund(db, order, 400)
    today = datetime.now(ZoneInfo(zone)).date()
    issued = documents(customer, order)
    assert {each["issued_on"] for each in issued} <= {str(today), str(datetime.now(ZoneInfo(zone)).date())}
    assert all(each["number"].split("-")[1] == each["issued_on"][:4] for each in issued)
    seen = words(invoice(customer, order))
    assert f"Date of issue {today:%d %b %Y}" in seen
    assert f"Paid on {today:%d %b %Y}" in seen


@pytest.mark.parametrize("is_recorded", [True, False])
def test_net_and_tax_stand_on_it_by_rate_that_of_shipping_too(
    is_recorded: bool, customer: Shopper, db: Session
) -> None:
    pricing.tax(db, "GB", 2_000, included=False, shipping_taxable=True)
    pricing.rate(db, pricing.zone(db, "GB"), 450)
    lamp, atlas = variant(db, "Lamp", amount=3_000), variant(db, "Atlas", amount=999)
    change_variant(db, atlas, taxable=False)
    order = placed(customer, lamp, 2, atlas, 1)
    if not is_recorded:  # as of an order from before the rate of its shipping was
        db.execute(text("UPDATE orders SET shipping_tax_rate_basis_points = NULL"))
        db.commit()
    seen = words(invoice(customer, order))
    for expected in ("0 % 9.99 0.00 9.99", "20 % 64.50 12.90 77.40", "Total (USD) 87.39"):
        assert expected in seen, expected
    [listed] = documents(customer, order)
    assert (listed["amount"], listed["net_amount"], listed["tax_amount"]) == (8739, 7449, 1290)


def test_what_cost_nothing_has_an_invoice_of_nothing(customer: Shopper, db: Session) -> None:
    order = customer.buy(variant(db, "Postcard", amount=0))
    assert re.search(r"Postcard .*Total \(USD\) 0\.00", words(invoice(customer, order)))
    assert [each["amount"] for each in documents(customer, order)] == [0]


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
    assert documents(guest, order) == []
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

    def issue(number: int) -> str:
        with database.transaction() as connection:
            return issuance.get_or_issue(connection, uuid.UUID(orders[number % 4]["id"])).number

    numbers = at_once(12, issue)

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
    # Whose order, the invoice; when it is issued also the lock, another look, order, lines, the shop, the invoice,
    # refunds.
    assert (len(first), len(again)) == (9, 2)
    with recorded() as listed:
        documents(customer, order)
    assert len(listed) == 3


def test_nobody_has_the_invoice_of_what_does_not_exist(customer: Shopper) -> None:
    assert invoice(customer, {"id": str(uuid.uuid4())}).status == 404
