"""The shop uploads files for buyers of digital products, and they download what they paid for."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.catalog.service import digital_files as service
from shared.contexts.catalog.models.customers import MediaDownload
from shared.contexts.catalog.models.products import Variant
from shared.contexts.identity.models.accounts import User
from shared.contexts.ordering.models.orders import Checkout, OrderItem
from shared.contexts.payments.models.refunds import RefundLine
from tests.factories import catalog, identity, money, payments
from tests.factories.ordering import Shopper, change_variant, pay, variant
from tests.support.cloud import DOWNLOADS_BUCKET
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey

CONTENT = b"Centre the clay before you open it."


def ebook(db: Session, name: str = "Pottery for Beginners") -> uuid.UUID:
    """The only variant of a digital product."""
    made = variant(db, name)
    change_variant(db, made, requires_shipping=False)
    return made


def product_of(db: Session, variant_id: uuid.UUID) -> uuid.UUID:
    found: uuid.UUID = db.query(Variant.product_id).filter_by(id=variant_id).scalar()
    return found


def ask(admin: LambdaClient, product_id: uuid.UUID, **changed: Any) -> Answer:
    body = {"file_name": "pottery.pdf", "content_type": "application/pdf", "size_bytes": len(CONTENT), **changed}
    return admin.post(f"/api/v1/admin/products/{product_id}/media", json=body)


def store(upload: dict[str, Any], content: bytes = CONTENT) -> int:
    """What an administrator's browser does with the form."""
    return httpx.post(upload["url"], data=upload["fields"], files={"file": ("x", content)}).status_code


def uploaded(admin: LambdaClient, product_id: uuid.UUID, **changed: Any) -> str:
    asked = ask(admin, product_id, **changed).json()
    assert store(asked["upload"]) == 204
    path = f"/api/v1/admin/products/{product_id}/media/{asked['media']['id']}/complete"
    completed = admin.post(path)
    assert completed.status == 200, completed.body
    return str(completed.json()["id"])


@pytest.fixture
def buyer(db: Session) -> User:
    return identity.user(db)


@pytest.fixture
def buy(signing_key: TestSigningKey, buyer: User) -> Callable[..., Any]:
    """The buyer's order, or a guest's; paid unless told otherwise."""
    from functions.ordering.handlers.api import handler

    def act(variant_id: uuid.UUID, quantity: int = 1, *, guest: bool = False, paid: bool = True) -> Any:
        client = LambdaClient(handler)
        shopper = Shopper(client) if guest else Shopper(client.signed_in(signing_key.authorization(buyer)), email=None)
        order = shopper.buy(variant_id, quantity)
        if paid:
            pay(order["checkout_id"])
        return order

    return act


@pytest.fixture
def signed_in(guest: LambdaClient, signing_key: TestSigningKey, buyer: User) -> LambdaClient:
    return guest.signed_in(signing_key.authorization(buyer))


def test_a_buyer_downloads_what_the_shop_uploaded(
    admin: LambdaClient, signed_in: LambdaClient, buy: Callable[..., Any], db: Session
) -> None:
    book = ebook(db)
    media_id = uploaded(admin, product_of(db, book), file_name="Töpfern & mehr.pdf")
    order = buy(book)
    path = f"/api/v1/orders/{order['id']}/downloads"
    [offered] = signed_in.get(path).json()["items"]
    assert (offered["media_id"], offered["file_name"], offered["downloads_left"]) == (media_id, "Töpfern & mehr.pdf", 5)
    reply = signed_in.post(f"{path}/{media_id}")
    assert (reply.status, reply.headers["cache-control"]) == (200, "private, no-store")
    link = reply.json()
    assert link["downloads_left"] == 4
    query = parse_qs(urlsplit(link["url"]).query)
    assert query["X-Amz-Expires"] == ["300"]
    fetched = httpx.get(link["url"])
    assert fetched.content == CONTENT
    assert fetched.headers["content-disposition"].startswith("attachment; filename*=UTF-8''T%C3%B6pfern%20%26%20mehr")
    assert signed_in.get(path).json()["items"][0]["downloads_left"] == 4


