"""Whatever changes a public page has CloudFront forget it, and every public page says what it is about."""

from __future__ import annotations

import json
import uuid
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from sqlalchemy.orm import Session

from shared.clients import edge_cache
from shared.tables.platform import OutboxEvent
from tests.factories import catalog, identity
from tests.factories.reviews import review
from tests.support import cloud
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.product_files import ROOT


@pytest.fixture
def distribution(aws: Cloud) -> str:
    return cloud.create_distribution()


def sample() -> dict[str, Any]:
    event: dict[str, Any] = json.loads((ROOT / "events/catalog/purge_pages.json").read_text())
    return event


def deliver(event: dict[str, Any]) -> Any:
    from functions.catalog.handlers.purge_pages import handler

    return handler(event, Context())


def changed(*product_ids: uuid.UUID) -> dict[str, Any]:
    """A batch that tells of these products."""
    event = sample()
    record = event["Records"][0]
    event["Records"] = []
    for number, product_id in enumerate(product_ids):
        body = json.loads(record["body"])
        body["detail"] |= {"id": str(uuid.uuid4()), "data": {"product_id": str(product_id), "deleted": False}}
        event["Records"].append({**record, "messageId": str(number), "body": json.dumps(body)})
    return event


def about(guest: LambdaClient, path: str) -> list[str]:
    """What a public page says it is about."""
    answer = guest.get(path)
    assert answer.status == 200, answer.body
    return answer.headers["cache-tag"].split(",")


def test_a_batch_is_one_purge(distribution: str) -> None:
    pot, cup = uuid.uuid4(), uuid.uuid4()
    assert deliver(changed(pot, cup, pot)) == {"batchItemFailures": []}
    [purge] = cloud.purges(distribution)
    assert set(purge["Items"]) == {"#products", "#categories", f"#product:{pot}", f"#product:{cup}"}


def test_the_sample_event_is_understood(distribution: str) -> None:
    assert deliver(sample()) == {"batchItemFailures": []}
    assert [purge["Items"] for purge in cloud.purges(distribution)] == [["#catalog"]]


def test_a_batch_that_is_delivered_again_asks_by_the_same_name(distribution: str) -> None:
    """CloudFront makes one invalidation of requests with one name."""
    event = changed(uuid.uuid4())
    deliver(event)
    event["Records"].reverse()
    deliver(event)
    first, second = cloud.purges(distribution)
    assert first == second


def test_a_message_that_is_not_understood_comes_again_and_the_others_are_done(distribution: str) -> None:
    event = changed(uuid.uuid4(), uuid.uuid4())
    event["Records"][0]["body"] = "{}"
    assert deliver(event) == {"batchItemFailures": [{"itemIdentifier": "0"}]}
    assert len(cloud.purges(distribution)) == 1


def test_where_cloudfront_is_busy_all_messages_come_again(distribution: str, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = {"Error": {"Code": "TooManyInvalidationsInProgress", "Message": "busy"}}

    def refuse(*_: Any, **__: Any) -> str:
        raise ClientError(busy, "CreateInvalidation")

    event = changed(uuid.uuid4(), uuid.uuid4())
    with monkeypatch.context() as patched:
        patched.setattr(edge_cache, "purge", refuse)
        assert deliver(event) == {"batchItemFailures": [{"itemIdentifier": "0"}, {"itemIdentifier": "1"}]}
    assert deliver(event) == {"batchItemFailures": []}
    assert len(cloud.purges(distribution)) == 1


def test_a_new_distribution_is_found_after_the_old_one_is_gone(distribution: str) -> None:
    deliver(changed(uuid.uuid4()))
    boto3.client("cloudfront").delete_distribution(Id=distribution, IfMatch="any")
    boto3.client("ssm").delete_parameter(Name=cloud.DISTRIBUTION_PARAMETER)
    replacement = cloud.create_distribution()
    event = changed(uuid.uuid4())
    assert deliver(event)["batchItemFailures"]
    assert deliver(event) == {"batchItemFailures": []}
    assert len(cloud.purges(replacement)) == 1


def test_lists_searches_and_suggestions_are_about_all_products(guest: LambdaClient, db: Session) -> None:
    catalog.product(db, name="Clay Pot")
    for path in (
        "/api/v1/products",
        "/api/v1/products?sort=price&fields=name&facets=true",
        "/api/v1/products/search?q=clay",
        "/api/v1/products/search/suggestions?q=cl",
    ):
        assert about(guest, path) == ["catalog", "products"], path


def test_the_tree_is_about_categories(guest: LambdaClient) -> None:
    assert about(guest, "/api/v1/categories") == ["catalog", "categories"]


def test_a_product_s_page_and_reviews_are_about_it_by_whichever_address(guest: LambdaClient, db: Session) -> None:
    pot = catalog.product(db)
    for address in (pot.id, pot.slug):
        for path in (f"/api/v1/products/{address}", f"/api/v1/products/{address}/reviews"):
            assert about(guest, path) == ["catalog", f"product:{pot.id}"], path


def test_an_answer_that_is_still_good_says_what_it_is_about_too(guest: LambdaClient, db: Session) -> None:
    pot = catalog.product(db)
    page = guest.get(f"/api/v1/products/{pot.slug}")
    again = guest.get(f"/api/v1/products/{pot.slug}", headers={"If-None-Match": page.headers["etag"]})
    assert again.status == 304
    assert again.headers["cache-tag"] == page.headers["cache-tag"]


def test_private_answers_are_about_nothing(admin: LambdaClient, db: Session) -> None:
    pot = catalog.product(db)
    assert "cache-tag" not in admin.get(f"/api/v1/admin/products/{pot.id}").headers


def told(db: Session) -> list[str]:
    db.rollback()
    return [event.type for event in db.query(OutboxEvent).order_by(OutboxEvent.id)]


def test_categories_that_are_made_changed_and_deleted_are_told(admin: LambdaClient, db: Session) -> None:
    made = admin.post("/api/v1/admin/categories", json={"name": "Pots"}).json()
    path = f"/api/v1/admin/categories/{made['id']}"
    replacement = {"name": "Clay pots", "slug": "pots", "parent_id": None, "position": 1, "version": made["version"]}
    renamed = admin.put(path, json=replacement)
    assert renamed.status == 200, renamed.body
    unchanged = admin.put(path, json=replacement | {"version": renamed.json()["version"]})
    assert unchanged.status == 200
    assert admin.delete(path).status == 204
    assert told(db) == ["CategoryChanged"] * 3
    assert [event.payload["deleted"] for event in db.query(OutboxEvent).order_by(OutboxEvent.id)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("status", "events"),
    [("published", ["ProductChanged"]), ("hidden", [])],
)
def test_the_shop_s_reply_is_told_where_the_public_sees_it(
    admin: LambdaClient, db: Session, status: str, events: list[str]
) -> None:
    written = review(db, catalog.product(db), identity.user(db), status=status)
    answer = admin.put(f"/api/v1/admin/reviews/{written.id}/reply", json={"body": "Thank you"})
    assert answer.status == 200, answer.body
    assert told(db) == events
