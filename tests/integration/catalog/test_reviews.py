"""Customers review products, and vote for the reviews of others."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.customers import ReviewVote
from shared.contexts.catalog.models.products import Product
from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles.models import Profile
from shared.tables.platform import OutboxEvent
from tests.factories import catalog, identity, profiles
from tests.factories.ordering import Shopper, pay
from tests.factories.reviews import miscounted, review
from tests.factories.shipments import sent
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey

SignIn = Callable[[User], LambdaClient]


@pytest.fixture
def sign_in(guest: LambdaClient, signing_key: TestSigningKey) -> SignIn:
    return lambda user: guest.signed_in(signing_key.authorization(user))


def write(client: LambdaClient, product: Product, **changed: Any) -> Answer:
    return write_of(client, product.id, **changed)


def write_of(client: LambdaClient, product_id: uuid.UUID, **changed: Any) -> Answer:
    body = {"rating": 5, "title": "Sturdy", "body": "Three winters outside, and not a crack.", **changed}
    return client.post(f"/api/v1/products/{product_id}/reviews", json=body)


def listed(client: LambdaClient, product: Product, **query: Any) -> Any:
    reply = client.get(f"/api/v1/products/{product.id}/reviews", query=query)
    assert reply.status == 200, reply.body
    return reply.json()


def test_a_review_is_published_at_once_and_weighs_nothing_without_a_purchase(
    guest: LambdaClient, sign_in: SignIn, db: Session, aws: object
) -> None:
    pot = catalog.product(db)
    ada = sign_in(identity.user(db, full_name="Ada King Lovelace"))
    reply = write(ada, pot, rating=4)
    made = reply.json()
    assert (reply.status, reply.headers["location"]) == (201, f"/api/v1/reviews/{made['id']}")
    assert (made["author"], made["rating"], made["is_verified"], made["status"]) == ("Ada L.", 4, False, "published")
    page = listed(guest, pot)
    assert [item["id"] for item in page["items"]] == [made["id"]]
    assert "status" not in page["items"][0]
    assert page["summary"] == {
        "rating_average": None,
        "rating_count": 0,
        "histogram": dict.fromkeys("12345", 0),
    }
    shown = guest.get(f"/api/v1/products/{pot.slug}").json()
    assert (shown["rating_average"], shown["rating_count"]) == (None, 0)
    assert [event.type for event in db.query(OutboxEvent)] == ["ProductChanged"]


def test_only_who_has_proven_their_address_writes_changes_and_votes(sign_in: SignIn, db: Session) -> None:
    pot, jug = catalog.product(db), catalog.product(db, "Jug")
    eve = identity.user(db, verified=False)
    own, others = review(db, jug, eve), review(db, jug, identity.user(db))
    client = sign_in(eve)
    refused = [
        write(client, pot),
        client.patch(f"/api/v1/reviews/{own.id}", json={"version": 1, "rating": 1}),
        client.post(f"/api/v1/reviews/{others.id}/votes", json={"helpful": False}),
    ]
    assert [(reply.status, reply.json()["code"]) for reply in refused] == [(403, "email_not_verified")] * 3
    assert client.delete(f"/api/v1/reviews/{own.id}").status == 204, "what one wrote before can go"
    assert miscounted(db) == []


@pytest.mark.parametrize(
    "picture", [{"url": "https://images.example.com/mine.jpg"}, {"url": "https://a.example/pixel.gif?x=1"}, {}]
)
def test_a_review_shows_no_picture_from_elsewhere(sign_in: SignIn, db: Session, picture: dict[str, str]) -> None:
    reply = write(sign_in(identity.user(db)), catalog.product(db), images=[picture])
    assert (reply.status, reply.json()["errors"][0]["field"][:14]) == (422, "body.images.0.")


def test_pictures_from_elsewhere_that_are_stored_are_shown_no_more(guest: LambdaClient, db: Session) -> None:
    pot = catalog.product(db)
    review(db, pot, identity.user(db), image_urls=["https://images.example.com/old.jpg"])
    [shown] = listed(guest, pot)["items"]
    assert shown["images"] == []


def test_a_customer_reviews_a_product_once(sign_in: SignIn, db: Session) -> None:
    pot, jug = catalog.product(db), catalog.product(db, "Jug")
    ada = sign_in(identity.user(db))
    made = write(ada, pot).json()
    again = write(ada, pot, rating=1)
    assert (again.status, again.json()["code"], again.json()["review_id"]) == (409, "already_reviewed", made["id"])
    assert write(ada, jug).status == 201
    assert miscounted(db) == []


def test_reviews_of_one_customer_at_once_leave_one(sign_in: SignIn, db: Session) -> None:
    pot = catalog.product(db).id
    ada = sign_in(identity.user(db))
    assert sorted(at_once(6, lambda _: write_of(ada, pot).status)) == [201] + [409] * 5
    assert miscounted(db) == []


def deliver(db: Session, order: dict[str, Any]) -> None:
    pay(order["checkout_id"])
    sent(db, uuid.UUID(order["id"]), delivered=True)


def test_a_purchase_is_verified_once_it_was_delivered(
    sign_in: SignIn, db: Session, signing_key: TestSigningKey
) -> None:
    from functions.ordering.handlers.api import handler

    pot, jug = catalog.product(db), catalog.product(db, "Jug")
    ada, eve = identity.user(db), identity.user(db)
    shopper = Shopper(LambdaClient(handler, signing_key.authorization(ada)), email=None)
    order = shopper.buy(catalog.variants(db, pot)[0].id)
    pay(order["checkout_id"])
    made = write(sign_in(ada), pot).json()
    assert made["is_verified"] is False
    assert listed(sign_in(eve), pot)["summary"]["rating_count"] == 0
    deliver(db, order)
    changed = sign_in(ada).patch(f"/api/v1/reviews/{made['id']}", json={"version": 1, "rating": 4}).json()
    assert changed["is_verified"] is True
    summary = listed(sign_in(eve), pot)["summary"]
    assert (summary["rating_average"], summary["rating_count"], summary["histogram"]["4"]) == (4.0, 1, 1)
    assert miscounted(db) == []
    assert write(sign_in(ada), jug).json()["is_verified"] is False
    assert write(sign_in(eve), pot).json()["is_verified"] is False
    assert [item["id"] for item in listed(sign_in(eve), pot, verified="true")["items"]] == [made["id"]]
    assert len(listed(sign_in(eve), pot, verified="false")["items"]) == 1
    assert listed(sign_in(eve), pot)["summary"] == summary
    assert sign_in(ada).delete(f"/api/v1/reviews/{made['id']}").status == 204
    assert listed(sign_in(eve), pot)["summary"]["rating_count"] == 0
    assert miscounted(db) == []


def test_only_products_on_sale_are_reviewed(sign_in: SignIn, guest: LambdaClient, db: Session) -> None:
    hidden = catalog.product(db, is_active=False)
    ada = sign_in(identity.user(db))
    assert write(ada, hidden).status == 404
    assert guest.get(f"/api/v1/products/{hidden.id}/reviews").status == 404
    assert guest.get("/api/v1/products/no-such-pot/reviews").status == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"rating": 0},
        {"rating": 6},
        {"rating": 4.5},
        {"title": ""},
        {"body": " "},
        {"body": "x" * 5001},
        {"images": [{"media_id": str(uuid.uuid4())}]},
        {"images": [{"media_id": str(uuid.uuid4()), "url": "https://images.example.com/a.jpg"}]},
        {"images": [{"media_id": str(uuid.uuid4())} for _ in range(6)]},
        {"is_verified": True},
        {"status": "published"},
        {"helpful_count": 99},
    ],
)
def test_what_is_not_a_review_is_refused(sign_in: SignIn, db: Session, wrong: dict[str, Any]) -> None:
    assert write(sign_in(identity.user(db)), catalog.product(db), **wrong).status == 422


def test_what_looks_like_html_stays_text(sign_in: SignIn, guest: LambdaClient, db: Session) -> None:
    """JSON that no browser takes for a page, and exactly what was typed: whoever shows it escapes it."""
    pot = catalog.product(db)
    body = '<script>alert(1)</script> 5 < 6 & "good"'
    write(sign_in(identity.user(db)), pot, title="<img src=x onerror=alert(1)>", body=body)
    reply = guest.get(f"/api/v1/products/{pot.id}/reviews")
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.json()["items"][0]["body"] == body


def test_an_author_changes_the_review_by_its_version(sign_in: SignIn, db: Session) -> None:
    pot, author = catalog.product(db), identity.user(db)
    ada = sign_in(author)
    path = f"/api/v1/reviews/{review(db, pot, author, body='Three winters outside, and not a crack.').id}"
    changed = ada.patch(path, json={"version": 1, "rating": 2, "title": "Broke"}).json()
    assert (changed["rating"], changed["title"], changed["version"]) == (2, "Broke", 2)
    assert changed["body"] == "Three winters outside, and not a crack."
    stale = ada.patch(path, json={"version": 1, "rating": 1})
    assert (stale.status, stale.json()["code"]) == (409, "version_conflict")
    assert ada.patch(path, json={"version": 2, "rating": 2}).json()["version"] == 2
    assert listed(ada, pot)["summary"]["histogram"]["2"] == 1
    assert miscounted(db) == []


def test_an_author_takes_the_review_back_and_may_write_another(sign_in: SignIn, db: Session) -> None:
    pot = catalog.product(db)
    ada, eve = identity.user(db), identity.user(db)
    made = review(db, pot, ada)
    assert sign_in(eve).post(f"/api/v1/reviews/{made.id}/votes", json={"helpful": True}).status == 200
    assert sign_in(eve).delete(f"/api/v1/reviews/{made.id}").status == 404
    assert sign_in(ada).delete(f"/api/v1/reviews/{made.id}").status == 204
    assert sign_in(ada).delete(f"/api/v1/reviews/{made.id}").status == 404
    db.expire_all()
    assert db.query(ReviewVote).count() == 0
    assert write(sign_in(ada), pot).status == 201
    assert miscounted(db) == []


def test_a_vote_counts_once_and_may_change(sign_in: SignIn, guest: LambdaClient, db: Session) -> None:
    made = review(db, catalog.product(db), identity.user(db))
    eve, bob = sign_in(identity.user(db)), sign_in(identity.user(db))
    path = f"/api/v1/reviews/{made.id}/votes"
    counts = [
        (reply.json()["helpful_count"], reply.json()["unhelpful_count"])
        for voter, helpful in ((eve, True), (eve, True), (bob, True), (eve, False), (bob, False), (eve, True))
        if (reply := voter.post(path, json={"helpful": helpful})).status == 200
    ]
    assert counts == [(1, 0), (1, 0), (2, 0), (1, 1), (0, 2), (1, 1)]
    shown = guest.get(f"/api/v1/reviews/{made.id}").json()
    assert (shown["helpful_count"], shown["version"], shown["updated_at"]) == (1, 1, shown["created_at"])


def test_a_vote_outlives_its_account(sign_in: SignIn, db: Session) -> None:
    made, eve = review(db, catalog.product(db), identity.user(db)), identity.user(db)
    assert sign_in(eve).post(f"/api/v1/reviews/{made.id}/votes", json={"helpful": True}).status == 200
    db.delete(eve)
    db.commit()
    assert miscounted(db) == []


def test_nobody_votes_for_a_review_of_their_own_or_a_hidden_one(sign_in: SignIn, db: Session) -> None:
    ada, eve = identity.user(db), identity.user(db)
    pot = catalog.product(db)
    own, hidden = review(db, pot, ada), review(db, pot, eve, status="hidden")
    refused = sign_in(ada).post(f"/api/v1/reviews/{own.id}/votes", json={"helpful": True})
    assert (refused.status, refused.json()["code"]) == (403, "own_review")
    assert sign_in(ada).post(f"/api/v1/reviews/{hidden.id}/votes", json={"helpful": True}).status == 404


def test_votes_and_reviews_at_once_are_all_counted(sign_in: SignIn, db: Session) -> None:
    """Wrong counts is what users of such systems complain about; here many change the same rows at the same moment."""
    pot = catalog.product(db)
    buyers = [identity.user(db) for _ in range(6)]
    voters = [sign_in(buyer) for buyer in buyers]
    owns = [f"/api/v1/reviews/{review(db, pot, buyer).id}" for buyer in buyers]
    path = f"/api/v1/reviews/{review(db, pot, identity.user(db)).id}/votes"

    def act(number: int) -> list[int]:
        voter = voters[number]
        own = voter.patch(owns[number], json={"version": 1, "rating": 1 + number % 5})
        statuses = [voter.post(path, json={"helpful": turn % 2 == number % 2}).status for turn in range(5)]
        if number % 3 == 0:
            statuses.append(voter.delete(owns[number]).status)
        return [own.status, *statuses]

    assert {status for statuses in at_once(6, act) for status in statuses} == {200, 204}
    assert miscounted(db) == []


def test_reviews_are_sorted_filtered_and_paged(guest: LambdaClient, db: Session) -> None:
    pot = catalog.product(db)
    made = [
        str(review(db, pot, identity.user(db), rating=rating, helpful_count=helpful, is_verified=helpful > 1).id)
        for rating, helpful in ((5, 1), (3, 9), (5, 0), (1, 4), (3, 2))
    ]
    review(db, pot, identity.user(db), status="hidden")

    def order(**query: Any) -> list[int]:
        found: list[str] = []
        cursor: str | None = None
        while True:
            page = listed(guest, pot, limit=2, **query, **({"cursor": cursor} if cursor else {}))
            found += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                return [made.index(review_id) for review_id in found]

    assert order() == [4, 3, 2, 1, 0]
    assert order(sort="helpful") == [1, 3, 4, 0, 2]
    assert order(sort="rating") == [2, 0, 4, 1, 3]
    assert order(sort="-rating") == [3, 1, 4, 0, 2]
    assert order(stars=3) == [4, 1]
    assert order(sort="helpful", verified="true") == [1, 3, 4]
    assert listed(guest, pot, stars=2)["summary"]["rating_count"] == 3
    cursor = listed(guest, pot, limit=1)["next_cursor"]
    foreign = guest.get(f"/api/v1/products/{pot.id}/reviews", query={"cursor": cursor, "sort": "helpful"})
    assert foreign.json()["code"] == "invalid_cursor"


def test_a_page_of_reviews_takes_two_statements_whatever_its_size(guest: LambdaClient, db: Session) -> None:
    pot = catalog.product(db)
    for _ in range(5):
        review(db, pot, identity.user(db))
    listed(guest, pot, limit=1)
    for limit in (1, 5):
        with recorded() as statements:
            listed(guest, pot, limit=limit)
        assert len(statements) == 2


def test_reviews_are_cached_and_pruned(guest: LambdaClient, db: Session) -> None:
    pot = catalog.product(db)
    review(db, pot, identity.user(db))
    path = f"/api/v1/products/{pot.id}/reviews"
    reply = guest.get(path, query={"fields": "rating,title"})
    assert reply.json()["items"] == [{"rating": 5, "title": "Sturdy"}]
    assert guest.get(path + "?fields=rating,title", headers={"If-None-Match": reply.headers["etag"]}).status == 304
    assert guest.get(path, query={"fields": "user_id"}).status == 422


@pytest.mark.parametrize(
    ("full_name", "shown"),
    [
        ("Ada Lovelace", "Ada L."),
        ("Ada", "Ada"),
        ("李小龙", "李**"),
        ("  ", "A customer"),
        ("José María García", "José G."),
        ("J. R. R. Tolkien", "J. T."),
        ("J.R. Tolkien", "J.R. T."),
        ("Anne-Marie O'Neil", "Anne-Marie O."),
        ("http://evil.example/5", "A customer"),
        ("//evil/5 now", "A customer"),
        ("Visit shop.example now", "A customer"),
        ("evil.io", "A customer"),
        ("evil\uff0ecom", "A customer"),
        ("evil\u3002com", "A customer"),
        ("evil.xn--p1ai", "A customer"),
        ("зло.рф", "A customer"),
        ("me@example.com Smith", "A customer"),
        ("Call: 555", "A customer"),
        ("\uff48ttp\uff1a evil", "A customer"),
    ],
)
def test_names_are_shortened(full_name: str, shown: str) -> None:
    from functions.catalog.domain.author_names import public_name

    assert public_name(full_name) == shown


def test_a_review_outlives_its_author_without_a_name(guest: LambdaClient, db: Session) -> None:
    pot, ada = catalog.product(db), identity.user(db)
    review(db, pot, ada)
    db.delete(ada)
    db.commit()
    assert listed(guest, pot)["items"][0]["author"] == "A customer"


def test_the_suspended_write_and_change_no_reviews(sign_in: SignIn, db: Session) -> None:
    user = identity.user(db)
    profiles.profile(db, user)
    ada, pot = sign_in(user), catalog.product(db)
    made = write(ada, pot).json()
    db.get_one(Profile, user.id).standing = "suspended"
    db.commit()
    refused = [
        write(ada, catalog.product(db, "Jug")),
        ada.patch(f"/api/v1/reviews/{made['id']}", json={"version": 1, "rating": 1}),
    ]
    assert {(answer.status, answer.json()["code"]) for answer in refused} == {(403, "suspended")}
    assert ada.delete(f"/api/v1/reviews/{made['id']}").status == 204
