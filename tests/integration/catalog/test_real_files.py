"""The three real Shopify files, through the API and the importer."""

from __future__ import annotations

import pytest

from tests.support.lambda_client import LambdaClient
from tests.support.product_files import SHOPIFY_FILES, imported, shopify_file


@pytest.mark.parametrize(("name", "variants", "images"), [("apparel.csv", 22, 20)])
def test_a_real_file_imports_whole(
    admin: LambdaClient, guest: LambdaClient, name: str, variants: int, images: int
) -> None:
    done = imported(admin, shopify_file(name))
    assert (done["status"], done["products_created"], done["errors"]) == ("completed", 20, [])
    again = imported(admin, shopify_file(name))
    assert (again["products_unchanged"], again["products_updated"]) == (20, 0)
    page = guest.get("/api/v1/products?limit=2").json()
    print(page)
    one = guest.get("/api/v1/products/classic-varsity-top")
    print(one.json())
    a = admin.get("/api/v1/admin/products/" + one.json()["id"])
    print(a.json())
    assert one.status == 200
    r = admin.post(
        "/api/v1/admin/products",
        json={
            "name": "Thé à la menthe",
            "currency": "EUR",
            "option_names": ["Size"],
            "variants": [
                {"option_values": ["S"], "price_amount": 100, "stock": 3},
                {"option_values": ["M"], "price_amount": 200},
            ],
        },
    )
    print(r.json())
    assert r.status == 201
    print(guest.get("/api/v1/categories").json(), SHOPIFY_FILES)
