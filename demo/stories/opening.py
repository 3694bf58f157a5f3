"""The shop opens: products, prices, and the customers who register."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Final
from uuid import UUID

from demo import catalogue
from demo.client import DemoError
from demo.contents.customers import PASSWORD, SampleCustomer
from demo.contents.prices import COUPONS, TAXES, ZONES
from demo.contents.products import PRODUCTS, STORE_CATEGORIES, STORE_FILES
from demo.stage import cloud, functions
from demo.stories.timeline import Shop, Story
from shared import tokens

OPENED_DAYS_AGO: Final = 60
_CONSENT_VERSION: Final = "2026-11-01"


def opening(shop: Shop) -> Story:
    """The administrator fills the shop."""
    yield shop.ago(OPENED_DAYS_AGO)
    category_ids = catalogue.add_products(shop.admin)
    catalogue.add_categories(shop.admin, STORE_CATEGORIES, category_ids)
    for currency, file in catalogue.picture_files(shop.address).items():
        _import(shop, file, currency)
    for name in STORE_FILES:
        _import(shop, catalogue.store_file(Path(__file__).parents[1] / "contents" / "stores" / name, shop.address))
    _learn_ids(shop)
    for coupon in COUPONS:
        shop.administer("POST", "/admin/coupons", coupon.document(now=shop.now, product_ids=shop.product_ids))
    for zone in ZONES:
        made = shop.administer("POST", "/admin/shipping/zones", {"name": zone.name, "countries": zone.countries})
        for rate in zone.rates:
            shop.administer("POST", f"/admin/shipping/zones/{made['id']}/rates", rate.document())
    for tax in TAXES:
        shop.administer("POST", "/admin/tax/rates", asdict(tax))


def joining(shop: Shop, customer: SampleCustomer, *, days_ago: float) -> Story:
    """Somebody registers, and follows the link in the mail."""
    yield shop.ago(days_ago)
    agreed = {"granted": customer.accepts_marketing, "version": _CONSENT_VERSION}
    account = shop.stage.api.call(
        "POST",
        "/api/v1/auth/register",
        {
            "email": customer.email,
            "password": PASSWORD,
            "full_name": customer.full_name,
            "language": customer.language,
            "consents": [{"purpose": purpose, **agreed} for purpose in ("marketing", "recommendations")],
        },
    )
    shop.customers[customer.email] = shop.stage.api.signed_in(account["access_token"])
    for event in shop.stage.deliver():
        if event["detail-type"] == "EmailVerificationRequested":
            request_id = UUID(event["detail"]["data"]["request_id"])
            link = {"token": tokens.sign("email-verification", request_id.bytes)}
            shop.customers[customer.email].call("POST", "/api/v1/auth/email/verify", link)


def _import(shop: Shop, file: bytes, currency: str = "USD") -> None:
    """Import a product file. Its pictures are fetched later, by the shop that the demo is copied into."""
    upload = shop.administer("POST", f"/admin/products/import?currency={currency}", file)
    arrival = {"bucket": {"name": cloud.BUCKET}, "object": {"key": f"imports/{upload['id']}.csv"}}
    functions.invoke("catalog.import_products", {"Records": [{"s3": arrival}]})
    done = shop.administer("GET", f"/admin/products/imports/{upload['id']}")
    if done["status"] != "completed" or done["errors"]:
        raise DemoError(f"a product file was not imported: {done}")
    shop.imports.append(upload["id"])


def _learn_ids(shop: Shop) -> None:
    """Every product's id by its slug, every variant's by its SKU."""
    cursor = ""
    while True:
        page = shop.administer("GET", f"/admin/products?limit=100{cursor}")
        shop.product_ids |= {product["slug"]: product["id"] for product in page["items"]}
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    for slug in (product.slug for product in PRODUCTS):
        variants = shop.administer("GET", f"/admin/products/{shop.product_ids[slug]}")["variants"]
        shop.variant_ids |= {variant["sku"]: variant["id"] for variant in variants}
