"""Customers list the reviews that they wrote."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.products import ProductImage
from shared.contexts.identity.models.accounts import User
from tests.factories import catalog, identity
from tests.factories.reviews import review
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

OWN = "/api/v1/reviews/mine"


@pytest.fixture
def ada(db: Session) -> User:
    return identity.user(db)


@pytest.fixture
def client(guest: LambdaClient, ada: User, signing_key: TestSigningKey) -> LambdaClient:
    return guest.signed_in(signing_key.authorization(ada))


def test_one_s_own_reviews_come_latest_first_with_their_products(client: LambdaClient, ada: User, db: Session) -> None:
    pot, jug = catalog.product(db, "Pot"), catalog.product(db, "Jug", is_active=False)
    review(db, pot, identity.user(db))
    first, second = review(db, pot, ada), review(db, jug, ada, status="hidden")
    items = client.get(OWN).json()["items"]
    assert [item["id"] for item in items] == [str(second.id), str(first.id)]
    assert [item["status"] for item in items] == ["hidden", "published"]
    hidden, shown = (item["product"] for item in items)
    assert (hidden["name"], hidden["on_sale"]) == ("Jug", False)
    assert (shown["slug"], shown["on_sale"], shown["image"]["alt"]) == (pot.slug, True, "Pot")


def test_a_long_list_continues_where_it_ended(client: LambdaClient, ada: User, db: Session) -> None:
    made = [str(review(db, catalog.product(db), ada).id) for _ in range(3)]
    page = client.get(OWN, query={"limit": 2}).json()
    rest = client.get(OWN, query={"limit": 2, "cursor": page["next_cursor"]}).json()
    assert [item["id"] for item in [*page["items"], *rest["items"]]] == made[::-1]
    assert rest["next_cursor"] is None


def test_a_product_without_a_picture_has_none(client: LambdaClient, ada: User, db: Session) -> None:
    pot = catalog.product(db)
    db.query(ProductImage).filter_by(product_id=pot.id).delete()
    review(db, pot, ada)
    assert client.get(OWN).json()["items"][0]["product"]["image"] is None
    assert client.get(OWN, query={"fields": "id"}).json()["items"][0].keys() == {"id"}