def test_a_guest_downloads_by_the_orders_token(
    admin: LambdaClient, guest: LambdaClient, buy: Callable[..., Any], db: Session
) -> None:
    book = ebook(db)
    media_id = uploaded(admin, product_of(db, book))
    order, other = buy(book, guest=True), buy(book, guest=True)
    path = f"/api/v1/orders/{order['id']}/downloads"
    assert guest.get(path, query={"token": order["token"]}).status == 200
    assert guest.post(f"{path}/{media_id}?token={order['token']}").status == 200
    assert guest.get(path).status == 401
    assert guest.get(path, query={"token": other["token"]}).status == 404
    assert guest.post(f"{path}/{media_id}?token=nonsense").status == 404


@pytest.mark.parametrize("state", ["payment_status = 'unpaid'", "state = 'cancelled'", "payment_status = 'refunded'"])
def test_what_is_not_paid_for_is_not_downloaded(
    admin: LambdaClient, signed_in: LambdaClient, buy: Callable[..., Any], db: Session, state: str
) -> None:
    book = ebook(db)
    media_id = uploaded(admin, product_of(db, book))
    order = buy(book)
    path = f"/api/v1/orders/{order['id']}/downloads"
    db.execute(text(f"UPDATE orders SET {state}"))
    db.commit()
    assert (signed_in.get(path).status, signed_in.post(f"{path}/{media_id}").status) == (404, 404)


def test_a_line_whose_money_went_back_is_not_downloaded(
    admin: LambdaClient, signed_in: LambdaClient, buy: Callable[..., Any], db: Session
) -> None:
    book = ebook(db)
    media_id = uploaded(admin, product_of(db, book))
    order = buy(book, 2)
    path = f"/api/v1/orders/{order['id']}/downloads"
    payment = payments.payment(db, db.get_one(Checkout, uuid.UUID(order["checkout_id"])))
    item_id = db.query(OrderItem.id).scalar()

    def refund(status: str) -> None:
        made = money.refund(db, payment, status=status)
        db.add(RefundLine(refund_id=made.id, order_item_id=item_id, quantity=1, amount=500, tax_amount=0))
        db.commit()

    refund("failed")
    assert signed_in.get(path).json()["items"][0]["downloads_left"] == 10
    refund("succeeded")
    assert signed_in.get(path).json()["items"][0]["downloads_left"] == 5
    refund("pending")
    assert signed_in.get(path).json()["items"] == []
    assert signed_in.post(f"{path}/{media_id}").status == 404


def test_orders_of_others_have_nothing_to_download(
    admin: LambdaClient, guest: LambdaClient, buy: Callable[..., Any], db: Session, signing_key: TestSigningKey
) -> None:
    book = ebook(db)
    media_id = uploaded(admin, product_of(db, book))
    stranger = guest.signed_in(signing_key.authorization(identity.user(db)))
    for order in (buy(book), buy(book, guest=True)):
        path = f"/api/v1/orders/{order['id']}/downloads"
        assert (stranger.get(path).status, stranger.post(f"{path}/{media_id}").status) == (404, 404)
        assert admin.post(f"{path}/{media_id}").status == 404


def test_only_files_of_what_was_ordered_are_downloaded(
    admin: LambdaClient, signed_in: LambdaClient, buy: Callable[..., Any], db: Session
) -> None:
    """Not those of another product, of another variant, of a shipped variant, not uploaded yet, or deleted."""
    courses = catalog.product(db, "Course", options={"Language": ["en", "zh"]})
    english, chinese = (made.id for made in catalog.variants(db, courses))
    for made in (english, chinese):
        change_variant(db, made, requires_shipping=False)
    book = ebook(db)
    foreign = uploaded(admin, product_of(db, book))
    mine = uploaded(admin, courses.id, variant_id=str(english))
    others = uploaded(admin, courses.id, variant_id=str(chinese))
    everybodys = uploaded(admin, courses.id)
    unfinished = ask(admin, courses.id).json()["media"]["id"]
    order = buy(english)
    path = f"/api/v1/orders/{order['id']}/downloads"
    assert [item["media_id"] for item in signed_in.get(path).json()["items"]] == [mine, everybodys]
    for media_id in (foreign, others, unfinished, uuid.uuid4()):
        reply = signed_in.post(f"{path}/{media_id}")
        assert (reply.status, reply.json()["code"]) == (404, "media_not_found")
    assert admin.delete(f"/api/v1/admin/products/{courses.id}/media/{mine}").status == 204
    change_variant(db, english, requires_shipping=True)
    assert signed_in.get(path).json()["items"] == []


