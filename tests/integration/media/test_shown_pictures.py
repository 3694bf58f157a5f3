"""Uploaded pictures on products and reviews: by id or by address, with what is known of them, and kept while shown."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import settings
from shared.clients import database
from shared.contexts.catalog.models.products import ProductImage
from shared.contexts.identity.models.accounts import User
from tests.factories import catalog as products
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.pictures import ask, picture, uploaded
from tests.support.product_files import imported
from tests.support.statements import recorded

PRODUCTS = "/api/v1/admin/products"


@pytest.fixture
def shop(catalog: LambdaClient, staff: LambdaClient) -> LambdaClient:
    """The catalogue as staff calls it."""
    return catalog.signed_in(staff.headers)


@pytest.fixture
def reviewer(catalog: LambdaClient, customer: LambdaClient) -> LambdaClient:
    return catalog.signed_in(customer.headers)


@pytest.fixture
def make(shop: LambdaClient) -> Callable[..., Answer]:
    """A product with these images."""

    def act(*images: dict[str, Any], **changed: Any) -> Answer:
        variant = {"price_amount": 999, **changed.pop("variant", {})}
        body = {"name": "Pot", "currency": "USD", "variants": [variant], "images": list(images), **changed}
        return shop.post(PRODUCTS, json=body)

    return act


def shown(media: dict[str, Any], alt: str | None = None) -> dict[str, Any]:
    """What answers say of the picture."""
    told = {name: media[name] for name in ("url", "blurhash", "width", "height", "variants")}
    return told if alt is None else {**told, "alt": alt}


def test_a_product_shows_an_uploaded_picture_with_its_variants_everywhere(
    make: Callable[..., Answer], staff: LambdaClient, catalog: LambdaClient, db: Session
) -> None:
    media = uploaded(staff, purpose="product")
    elsewhere = {"url": "https://images.example.com/pot.jpg", "alt": "Elsewhere"}
    reply = make({"media_id": media["id"], "alt": "A pot"}, elsewhere)
    assert reply.status == 201, reply.body
    expected = [
        shown(media, "A pot"),
        {**elsewhere, "blurhash": None, "width": None, "height": None, "variants": []},
    ]
    assert reply.json()["images"] == expected
    page = catalog.get(f"/api/v1/products/{reply.json()['id']}").json()
    assert page["images"] == expected
    [listed] = catalog.get("/api/v1/products").json()["items"]
    assert listed["image"] == expected[0]
    [found] = catalog.get("/api/v1/products/search", query={"q": "Pot"}).json()["items"]
    assert found["image"] == expected[0]


def test_a_wish_shows_it_too(make: Callable[..., Answer], staff: LambdaClient, reviewer: LambdaClient) -> None:
    media = uploaded(staff, purpose="product")
    pot = make({"media_id": media["id"]}).json()
    assert reviewer.put(f"/api/v1/wishlist/{pot['id']}").status == 204
    [wish] = reviewer.get("/api/v1/wishlist").json()["items"]
    assert wish["image"] == shown(media, "")


def test_a_page_with_uploaded_pictures_takes_no_further_statement(
    make: Callable[..., Answer], staff: LambdaClient, catalog: LambdaClient
) -> None:
    pot = make({"media_id": uploaded(staff, purpose="product")["id"]}).json()
    for path in (f"/api/v1/products/{pot['id']}", "/api/v1/products"):
        catalog.get(path)
        with recorded() as statements:
            catalog.get(path)
        assert len(statements) == 1


@pytest.mark.parametrize("image", [{}, {"url": "https://a.example/a.jpg", "media_id": str(uuid.uuid4())}, {"alt": "x"}])
def test_an_image_is_an_address_or_an_upload_and_not_both(make: Callable[..., Answer], image: dict[str, Any]) -> None:
    assert make(image).status == 422


def test_a_product_shows_only_what_is_ready_and_meant_for_products(
    make: Callable[..., Answer], staff: LambdaClient, customer: LambdaClient
) -> None:
    waiting = ask(staff, picture(), purpose="product").json()["media"]["id"]
    refused = uploaded(staff, b"no picture", purpose="product")["id"]
    for_reviews = uploaded(customer)["id"]
    deleted = uploaded(staff, purpose="product")["id"]
    staff.delete(f"/api/v1/media/{deleted}")
    for media_id in (waiting, refused, for_reviews, deleted, str(uuid.uuid4())):
        reply = make({"url": "https://a.example/a.jpg"}, {"media_id": media_id})
        assert reply.status == 422, media_id
        assert reply.json()["errors"][0]["field"] == "body.images.1.media_id"


def test_one_picture_is_not_shown_twice_by_a_product(make: Callable[..., Answer], staff: LambdaClient) -> None:
    media = uploaded(staff, purpose="product")
    assert make({"media_id": media["id"]}, {"url": media["url"]}).status == 422


def test_a_variant_shows_only_an_uploaded_picture_that_its_product_keeps(
    make: Callable[..., Answer], staff: LambdaClient
) -> None:
    media = uploaded(staff, purpose="product")
    variant = {"image_url": media["url"]}
    reply = make(variant=variant)
    assert reply.json()["errors"][0]["field"] == "body.variants.0.image_url"
    assert make({"media_id": media["id"]}, variant=variant).status == 201


def test_a_change_of_something_else_leaves_pictures_as_they_are(
    make: Callable[..., Answer], staff: LambdaClient, shop: LambdaClient
) -> None:
    media = uploaded(staff, purpose="product")
    pot = make({"media_id": media["id"], "alt": "A pot"}).json()
    path = f"{PRODUCTS}/{pot['id']}"
    renamed = shop.patch(path, json={"version": pot["version"], "name": "Large pot"}).json()
    assert renamed["images"] == pot["images"]
    replaced = shop.patch(path, json={"version": renamed["version"], "images": [{"url": media["url"]}]}).json()
    assert replaced["images"] == [shown(media, "")]


def test_what_is_shown_cannot_be_deleted_until_it_is_taken_off(
    make: Callable[..., Answer], staff: LambdaClient, shop: LambdaClient
) -> None:
    media = uploaded(staff, purpose="product")
    pot = make({"media_id": media["id"]}).json()
    refused = staff.delete(f"/api/v1/media/{media['id']}")
    assert (refused.status, refused.json()["code"]) == (409, "media_in_use")
    assert shop.patch(f"{PRODUCTS}/{pot['id']}", json={"version": pot["version"], "images": []}).status == 200
    assert staff.delete(f"/api/v1/media/{media['id']}").status == 204


def test_a_picture_that_is_put_to_use_while_it_is_deleted_is_one_or_the_other(
    staff: LambdaClient, shop: LambdaClient, db: Session
) -> None:
    for _ in range(4):
        media = uploaded(staff, purpose="product")
        body = {
            "name": "Pot",
            "currency": "USD",
            "variants": [{"price_amount": 1}],
            "images": [{"media_id": media["id"]}],
        }

        def contend(number: int, body: dict[str, Any] = body, media: dict[str, Any] = media) -> int:
            if number:
                return shop.post(PRODUCTS, json=body).status
            return staff.delete(f"/api/v1/media/{media['id']}").status

        deleted, made = at_once(2, contend)
        assert (deleted, made) in [(204, 422), (409, 201)]
        database.close()


def test_an_exported_file_names_the_public_address_and_importing_it_changes_nothing(
    make: Callable[..., Answer], staff: LambdaClient, shop: LambdaClient, db: Session
) -> None:
    media = uploaded(staff, purpose="product")
    make({"media_id": media["id"], "alt": "A pot"}, variant={"image_url": media["url"]})
    exported = shop.get(f"{PRODUCTS}/export", query={"currency": "USD"}).body
    assert media["url"].encode() in exported
    done = imported(shop, exported)
    assert (done["products_unchanged"], done["errors"]) == (1, [])


def test_an_imported_product_shows_an_uploaded_picture_by_its_address(
    make: Callable[..., Answer], staff: LambdaClient, shop: LambdaClient, catalog: LambdaClient, db: Session
) -> None:
    media = uploaded(staff, purpose="product")
    file = f"Handle,Title,Variant Price,Image Src\npot,Pot,9.99,{media['url']}\n".encode()
    done = imported(shop, file)
    assert (done["products_created"], done["errors"]) == (1, [])
    assert catalog.get("/api/v1/products/pot").json()["images"] == [shown(media, "")]
    assert str(db.query(ProductImage.media_id).scalar()) == media["id"]


def test_an_address_that_only_looks_like_ours_is_somebody_else_s(make: Callable[..., Answer]) -> None:
    ours = settings.common().public_url
    some_id = uuid.uuid4()
    for url in (
        f"{ours}/media/{some_id}",
        f"{ours}/media/../api/{some_id}/x",
        f"{ours}.evil.example/media/{some_id}/x",
    ):
        assert make({"url": url}).status == 422  # not https
    assert make({"url": f"{ours}/media/{some_id}/gone.webp"}).json()["images"][0]["variants"] == []


def write(reviewer: LambdaClient, product_id: uuid.UUID, *images: dict[str, Any]) -> Answer:
    body = {"rating": 5, "title": "Good", "body": "Very good.", "images": list(images)}
    return reviewer.post(f"/api/v1/products/{product_id}/reviews", json=body)


def test_a_review_shows_its_author_s_pictures(
    reviewer: LambdaClient, customer: LambdaClient, catalog: LambdaClient, db: Session
) -> None:
    media, pot = uploaded(customer), products.product(db)
    reply = write(reviewer, pot.id, {"media_id": media["id"]})
    assert reply.status == 201, reply.body
    [listed] = catalog.get(f"/api/v1/products/{pot.id}/reviews").json()["items"]
    # Its author names it by its id when they change the review; others need no id.
    assert reply.json()["images"] == [{**shown(media), "media_id": media["id"]}]
    assert listed["images"] == [shown(media)]


def test_a_review_shows_no_uploads_of_others_nor_what_is_not_ready(
    reviewer: LambdaClient, customer: LambdaClient, stranger: LambdaClient, staff: LambdaClient, db: Session
) -> None:
    pot = products.product(db)
    waiting = ask(customer, picture()).json()["media"]["id"]
    of_others = uploaded(stranger)
    for_products = uploaded(staff, purpose="product")
    for media_id in (waiting, of_others["id"], for_products["id"]):
        reply = write(reviewer, pot.id, {"media_id": media_id})
        assert reply.json()["errors"][0]["field"] == "body.images.0.media_id"
    assert write(reviewer, pot.id, {"url": of_others["url"]}).status == 422
    assert stranger.delete(f"/api/v1/media/{of_others['id']}").status == 204


def test_a_picture_of_a_review_stays_while_the_review_shows_it(
    reviewer: LambdaClient, customer: LambdaClient, owner: User, db: Session
) -> None:
    media, pot = uploaded(customer), products.product(db)
    review = write(reviewer, pot.id, {"media_id": media["id"]}).json()
    path = f"/api/v1/media/{media['id']}"
    assert customer.delete(path).status == 409
    reworded = reviewer.patch(f"/api/v1/reviews/{review['id']}", json={"version": 1, "title": "Better"}).json()
    assert reworded["images"] == review["images"]
    assert customer.delete(path).status == 409
    without = {"version": reworded["version"], "images": []}
    assert reviewer.patch(f"/api/v1/reviews/{review['id']}", json=without).json()["images"] == []
    assert customer.delete(path).status == 204


def test_a_review_that_is_deleted_lets_its_pictures_go(
    reviewer: LambdaClient, customer: LambdaClient, db: Session
) -> None:
    media, pot = uploaded(customer), products.product(db)
    review = write(reviewer, pot.id, {"media_id": media["id"]}).json()
    assert reviewer.delete(f"/api/v1/reviews/{review['id']}").status == 204
    assert db.execute(text("SELECT count(*) FROM review_media")).scalar_one() == 0
    assert customer.delete(f"/api/v1/media/{media['id']}").status == 204


def test_one_picture_is_not_shown_twice_by_a_review(
    reviewer: LambdaClient, customer: LambdaClient, db: Session
) -> None:
    media, pot = uploaded(customer), products.product(db)
    assert write(reviewer, pot.id, {"media_id": media["id"]}, {"media_id": media["id"]}).status == 422
