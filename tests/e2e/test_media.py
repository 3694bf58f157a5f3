"""A picture from the browser to the shop window."""

from __future__ import annotations

import io
import uuid
from typing import Any

import httpx
from PIL import Image

from tests.e2e.running_system import RunningSystem, eventually
from tests.e2e.shopper import Shopper
from tests.support.pictures import photo_with_a_place


def test_a_photo_is_uploaded_made_fit_to_be_shown_and_fetched_with_its_product(
    system: RunningSystem, admin: Shopper
) -> None:
    photo = photo_with_a_place(orientation=6)
    wanted = {"filename": "bowl.jpg", "content_type": "image/jpeg", "size": len(photo), "purpose": "product"}
    asked = admin.call("POST", "/api/v1/media/uploads", json=wanted, expect=201).json()
    form = asked["upload"]
    assert httpx.post(form["url"], data=form["fields"], files={"file": ("bowl.jpg", photo)}).status_code == 204
    path = f"/api/v1/media/{asked['media']['id']}"

    def ready() -> dict[str, Any] | None:
        media: dict[str, Any] = admin.call("GET", path, expect=200).json()
        return media if media["status"] == "ready" else None

    media = eventually(ready, seconds=40)
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
    admin.call("DELETE", path, expect=409)
