"""Price drops and returns to stock are told to those who wished for it and agreed to be told; once."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.catalog.service import wish_notices
from shared import outbox
from shared.clients import database
from shared.contexts.catalog import stock
from shared.contexts.catalog.models.customers import WishlistItem
from shared.contexts.catalog.models.products import Product, StockLevel, Variant
from shared.contexts.identity.models.accounts import User
from shared.tables.platform import OutboxEvent
from tests.factories import catalog, identity
from tests.factories.ordering import Shopper, change_product, change_stock, pay, reserve
from tests.support import database_logins
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Context, LambdaClient
from tests.support.product_files import ROOT
from tests.support.tokens import TestSigningKey

NEWS = ("PriceDropped", "BackInStock")


def deliver(*product_ids: uuid.UUID, deleted: bool = False, context: Any = None) -> Any:
    """The queue delivers that these products changed."""
    from functions.catalog.handlers.on_product_changed import handler

    event = json.loads((ROOT / "events/catalog/on_product_changed.json").read_text())
    [sample] = event["Records"]
    event["Records"] = []
    for number, product_id in enumerate(product_ids):
        body = json.loads(sample["body"])
        body["detail"]["data"] = {"product_id": str(product_id), "deleted": deleted}
        event["Records"].append({**sample, "messageId": str(number), "body": json.dumps(body)})
    database_logins.log_in_for(handler)
    return handler(event, context or Context())


def wisher(db: Session, *products: Product, agrees: bool = True, language: str = "en") -> User:
    """A customer who wishes for these, as they are now."""
    made = identity.user(db, accepts_marketing=agrees, language=language)
    for product in products:
        in_stock = any(
            level > 0
            for (level,) in db.query(StockLevel.on_hand)
            .join(Variant, Variant.id == StockLevel.variant_id)
            .filter(Variant.product_id == product.id)
        )
        db.add(
            WishlistItem(
                user_id=made.id,
                product_id=product.id,
                currency=product.currency,
                price_amount=product.price_min,
                in_stock=in_stock,
            )
        )
    db.commit()
    return made


def told(db: Session) -> list[tuple[str, dict[str, Any]]]:
    db.rollback()
    events = db.query(OutboxEvent).filter(OutboxEvent.type.in_(NEWS)).order_by(OutboxEvent.id)
    return [(event.type, event.payload) for event in events]


def only_variant(db: Session, product: Product) -> uuid.UUID:
    return catalog.variants(db, product)[0].id


def test_a_price_drop_is_told_once_however_often_it_is_delivered(db: Session, aws: Cloud) -> None:
    pot = catalog.product(db, amount=1499)
    ada = wisher(db, pot, language="zh-CN")
    wisher(db, catalog.product(db, "Jug"))
    assert deliver(pot.id) == {"batchItemFailures": []}
    assert told(db) == []
    change_product(db, only_variant(db, pot), price_min=999)
    for _ in range(3):
        deliver(pot.id, pot.id)
    assert told(db) == [
        (
            "PriceDropped",
            {
                "user_id": str(ada.id),
                "email": ada.email,
                "language": "zh-CN",
                "product_id": str(pot.id),
                "slug": pot.slug,
                "name": pot.name,
                "currency": "USD",
                "before_amount": 1499,
                "after_amount": 999,
            },
        )
    ]
    assert [event["detail-type"] for event in aws.published()] == ["PriceDropped"]


def test_only_a_price_below_the_last_one_told_is_news(db: Session, aws: Cloud) -> None:
    pot = catalog.product(db, amount=1000)
    wisher(db, pot)
    for price in (1200, 900, 1500, 950, 800):
        change_product(db, only_variant(db, pot), price_min=price, price_max=2000)
        deliver(pot.id)
    assert [(news["before_amount"], news["after_amount"]) for _, news in told(db)] == [(1000, 900), (900, 800)]


def test_another_currency_is_no_price_drop(db: Session, aws: Cloud) -> None:
    pot = catalog.product(db, amount=1000)
    wisher(db, pot)
    change_product(db, only_variant(db, pot), currency="EUR", price_min=10, price_max=10)
    deliver(pot.id)
    assert told(db) == []
    change_product(db, only_variant(db, pot), price_min=9)
    deliver(pot.id)
    assert [(news["currency"], news["before_amount"]) for _, news in told(db)] == [("EUR", 10)]


def test_a_return_to_stock_is_told_once_for_each_time_it_was_gone(db: Session, aws: Cloud) -> None:
    pot = catalog.product(db, stock=0)
    wisher(db, pot)
    variant_id = only_variant(db, pot)
    for units in (3, 5, 0, 0, 2):
        change_stock(db, variant_id, units)
        deliver(pot.id)
        deliver(pot.id)
    assert [kind for kind, _ in told(db)] == ["BackInStock", "BackInStock"]


def test_a_sale_of_the_last_unit_and_new_units_are_a_return_to_stock(
    guest: LambdaClient, admin: LambdaClient, db: Session, aws: Cloud, signing_key: TestSigningKey
) -> None:
    """From end to end: what a sale and an adjustment put on the bus is what brings the wish up to date."""
    from functions.ordering.handlers.api import handler

    pot = catalog.product(db, stock=1)
    ada = wisher(db, pot)
    variant_id = only_variant(db, pot)

    def changed() -> int:
        events = [event for event in aws.published() if event["detail-type"] == "ProductChanged"]
        for event in events:
            deliver(uuid.UUID(event["detail"]["data"]["product_id"]))
        return len(events)

    order = Shopper(LambdaClient(handler)).buy(variant_id)
    assert changed() == 0
    pay(order["checkout_id"])
    assert changed() == 1
    assert told(db) == []
    adjustment = {"quantity": 5, "reason": "received"}
    admin.post(
        f"/api/v1/admin/inventory/{variant_id}/adjustments",
        json=adjustment,
        headers={"Idempotency-Key": uuid.uuid4().hex},
    )
    assert changed() == 1
    assert [(kind, news["user_id"]) for kind, news in told(db)] == [("BackInStock", str(ada.id))]


def test_units_that_come_back_from_an_order_are_told(db: Session, aws: Cloud) -> None:
    pot = catalog.product(db, stock=2)
    variant_id = only_variant(db, pot)
    order_id = reserve({variant_id: 2})
    for act in (
        lambda connection: stock.sell(connection, order_id, reference=order_id),
        lambda connection: stock.restock(connection, {variant_id: 2}, reference=order_id, reason="cancelled"),
    ):
        with outbox.unit_of_work() as connection:
            act(connection)
    assert [event["detail"]["data"]["product_id"] for event in aws.published()] == [str(pot.id)] * 2


def test_who_did_not_agree_is_not_told_and_not_told_later_either(db: Session, aws: Cloud) -> None:
    pot = catalog.product(db, amount=1000, stock=0)
    silent = wisher(db, pot, agrees=False)
    gone = wisher(db, pot)
    gone.is_active = False
    db.commit()
    change_product(db, only_variant(db, pot), price_min=500)
    change_stock(db, only_variant(db, pot), 5)
    deliver(pot.id)
    silent.marketing_consent_at = datetime.now(UTC)
    db.commit()
    deliver(pot.id)
    assert told(db) == []


def test_what_is_off_sale_is_news_when_it_is_on_sale_again(db: Session, aws: Cloud) -> None:
    pot = catalog.product(db, amount=1000)
    wisher(db, pot)
    change_product(db, only_variant(db, pot), price_min=500, is_active=False)
    deliver(pot.id)
    assert told(db) == []
    change_product(db, only_variant(db, pot), is_active=True)
    deliver(pot.id)
    assert [kind for kind, _ in told(db)] == ["PriceDropped"]


def test_a_deleted_product_is_wished_for_no_longer(db: Session, aws: Cloud, admin: LambdaClient) -> None:
    pot, jug = catalog.product(db), catalog.product(db, "Jug")
    wisher(db, pot, jug)
    deliver(jug.id, deleted=True)  # it is not deleted, whatever the message says
    assert db.query(WishlistItem).count() == 2
    assert admin.delete(f"/api/v1/admin/products/{pot.id}").status == 204
    deliver(pot.id, deleted=True)
    db.rollback()
    assert [item.product_id for item in db.query(WishlistItem)] == [jug.id]


def test_many_wishes_are_told_in_batches_and_after_an_interruption_the_rest(
    db: Session, aws: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wish_notices, "BATCH", 4)
    pot = catalog.product(db, amount=1000)
    everybody = {str(wisher(db, pot).id) for _ in range(10)}
    change_product(db, only_variant(db, pot), price_min=900)

    class Hurried(Context):
        """There is time for one batch."""

        asked = 0

        def get_remaining_time_in_millis(self) -> int:
            self.asked += 1
            return 30_000 if self.asked == 1 else 1_000

    assert deliver(pot.id, context=Hurried()) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert len(told(db)) == 4
    assert deliver(pot.id) == {"batchItemFailures": []}
    assert Counter(news["user_id"] for _, news in told(db)) == Counter(everybody)
    assert len(aws.published()) == 10


def test_deliveries_at_once_tell_everybody_once(db: Session, aws: Cloud) -> None:
    pot = catalog.product(db, amount=1000, stock=0)
    product_id = pot.id
    for _ in range(20):
        wisher(db, pot)
    change_product(db, only_variant(db, pot), price_min=900)
    change_stock(db, only_variant(db, pot), 1)
    at_once(5, lambda _: deliver(product_id))
    assert Counter(kind for kind, _ in told(db)) == {"PriceDropped": 20, "BackInStock": 20}
    assert len({(kind, news["user_id"]) for kind, news in told(db)}) == 40


def test_what_is_written_is_never_older_than_what_is_there(db: Session, aws: Cloud) -> None:
    """Two deliveries at once, while the stock goes and comes: in the end every wish knows it as it is."""
    pot = catalog.product(db, stock=1)
    product_id, variant_id = pot.id, only_variant(db, pot)
    for _ in range(5):
        wisher(db, pot)

    def act(number: int) -> None:
        for turn in range(8):
            if number == 0:
                with database.transaction() as connection:
                    connection.execute(
                        "UPDATE stock_levels SET on_hand = %s WHERE variant_id = %s", (turn % 2, variant_id)
                    )
            deliver(product_id)

    at_once(3, act)
    db.rollback()
    assert {item.in_stock for item in db.query(WishlistItem)} == {True}


def test_a_message_that_is_none_fails_alone(db: Session, aws: Cloud) -> None:
    from functions.catalog.handlers.on_product_changed import handler

    event = json.loads((ROOT / "events/catalog/on_product_changed.json").read_text())
    [good] = event["Records"]
    event["Records"] = [{**good, "messageId": "bad", "body": "{}"}, good]
    assert handler(event, Context()) == {"batchItemFailures": [{"itemIdentifier": "bad"}]}
