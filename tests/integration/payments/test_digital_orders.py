"""Orders of files: delivered by their payment, held back by what holds parcels back, handed over once downloaded."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from shared.contexts.catalog.models.customers import MediaDownload, ProductMedia
from shared.contexts.catalog.models.products import Variant
from shared.contexts.identity.models.accounts import User
from shared.contexts.payments.models.payments import Payment
from tests.contract.applications import entry_point
from tests.factories import catalog, identity
from tests.factories.ordering import Shopper, change_variant, pay, variant
from tests.integration.payments.stage import Stage
from tests.support import database_logins
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient

INTENT, CHARGE = "payment_intent.succeeded", "charge.succeeded"


def a_sale_of_a_file(stage: Stage, buyer: User, card: str = "pm_card_gb") -> Payment:
    """A payment that the provider has taken, and that we have not heard of yet."""
    payment = stage.a_payment(card, user=buyer)
    stage.db.execute(text("UPDATE variants SET requires_shipping = false"))
    product_id = stage.db.query(Variant.product_id).scalar()
    stage.db.add(a_file(product_id))
    stage.db.commit()
    return payment


def a_file(product_id: uuid.UUID) -> ProductMedia:
    return ProductMedia(
        product_id=product_id,
        object_key=f"downloads/{uuid.uuid4()}",
        file_name="glazes.epub",
        content_type="application/epub+zip",
        size_bytes=7,
        uploaded_at=datetime.now(UTC),
    )


def hear(stage: Stage, *types: str) -> None:
    with database_logins.logged_in("payments"):
        assert stage.deliver(*stage.events(*types)) == []


def states(stage: Stage, payment: Payment) -> tuple[str, str, str]:
    order = stage.order_of(payment)
    return order.state, order.fulfilment_status, order.status


class Buyer:
    """The customer at ordering's and catalog's functions."""

    def __init__(self, stage: Stage, user: User) -> None:
        self.db = stage.db
        headers = stage.signing_key.authorization(user)
        self.ordering = Shopper(LambdaClient(entry_point("ordering"))).signed_in(headers)
        self.catalog = LambdaClient(entry_point("catalog")).signed_in(headers)

    def download(self, order_id: Any, media_id: uuid.UUID | None = None) -> Answer:
        """The only file there is, unless it is named: contenders share no session."""
        media_id = media_id or self.db.query(ProductMedia.id).scalar()
        return self.catalog.post(f"/api/v1/orders/{order_id}/downloads/{media_id}")

    def cancel(self, order_id: Any) -> Answer:
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        return self.ordering.send("POST", f"/orders/{order_id}/cancel", json={}, headers=headers)

    def review(self, product_id: Any) -> Any:
        body = {"rating": 5, "title": "Clear", "body": "Every recipe worked."}
        path = f"/api/v1/products/{product_id}/reviews"
        return self.catalog.post(path, json=body, headers={"Idempotency-Key": uuid.uuid4().hex}).json()


@pytest.fixture
def user(stage: Stage) -> User:
    return identity.user(stage.db)


def test_an_order_of_files_is_delivered_once_it_is_paid_and_judged(stage: Stage, user: User) -> None:
    payment = a_sale_of_a_file(stage, user)
    hear(stage, INTENT)
    buyer, order_id = Buyer(stage, user), stage.order_of(payment).id
    assert states(stage, payment) == ("open", "unfulfilled", "paid"), "the charge is not judged yet"
    assert buyer.download(order_id).json()["code"] == "payment_not_judged"
    hear(stage, CHARGE)
    assert states(stage, payment) == ("completed", "delivered", "delivered")
    assert buyer.download(order_id).status == 200
    told = [event["detail-type"] for event in stage.cloud.published()]
    assert "OrderDelivered" not in told, "no parcel has arrived"
    assert buyer.review(stage.db.query(Variant.product_id).scalar())["is_verified"] is True


def test_a_charge_that_is_judged_before_its_payment_is_known_delivers_with_the_payment(
    stage: Stage, user: User
) -> None:
    payment = a_sale_of_a_file(stage, user)
    hear(stage, CHARGE)
    hear(stage, INTENT)
    assert states(stage, payment) == ("completed", "delivered", "delivered")


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_a_held_order_of_files_waits_for_the_verdict(verdict: str, stage: Stage, user: User) -> None:
    payment = a_sale_of_a_file(stage, user, "pm_card_riskLevelElevated")
    hear(stage, INTENT, CHARGE)
    buyer, order_id = Buyer(stage, user), stage.order_of(payment).id
    assert states(stage, payment) == ("open", "unfulfilled", "paid")
    assert buyer.download(order_id).json()["code"] == "order_on_hold"
    admin = stage.admin()
    [held] = admin.get("/api/v1/admin/fraud/decisions", query={"held": "true"}).json()["items"]
    body = {"verdict": verdict, "note": "asked by telephone"}
    assert admin.post(f"/api/v1/admin/fraud/decisions/{held['id']}/review", json=body).status == 200
    if verdict == "accepted":
        assert states(stage, payment) == ("completed", "delivered", "delivered")
        assert buyer.download(order_id).status == 200
    else:
        assert states(stage, payment) == ("cancelled", "unfulfilled", "refunded")
        assert buyer.download(order_id).status == 404


def test_who_has_downloaded_does_not_cancel(stage: Stage, user: User) -> None:
    payment = a_sale_of_a_file(stage, user)
    hear(stage, INTENT, CHARGE)
    buyer, order_id = Buyer(stage, user), stage.order_of(payment).id
    assert buyer.download(order_id).status == 200
    refused = buyer.cancel(order_id)
    assert (refused.status, refused.json()["code"]) == (409, "already_downloaded")
    staff = Shopper(LambdaClient(entry_point("ordering"), stage.admin().headers))
    shown = staff.send("GET", f"/admin/orders/{order_id}").json()
    assert shown["moves"] == []
    by_hand = staff.send("PUT", f"/admin/orders/{order_id}", json={"status": "cancelled", "version": shown["version"]})
    assert by_hand.json()["code"] == "already_downloaded"
    assert states(stage, payment) == ("completed", "delivered", "delivered")


def test_who_has_not_downloaded_may_cancel_and_downloads_no_more(stage: Stage, user: User) -> None:
    payment = a_sale_of_a_file(stage, user)
    hear(stage, INTENT, CHARGE)
    buyer, order_id = Buyer(stage, user), stage.order_of(payment).id
    assert buyer.cancel(order_id).status == 200
    assert states(stage, payment)[0] == "cancelled"
    assert buyer.download(order_id).status == 404


def test_one_file_of_a_mixed_order_holds_the_whole_of_it(stage: Stage, user: User) -> None:
    book, pot = variant(stage.db, "Book"), variant(stage.db, "Pot")
    change_variant(stage.db, book, requires_shipping=False)
    stage.db.add(a_file(stage.db.query(Variant.product_id).filter_by(id=book).scalar()))
    stage.db.commit()
    buyer = Buyer(stage, user)
    buyer.ordering.add(book)
    buyer.ordering.add(pot)
    order = buyer.ordering.order(buyer.ordering.check_out().json()["id"]).json()
    pay(order["checkout_id"])
    assert buyer.download(order["id"]).status == 200
    assert buyer.cancel(order["id"]).json()["code"] == "already_downloaded"


def test_of_a_download_and_a_cancellation_at_once_one_is_done(stage: Stage, user: User) -> None:
    product = catalog.product(stage.db, "Ebook", stock=100)
    made = catalog.variants(stage.db, product)[0].id
    change_variant(stage.db, made, requires_shipping=False)
    file = a_file(product.id)
    stage.db.add(file)
    stage.db.commit()
    buyer, media_id = Buyer(stage, user), file.id
    for _ in range(4):
        order = buyer.ordering.buy(made)
        pay(order["checkout_id"])
        stage.db.rollback()

        def act(number: int, order_id: str = order["id"]) -> tuple[str, int]:
            return (
                ("cancel", buyer.cancel(order_id).status)
                if number % 2
                else ("file", buyer.download(order_id, media_id).status)
            )

        done = at_once(4, act)
        files, cancelled = (
            [status for what, status in done if what == kind and status == 200] for kind in ("file", "cancel")
        )
        stage.db.rollback()
        item = "SELECT id FROM order_items WHERE order_id = :id"
        downloads = stage.db.query(MediaDownload).filter(text(f"order_item_id IN ({item})")).params(id=order["id"])
        assert bool(files) is not bool(cancelled), done
        assert bool(downloads.count()) is bool(files)


def test_a_line_that_is_refunded_before_it_is_shipped_leaves_an_order_of_files(stage: Stage, user: User) -> None:
    """What is left of it is delivered by its payment."""
    payment = a_sale_of_a_file(stage, user)
    stage.db.execute(text("UPDATE variants SET requires_shipping = true"))
    stage.db.commit()
    hear(stage, INTENT, CHARGE)
    order_id = stage.order_of(payment).id
    assert states(stage, payment) == ("open", "unfulfilled", "paid")
    book = catalog.product(stage.db, "Book")
    bought = catalog.variants(stage.db, book)[0]
    change_variant(stage.db, bought.id, requires_shipping=False)
    stage.db.execute(
        text(
            "INSERT INTO order_items (order_id, variant_id, product_id, name, variant_title, quantity, unit_amount,"
            " total_amount, requires_shipping) VALUES (:order, :variant, :product, 'Book', '', 1, 0, 0, false)"
        ),
        {"order": order_id, "variant": bought.id, "product": book.id},
    )
    stage.db.commit()
    item = stage.db.execute(text("SELECT id FROM order_items WHERE name <> 'Book'")).scalar_one()
    stage.db.execute(
        text("UPDATE order_items SET total_amount = 1, discount_amount = unit_amount - 1 WHERE id = :i"), {"i": item}
    )
    stage.db.commit()
    body = {"reason": "other", "lines": [{"order_item_id": str(item), "quantity": 1}]}
    path = f"/api/v1/admin/payments/{payment.id}/refunds"
    assert stage.admin().post(path, json=body, headers={"Idempotency-Key": "k" * 20}).status == 201
    assert states(stage, payment) == ("completed", "delivered", "delivered")
