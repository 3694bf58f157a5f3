"""A customer's wishlist."""

from __future__ import annotations

import uuid
from unittest.mock import patch

import pytest
from sqlalchemy.orm import Session

from shared.contexts.catalog.models.customers import WishlistItem
from tests.factories import catalog, identity
from tests.factories.ordering import change_product, change_stock
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey

WISHLIST = "/api/v1/wishlist"


@pytest.fixture
def ada(guest: LambdaClient, db: Session, signing_key: TestSigningKey) -> LambdaClient:
    return guest.signed_in(signing_key.authorization(identity.user(db)))


def test_a_wish_shows_the_product_as_it_is_now(ada: LambdaClient, db: Session) -> None:
    pot = catalog.product(db, amount=999, stock=5)
    [variant] = catalog.variants(db, pot)
    assert [ada.put(f"{WISHLIST}/{pot.id}").status for _ in range(2)] == [204, 204]
    [wish] = ada.get(WISHLIST).json()["items"]
    assert (wish["slug"], wish["price_min_amount"], wish["in_stock"], wish["on_sale"]) == (pot.slug, 999, True, True)
    assert wish["image"]["url"].startswith("https://")
    change_product(db, variant.id, price_min=500)
    change_stock(db, variant.id, 0)
    [wish] = ada.get(WISHLIST).json()["items"]
    assert (wish["price_min_amount"], wish["in_stock"]) == (500, False)
    assert (wish["known_amount"], wish["variant_id"]) == (999, str(variant.id))
    change_product(db, variant.id, is_active=False)
    assert ada.get(WISHLIST).json()["items"][0]["on_sale"] is False
    assert ada.put(f"{WISHLIST}/{pot.id}").status == 204


def test_a_wish_with_a_choice_names_no_variant(ada: LambdaClient, db: Session) -> None:
    shirt = catalog.product(db, options={"Size": ["S", "L"]})
    assert ada.put(f"{WISHLIST}/{shirt.id}").status == 204
    assert ada.get(WISHLIST).json()["items"][0]["variant_id"] is None


def test_a_wish_is_forgotten_and_forgetting_again_changes_nothing(ada: LambdaClient, db: Session) -> None:
    pot = catalog.product(db)
    ada.put(f"{WISHLIST}/{pot.id}")
    assert [ada.delete(f"{WISHLIST}/{pot.id}").status for _ in range(2)] == [204, 204]
    assert ada.get(WISHLIST).json() == {"items": [], "next_cursor": None}


def test_only_products_on_sale_are_wished_for(ada: LambdaClient, db: Session) -> None:
    assert ada.put(f"{WISHLIST}/{catalog.product(db, is_active=False).id}").status == 404
    assert ada.put(f"{WISHLIST}/{uuid.uuid4()}").status == 404


def test_wishes_are_one_s_own(ada: LambdaClient, guest: LambdaClient, db: Session, signing_key: TestSigningKey) -> None:
    pot = catalog.product(db)
    ada.put(f"{WISHLIST}/{pot.id}")
    eve = guest.signed_in(signing_key.authorization(identity.user(db)))
    assert eve.get(WISHLIST).json()["items"] == []
    eve.delete(f"{WISHLIST}/{pot.id}")
    assert len(ada.get(WISHLIST).json()["items"]) == 1


def test_wishes_are_paged_latest_first_in_one_statement(ada: LambdaClient, db: Session) -> None:
    made = [str(catalog.product(db, f"Pot {number}").id) for number in range(5)]
    for product_id in made:
        ada.put(f"{WISHLIST}/{product_id}")
    found: list[str] = []
    query: dict[str, object] = {"limit": 2}
    ada.get(WISHLIST, query=query)
    while True:
        with recorded() as statements:
            page = ada.get(WISHLIST, query=query).json()
        assert len(statements) == 1
        found += [item["product_id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert found == made[::-1]


def test_a_wishlist_is_bounded_also_at_once(ada: LambdaClient, db: Session) -> None:
    made = [str(catalog.product(db, f"Pot {number}").id) for number in range(6)]
    with patch("functions.catalog.service.wishlist.MAX_WISHES", 3):
        statuses = at_once(6, lambda number: ada.put(f"{WISHLIST}/{made[number]}").status)
        assert sorted(statuses) == [204] * 3 + [409] * 3
        full = ada.put(f"{WISHLIST}/{made[statuses.index(409)]}")
        assert full.json()["code"] == "wishlist_full"
        assert ada.put(f"{WISHLIST}/{made[statuses.index(204)]}").status == 204
    assert db.query(WishlistItem).count() == 3


def test_an_account_that_is_gone_wishes_for_nothing(
    guest: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    gone = identity.user(db)
    client = guest.signed_in(signing_key.authorization(gone))
    pot = catalog.product(db)
    db.delete(gone)
    db.commit()
    assert client.put(f"{WISHLIST}/{pot.id}").status == 401
