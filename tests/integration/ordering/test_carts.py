"""The cart: what goes in, what it costs, what has changed since."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.ordering import cart_tokens
from shared.contexts.ordering.models.orders import Cart, CartItem
from tests.factories import catalog, identity
from tests.factories.ordering import Shopper, change_product, change_stock, change_variant, variant
from tests.support.lambda_client import Context, LambdaClient
from tests.support.statements import recorded
from tests.support.tokens import TestSigningKey

EVENTS = Path(__file__).parents[3] / "events"


def test_a_guest_without_a_token_has_an_empty_cart_that_is_no_row(guest: Shopper, db: Session) -> None:
    reply = guest.send("GET", "/cart")
    assert reply.status == 200
    assert reply.json() == {
        "id": None,
        "token": None,
        "expires_at": None,
        "currency": None,
        "items": [],
        "item_count": 0,
        "has_problems": False,
        "coupons": [],
        "destination": None,
        "shipping_state": "not_needed",
        "shipping_quotes": [],
        "is_tax_known": True,
        "prices_include_tax": False,
        "subtotal_amount": 0,
        "shipping_amount": 0,
        "tax_amount": 0,
        "discount_amount": 0,
        "total_amount": 0,
    }
    assert reply.headers["cache-control"] == "private, no-store"
    assert "x-cart-token" not in reply.headers
    assert db.query(Cart).count() == 0


def test_a_guests_first_item_makes_a_cart_and_hands_out_its_token(guest: Shopper, db: Session) -> None:
    pot = variant(db, amount=999, stock=7)
    reply = guest.add(pot, 2)
    cart = reply.json()
    assert reply.status == 201
    assert reply.headers["x-cart-token"] == cart["token"]
    assert reply.headers["location"] == f"/api/v1/cart/items/{cart['items'][0]['id']}"
    assert (cart["currency"], cart["item_count"], cart["total_amount"]) == ("USD", 2, 1998)
    line = cart["items"][0]
    assert line["variant_id"] == str(pot)
    assert line["name"] == "Clay Plant Pot"
    assert line["image_url"] == "https://images.example.com/pot.jpg"
    assert (line["quantity"], line["price_at_time"], line["unit_amount"], line["amount"]) == (2, 999, 999, 1998)
    assert (line["available"], line["problems"]) == (None, [])


def test_the_same_variant_adds_up_in_its_line(guest: Shopper, db: Session) -> None:
    pot = variant(db)
    guest.add(pot, 2)
    reply = guest.add(pot, 3)
    assert reply.status == 200
    assert [item["quantity"] for item in reply.json()["items"]] == [5]


def test_variants_of_a_product_are_lines_of_their_own_with_their_options(guest: Shopper, db: Session) -> None:
    shirt = catalog.product(db, "Shirt", options={"Size": ["S", "M"]})
    for size in catalog.variants(db, shirt):
        guest.add(size.id)
    assert [item["variant_title"] for item in guest.cart()["items"]] == ["S", "M"]


def test_a_customers_cart_is_the_same_on_every_device(
    api: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    user = identity.user(db)
    phone, laptop = (Shopper(api).signed_in(signing_key.authorization(user)) for _ in range(2))
    reply = phone.add(variant(db))
    assert reply.json()["token"] is None
    assert "x-cart-token" not in reply.headers
    assert laptop.cart()["id"] == reply.json()["id"]


def test_carts_of_others_are_out_of_reach(guest: Shopper, customer: Shopper, api: LambdaClient, db: Session) -> None:
    item = guest.add(variant(db)).json()["items"][0]["id"]
    for stranger in (customer, Shopper(api)):
        stranger.add(variant(db))
        changed = stranger.send("PUT", f"/cart/items/{item}", json={"quantity": 1})
        removed = stranger.send("DELETE", f"/cart/items/{item}")
        for reply in (changed, removed):
            assert (reply.status, reply.json()["code"]) == (404, "cart_item_not_found")
    assert guest.cart()["item_count"] == 1


def test_a_token_opens_no_customers_cart(customer: Shopper, api: LambdaClient, db: Session) -> None:
    cart_id = customer.add(variant(db)).json()["id"]
    thief = Shopper(api)
    thief.token = cart_tokens.encode(uuid.UUID(cart_id), datetime.now(UTC) + timedelta(hours=1))
    assert thief.cart()["id"] is None


@pytest.mark.parametrize("damage", ["changed", "longer", "shorter", "no base64", "nothing but noise"])
def test_a_token_that_we_did_not_make_is_refused(guest: Shopper, db: Session, damage: str) -> None:
    guest.add(variant(db))
    token = guest.token
    assert token is not None
    guest.token = {
        "changed": token[:30] + ("A" if token[30] != "A" else "B") + token[31:],
        "longer": token + "AAAA",
        "shorter": token[:-4],
        "no base64": token[:-1] + "é",
        "nothing but noise": "a" * 100,
    }[damage]
    for reply in (guest.send("GET", "/cart"), guest.add(variant(db)), guest.check_out()):
        assert (reply.status, reply.json()["code"]) == (400, "invalid_cart_token")


def test_a_token_for_another_purpose_is_refused(guest: Shopper, db: Session) -> None:
    from shared import tokens

    guest.add(variant(db))
    assert guest.token is not None
    payload = tokens.unsign("cart", guest.token)
    assert payload is not None
    guest.token = tokens.sign("cursor", payload)
    assert guest.send("GET", "/cart").json()["code"] == "invalid_cart_token"


def test_a_cart_that_has_ended_is_empty_and_the_next_item_begins_another(guest: Shopper, db: Session) -> None:
    pot = variant(db)
    cart = guest.add(pot).json()
    guest.token = cart_tokens.encode(uuid.UUID(cart["id"]), datetime.now(UTC) - timedelta(seconds=1))
    assert guest.cart()["items"] == []
    assert guest.check_out().json()["code"] == "cart_empty"
    again = guest.add(pot).json()
    assert again["id"] != cart["id"]
    assert again["token"] == guest.token


def test_use_renews_the_cart_for_a_day(guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    db.execute(text("UPDATE carts SET expires_at = now() + interval '2 hours'"))
    db.commit()
    assert guest.send("GET", "/cart").status == 200
    ends = db.query(Cart.expires_at).scalar()
    assert ends is not None
    assert ends - datetime.now(UTC) > timedelta(hours=23)
    assert guest.token is not None
    assert abs(cart_tokens.decode(guest.token).expires_at - ends) < timedelta(seconds=1)


def test_a_changed_price_is_reported_beside_the_old_one(guest: Shopper, db: Session) -> None:
    pot = variant(db, amount=999)
    guest.add(pot, 2)
    change_variant(db, pot, price_amount=1099)
    guest.add(pot, 1)
    cart = guest.cart()
    line = cart["items"][0]
    assert (line["price_at_time"], line["unit_amount"], line["problems"]) == (999, 1099, ["price_changed"])
    assert (cart["total_amount"], cart["has_problems"]) == (3297, True)


def test_stock_below_the_quantity_is_reported(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=5)
    guest.add(pot, 5)
    change_stock(db, pot, 3)
    line = guest.cart()["items"][0]
    assert (line["quantity"], line["available"], line["problems"]) == (5, 3, ["insufficient_stock"])


@pytest.mark.parametrize("how", ["inactive", "deleted product", "deleted variant"])
def test_what_is_not_for_sale_any_more_stays_in_sight_and_costs_nothing(guest: Shopper, db: Session, how: str) -> None:
    pot, lid = variant(db, amount=999), variant(db, "Lid", amount=100)
    guest.add(pot)
    guest.add(lid)
    if how == "inactive":
        change_product(db, pot, is_active=False)
    elif how == "deleted product":
        change_product(db, pot, deleted_at=datetime.now(UTC))
    else:
        change_variant(db, pot, deleted_at=datetime.now(UTC))
    cart = guest.cart()
    assert [line["problems"] for line in cart["items"]] == [["removed"], []]
    assert (cart["items"][0]["unit_amount"], cart["total_amount"]) == (None, 100)
    assert guest.add(pot).json()["code"] == "variant_not_found"


def test_a_product_that_changed_its_currency_is_reported(guest: Shopper, db: Session) -> None:
    pot = variant(db)
    guest.add(pot)
    change_product(db, pot, currency="EUR")
    assert guest.cart()["items"][0]["problems"] == ["currency_changed"]
    assert guest.check_out(accept_changes=True).json()["code"] == "cart_changed"


def test_more_than_there_is_cannot_be_added(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=3)
    guest.add(pot, 2)
    reply = guest.add(pot, 2)
    assert (reply.status, reply.json()["code"]) == (409, "insufficient_stock")
    assert reply.json()["shortages"] == [{"variant_id": str(pot), "wanted": 4, "available": 3}]
    assert guest.cart()["item_count"] == 2


def test_backorders_have_no_limit_but_the_lines(guest: Shopper, db: Session) -> None:
    pot = variant(db, stock=1)
    change_stock(db, pot, 1, allow_backorder=True)
    assert guest.add(pot, 500).json()["items"][0]["available"] is None
    assert guest.add(pot, 500).json()["code"] == "line_quantity_limit"


def test_a_variant_without_a_stock_level_is_not_available(guest: Shopper, db: Session) -> None:
    pot = variant(db)
    db.execute(text("DELETE FROM stock_levels"))
    db.commit()
    assert guest.add(pot).json()["shortages"][0]["available"] == 0


def test_a_cart_is_of_one_currency_until_it_is_empty(guest: Shopper, db: Session) -> None:
    dollars, yuan = variant(db), variant(db, "Cup", currency="CNY")
    item = guest.add(dollars).json()["items"][0]["id"]
    reply = guest.add(yuan)
    assert (reply.status, reply.json()["code"]) == (409, "currency_mismatch")
    assert (reply.json()["cart_currency"], reply.json()["currency"]) == ("USD", "CNY")
    guest.send("DELETE", f"/cart/items/{item}")
    assert guest.add(yuan).json()["currency"] == "CNY"
    assert guest.send("DELETE", "/cart").status == 204
    assert guest.add(dollars).json()["currency"] == "USD"


def test_a_cart_has_at_most_a_hundred_lines(guest: Shopper, db: Session) -> None:
    cart_id = guest.add(variant(db, "Pot 0")).json()["id"]
    for number in range(1, 100):
        pot = variant(db, f"Pot {number}")
        db.add(CartItem(cart_id=uuid.UUID(cart_id), variant_id=pot, quantity=1, price_at_time=999))
    db.commit()
    reply = guest.add(variant(db, "Pot 100"))
    assert (reply.status, reply.json()["code"]) == (409, "cart_full")
    assert guest.add(pot).status == 200


def test_a_quantity_is_set_and_checked_against_the_stock(guest: Shopper, db: Session) -> None:
    item = guest.add(variant(db, stock=5), 1).json()["items"][0]["id"]
    reply = guest.send("PUT", f"/cart/items/{item}", json={"quantity": 4})
    assert (reply.status, reply.json()["item_count"]) == (200, 4)
    refused = guest.send("PUT", f"/cart/items/{item}", json={"quantity": 6})
    assert (refused.status, refused.json()["shortages"][0]["available"]) == (409, 5)


def test_items_are_taken_out_one_by_one_or_all(customer: Shopper, db: Session) -> None:
    items = [customer.add(variant(db, f"Pot {n}")).json()["items"][-1]["id"] for n in range(3)]
    assert customer.send("DELETE", f"/cart/items/{items[0]}").status == 204
    assert customer.send("DELETE", f"/cart/items/{items[0]}").status == 404
    assert customer.cart()["item_count"] == 2
    assert customer.send("DELETE", "/cart").status == 204
    assert customer.cart()["items"] == []
    assert customer.send("DELETE", "/cart").status == 204


def test_emptying_no_cart_is_fine(guest: Shopper) -> None:
    assert guest.send("DELETE", "/cart").status == 204


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"variant_id": "x"},
        {"quantity": 0},
        {"quantity": 1000},
        {"quantity": -1},
        {"quantity": 1.5},
        {"quantity": "2"},
        {"quantity": True},
        {"price_at_time": 1},
        {"cart_id": "01990000-0000-7000-8000-000000000001"},
    ],
)
def test_a_bad_item_is_422(guest: Shopper, db: Session, body: dict[str, object]) -> None:
    whole = {"variant_id": str(variant(db)), "quantity": 1, **body} if body else body
    assert guest.send("POST", "/cart/items", json=whole).status == 422


def test_an_unknown_variant_is_404(guest: Shopper, db: Session) -> None:
    reply = guest.add(uuid.uuid4())
    assert (reply.status, reply.json()["code"]) == (404, "variant_not_found")
    assert db.query(Cart).count() == 0


def test_fields_prunes_the_cart(guest: Shopper, db: Session) -> None:
    guest.add(variant(db))
    assert guest.send("GET", "/cart?fields=item_count,total_amount").json() == {"item_count": 1, "total_amount": 999}
    assert guest.send("GET", "/cart?fields=user_id").status == 422


def test_an_account_that_is_gone_has_no_cart(api: LambdaClient, db: Session, signing_key: TestSigningKey) -> None:
    user = identity.user(db)
    authorization = signing_key.authorization(user)
    db.delete(user)
    db.commit()
    reply = Shopper(api).signed_in(authorization).add(variant(db))
    assert (reply.status, reply.json()["code"]) == (401, "invalid_token")


def test_a_wrong_method_names_the_right_ones(api: LambdaClient) -> None:
    reply = api.request("PATCH", "/api/v1/cart/items")
    assert (reply.status, reply.headers["allow"]) == (405, "POST")


def test_cart_routes_stay_within_their_statements(customer: Shopper, db: Session) -> None:
    pots = [variant(db, f"Pot {number}") for number in range(5)]
    for pot in pots:
        customer.add(pot)
    with recorded() as shown:
        customer.cart()
    with recorded() as added:
        customer.add(pots[0])
    assert (len(shown), len(added)) == (3, 5)


def test_the_sample_event_is_answered(api: LambdaClient) -> None:
    event = json.loads((EVENTS / "ordering" / "api.json").read_text())
    answer: dict[str, Any] = api.handler(event, Context())
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["items"] == []


def test_how_much_there_is_of_something_is_told_where_few_are_left(guest: Shopper, db: Session) -> None:
    pots, cups = variant(db, stock=40), variant(db, "Cup", stock=4)
    refused = {variant_id: guest.add(variant_id, 900).json()["shortages"][0] for variant_id in (pots, cups)}
    assert [refused[pots]["available"], refused[cups]["available"]] == [None, 4]
    guest.add(pots, 2)
    guest.add(cups, 2)
    assert [item["available"] for item in guest.cart()["items"]] == [None, 4]
