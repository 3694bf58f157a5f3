"""Moderators hide and publish reviews, the shop answers them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from shared.contexts.catalog.models.customers import Review
from shared.permissions import Role
from tests.factories import catalog, identity
from tests.factories.reviews import miscounted, review
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

REVIEWS = "/api/v1/admin/reviews"


def moderator(guest: LambdaClient, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return guest.signed_in(signing_key.authorization(identity.user(db, Role.MODERATOR)))


def test_a_hidden_review_neither_shows_nor_counts_until_it_is_published_again(
    guest: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    pot = catalog.product(db)
    made = review(db, pot, identity.user(db), rating=1)
    review(db, pot, identity.user(db), rating=5)
    client = moderator(guest, db, signing_key)
    path = f"/api/v1/products/{pot.id}/reviews"

    hidden = client.put(f"{REVIEWS}/{made.id}/status", json={"status": "hidden", "reason": "Names a person"}).json()
    assert hidden["status"] == "hidden"
    page = guest.get(path).json()
    assert (len(page["items"]), page["summary"]["rating_average"]) == (1, 5.0)
    assert guest.get(f"/api/v1/reviews/{made.id}").status == 404
    assert miscounted(db) == []

    again = client.put(f"{REVIEWS}/{made.id}/status", json={"status": "published", "reason": "It does not"}).json()
    assert [(m["before"], m["after"], m["reason"]) for m in again["moderations"]] == [
        ("hidden", "published", "It does not"),
        ("published", "hidden", "Names a person"),
    ]
    assert all(m["actor"].startswith("moderator:") and m["created_at"].endswith("Z") for m in again["moderations"])
    assert guest.get(path).json()["summary"]["rating_average"] == 3.0
    assert miscounted(db) == []


def test_hiding_what_is_hidden_changes_nothing(guest: LambdaClient, db: Session, signing_key: TestSigningKey) -> None:
    path = f"{REVIEWS}/{review(db, catalog.product(db), identity.user(db)).id}/status"
    client = moderator(guest, db, signing_key)
    change = {"status": "hidden", "reason": "Spam"}
    assert set(at_once(4, lambda _: client.put(path, json=change).status)) == {200}
    shown = client.put(path, json=change).json()
    assert len(shown["moderations"]) == 1
    assert miscounted(db) == []


def test_its_author_changes_and_deletes_a_hidden_review_and_it_stays_uncounted(
    guest: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    ada = identity.user(db)
    made = review(db, catalog.product(db), ada, status="hidden")
    client = guest.signed_in(signing_key.authorization(ada))
    changed = client.patch(f"/api/v1/reviews/{made.id}", json={"version": 1, "rating": 2}).json()
    assert (changed["rating"], changed["status"]) == (2, "hidden")
    assert miscounted(db) == []
    assert client.delete(f"/api/v1/reviews/{made.id}").status == 204
    assert miscounted(db) == []


def test_the_queue_is_filtered_by_status_and_paged(
    guest: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    pot = catalog.product(db)
    made = [
        str(review(db, pot, identity.user(db), status=status).id)
        for status in ("published", "hidden", "published", "hidden", "hidden")
    ]
    client = moderator(guest, db, signing_key)
    first = client.get(REVIEWS, query={"status": "hidden", "limit": 2}).json()
    second = client.get(REVIEWS, query={"status": "hidden", "limit": 2, "cursor": first["next_cursor"]}).json()
    assert [item["id"] for item in first["items"] + second["items"]] == [made[4], made[3], made[1]]
    assert second["next_cursor"] is None
    everything = client.get(REVIEWS).json()["items"]
    assert [item["id"] for item in everything] == made[::-1]
    assert (everything[0]["product_name"], everything[0]["product_slug"]) == (pot.name, pot.slug)


def test_the_shop_answers_a_review_anew_and_takes_the_answer_away(
    guest: LambdaClient, admin: LambdaClient, db: Session
) -> None:
    made = review(db, catalog.product(db), identity.user(db))
    path = f"{REVIEWS}/{made.id}/reply"
    assert admin.put(path, json={"body": "Thanks"}).json()["reply"]["body"] == "Thanks"
    assert admin.put(path, json={"body": "Thank you!"}).status == 200
    assert guest.get(f"/api/v1/reviews/{made.id}").json()["reply"]["body"] == "Thank you!"
    db.expire_all()
    assert str(db.query(Review.replied_by).scalar()).startswith("admin:")
    assert admin.delete(path).json()["reply"] is None
    assert guest.get(f"/api/v1/reviews/{made.id}").json()["reply"] is None


def test_what_does_not_exist_is_404(admin: LambdaClient, db: Session) -> None:
    nothing = f"{REVIEWS}/0199c0de-0000-7000-8000-000000000071"
    assert admin.put(f"{nothing}/status", json={"status": "hidden", "reason": "Spam"}).status == 404
    assert admin.put(f"{nothing}/reply", json={"body": "Thanks"}).status == 404
    assert admin.delete(f"{nothing}/reply").status == 404


def test_reviews_of_one_author(guest: LambdaClient, db: Session, signing_key: TestSigningKey) -> None:
    author = identity.user(db)
    made = [review(db, catalog.product(db, name), author) for name in ("Pot", "Lid", "Spade")]
    review(db, catalog.product(db, "Rake"), identity.user(db))
    client = moderator(guest, db, signing_key)
    first = client.get(REVIEWS, query={"user_id": author.id, "limit": 2}).json()
    rest = client.get(REVIEWS, query={"user_id": author.id, "limit": 2, "cursor": first["next_cursor"]}).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == [str(one.id) for one in reversed(made)]
    assert client.get(REVIEWS, query={"user_id": author.id, "status": "hidden"}).json()["items"] == []
    assert client.get(REVIEWS, query={"cursor": first["next_cursor"]}).json()["code"] == "invalid_cursor"
