"""What staff write down about an order."""

from __future__ import annotations

import uuid

from sqlalchemy.orm import Session

from tests.factories.ordering import Shopper, variant
from tests.support.lambda_client import Answer, LambdaClient


def write(admin: Shopper, order_id: object, body: str, *, key: str | None = None) -> Answer:
    headers = {"Idempotency-Key": key or uuid.uuid4().hex}
    return admin.send("POST", f"/admin/orders/{order_id}/notes", json={"body": body}, headers=headers)


def test_notes_are_written_read_and_deleted(admin: Shopper, api: LambdaClient, db: Session) -> None:
    order = Shopper(api, "ada@example.com").buy(variant(db))
    path = f"/admin/orders/{order['id']}/notes"
    first = write(admin, order["id"], "  The bell is broken.\nRing twice.  ").json()
    write(admin, order["id"], "Calls back on Monday.")
    assert first["body"] == "The bell is broken.\nRing twice."
    assert [note["body"] for note in admin.send("GET", path).json()["items"]] == [
        "Calls back on Monday.",
        "The bell is broken.\nRing twice.",
    ]
    assert admin.send("DELETE", f"{path}/{first['id']}").status == 204
    again = admin.send("DELETE", f"{path}/{first['id']}")
    assert (again.status, again.json()["code"]) == (404, "order_note_not_found")
    assert len(admin.send("GET", path).json()["items"]) == 1


def test_one_key_writes_one_note(admin: Shopper, api: LambdaClient, db: Session) -> None:
    order = Shopper(api, "ada@example.com").buy(variant(db))
    for _ in range(2):
        assert write(admin, order["id"], "Fragile", key="a-double-press").status == 201
    assert len(admin.send("GET", f"/admin/orders/{order['id']}/notes").json()["items"]) == 1


def test_nothing_is_written_about_no_order_nor_without_words(admin: Shopper, api: LambdaClient, db: Session) -> None:
    unknown = write(admin, uuid.uuid4(), "Who is this?")
    assert (unknown.status, unknown.json()["code"]) == (404, "order_not_found")
    order = Shopper(api, "ada@example.com").buy(variant(db))
    for body in (" \n ", "x" * 2001):
        assert write(admin, order["id"], body).status == 422


def test_the_customer_does_not_see_them(admin: Shopper, api: LambdaClient, db: Session) -> None:
    customer = Shopper(api, "ada@example.com")
    order = customer.buy(variant(db))
    write(admin, order["id"], "A difficult customer")
    shown = customer.send("GET", f"/orders/{order['id']}", query={"token": order["token"]})
    assert shown.status == 200
    assert b"difficult" not in shown.body