def test_a_file_is_downloaded_five_times_for_each_unit_also_at_once(
    admin: LambdaClient, signed_in: LambdaClient, buy: Callable[..., Any], db: Session
) -> None:
    book = ebook(db)
    media_id = uploaded(admin, product_of(db, book))
    path = f"/api/v1/orders/{buy(book)['id']}/downloads/{media_id}"
    statuses = at_once(8, lambda _: signed_in.post(path).status)
    assert sorted(statuses) == [200] * 5 + [409] * 3
    assert signed_in.post(path).json()["code"] == "download_limit_reached"
    assert db.query(MediaDownload.downloads).scalar() == 5
    two = f"/api/v1/orders/{buy(book, 2)['id']}/downloads"
    assert signed_in.get(two).json()["items"][0]["downloads_left"] == 10


def test_listing_an_orders_files_takes_two_statements(
    admin: LambdaClient, signed_in: LambdaClient, buy: Callable[..., Any], db: Session
) -> None:
    book = ebook(db)
    for _ in range(3):
        uploaded(admin, product_of(db, book))
    path = f"/api/v1/orders/{buy(book)['id']}/downloads"
    signed_in.get(path)
    with recorded() as statements:
        assert len(signed_in.get(path).json()["items"]) == 3
    assert len(statements) == 2


def test_a_file_is_offered_only_when_it_is_there_and_as_large_as_announced(admin: LambdaClient, db: Session) -> None:
    product_id = product_of(db, ebook(db))
    asked = ask(admin, product_id).json()
    path = f"/api/v1/admin/products/{product_id}/media"
    complete = f"{path}/{asked['media']['id']}/complete"
    assert admin.post(complete).json()["code"] == "upload_missing"
    store(asked["upload"], CONTENT + b"!")
    assert admin.post(complete).json()["code"] == "upload_missing"
    assert admin.get(path).json()["items"][0]["uploaded_at"] is None
    store(asked["upload"])
    assert admin.post(complete).json()["uploaded_at"] is not None
    [shown] = admin.get(path).json()["items"]
    assert (shown["file_name"], shown["size_bytes"]) == ("pottery.pdf", len(CONTENT))
    assert "object_key" not in shown


def test_the_form_names_one_object_below_the_prefix(admin: LambdaClient, db: Session) -> None:
    asked = ask(admin, product_of(db, ebook(db)), file_name="..%2f..%2fimports").json()
    assert asked["upload"]["fields"]["key"] == f"{service.OBJECT_PREFIX}{asked['media']['id']}"
    assert DOWNLOADS_BUCKET in asked["upload"]["url"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"file_name": "../pottery.pdf"},
        {"file_name": "a\\b.pdf"},
        {"file_name": "a\r\nSet-Cookie: x.pdf"},
        {"file_name": ""},
        {"content_type": "pdf"},
        {"content_type": "text/html; charset=utf-8"},
        {"size_bytes": 0},
        {"size_bytes": 5 * 1024**3 + 1},
        {"variant_id": "0199c0de-0000-7000-8000-000000000072"},
        {"object_key": "imports/x"},
    ],
)
def test_what_is_no_file_is_refused(admin: LambdaClient, db: Session, wrong: dict[str, Any]) -> None:
    assert ask(admin, product_of(db, ebook(db)), **wrong).status == 422


def test_products_that_are_shipped_carry_no_files(admin: LambdaClient, db: Session) -> None:
    assert ask(admin, catalog.product(db).id).status == 422
    assert ask(admin, uuid.uuid4()).status == 404


def test_a_product_has_so_many_files_also_at_once(
    admin: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MAX_MEDIA", 3)
    product_id = product_of(db, ebook(db))
    assert sorted(at_once(5, lambda _: ask(admin, product_id).status)) == [201] * 3 + [409] * 2


def test_files_of_another_product_are_not_found_under_this_one(admin: LambdaClient, db: Session) -> None:
    one, other = product_of(db, ebook(db)), product_of(db, ebook(db, "Glazes"))
    media_id = uploaded(admin, one)
    path = f"/api/v1/admin/products/{other}/media/{media_id}"
    assert (admin.post(f"{path}/complete").status, admin.delete(path).status) == (404, 404)
    assert admin.get(f"/api/v1/admin/products/{uuid.uuid4()}/media").status == 404
