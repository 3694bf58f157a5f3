"""A picture from the browser to the shop window."""

from __future__ import annotations

import io
import uuid
from typing import Any

import httpx
from PIL import Image

from tests.e2e.running_system import RunningSystem, eventually
from tests.e2e.shopper import Shopper
from tests.support.pictures import photo_with_a_place, picture


def ready(client: Shopper, media_id: str) -> dict[str, Any]:
    """The upload, once the worker has looked at it."""

    def look() -> dict[str, Any] | None:
        media: dict[str, Any] = client.call("GET", f"/api/v1/media/{media_id}", expect=200).json()
        return media if media["status"] == "ready" else None

    return eventually(look, seconds=40)


def test_a_photo_is_uploaded_made_fit_to_be_shown_and_fetched_with_its_product(
    system: RunningSystem, admin: Shopper
) -> None:
    photo = photo_with_a_place(orientation=6)
    wanted = {"filename": "bowl.jpg", "content_type": "image/jpeg", "size": len(photo), "purpose": "product"}
    asked = admin.call("POST", "/api/v1/media/uploads", json=wanted, expect=201).json()
    form = asked["upload"]
    assert httpx.post(form["url"], data=form["fields"], files={"file": ("bowl.jpg", photo)}).status_code == 204
    media = ready(admin, asked["media"]["id"])
    body = {
        "name": f"Raku Bowl {uuid.uuid4().hex[:6]}",
        "currency": "USD",
        "variants": [{"price_amount": 2000}],
        "images": [{"media_id": media["id"], "alt": "A bowl"}],
    }
    bowl = admin.call("POST", "/api/v1/admin/products", json=body, expect=201).json()
    [image] = Shopper(system).call("GET", f"/api/v1/products/{bowl['id']}", expect=200).json()["images"]
    assert (image["alt"], image["width"], image["height"], image["blurhash"]) == ("A bowl", 400, 640, media["blurhash"])

    [small] = [v for v in image["variants"] if (v["name"], v["content_type"]) == ("small", "image/avif")]
    fetched = httpx.get(small["url"])
    assert (fetched.status_code, fetched.headers["content-type"]) == (200, "image/avif")
    assert "immutable" in fetched.headers["cache-control"]
    assert b"SecretCamera" not in fetched.content
    assert Image.open(io.BytesIO(fetched.content)).size == (300, 480)
    assert httpx.get(small["url"], headers={"If-None-Match": fetched.headers["etag"]}).status_code == 304
    assert httpx.get(small["url"].replace(small["url"][-12:], "nothing.webp")).status_code == 403
    admin.call("DELETE", f"/api/v1/media/{media['id']}", expect=409)


def test_the_sample_products_pictures_are_drawn_here_and_made_fit_to_be_shown(system: RunningSystem) -> None:
    def look() -> list[dict[str, Any]] | None:
        images = Shopper(system).call("GET", "/api/v1/products/terracotta-plant-pot", expect=200).json()["images"]
        for image in images:
            assert httpx.get(image["url"]).headers["content-type"] in ("image/png", "image/webp")
        return images if len(images) == 2 and all(image["variants"] for image in images) else None

    for image in eventually(look, seconds=90):
        assert {variant["content_type"] for variant in image["variants"]} == {"image/webp", "image/avif"}
        for variant in image["variants"]:
            fetched = httpx.get(variant["url"])
            assert (fetched.status_code, fetched.headers["content-type"]) == (200, variant["content_type"])


def test_a_customer_s_small_picture_comes_with_the_request_and_goes_with_the_review(
    system: RunningSystem, admin: Shopper
) -> None:
    product = {"name": f"Vase {uuid.uuid4().hex[:6]}", "currency": "USD", "variants": [{"price_amount": 2000}]}
    vase = admin.call("POST", "/api/v1/admin/products", json=product, expect=201).json()
    shopper = Shopper(system).register().prove_address()
    files = [("files", ("mine.png", picture(format_name="PNG"), "image/png"))]
    sent = shopper.call("POST", "/api/v1/media/upload", data={"purpose": "review"}, files=files, expect=201).json()
    media = ready(shopper, sent["items"][0]["id"])
    review = {"rating": 5, "title": "Lovely", "body": "On my table.", "images": [{"media_id": media["id"]}]}
    made = shopper.call("POST", f"/api/v1/products/{vase['id']}/reviews", json=review, expect=201).json()
    assert httpx.get(made["images"][0]["url"]).headers["content-type"] == "image/webp"
    path = f"/api/v1/media/{media['id']}"
    shopper.call("DELETE", path, expect=409)
    shopper.call("DELETE", f"/api/v1/reviews/{made['id']}", expect=204)
    shopper.call("DELETE", path, expect=204)
    Shopper(system).register().call("GET", path, expect=404)
