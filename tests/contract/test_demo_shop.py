"""The demo shop through the APIs of all contexts: what is seeded for development is what they would have made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.discovery.handlers.refresh_recommendations import handler as refresh_recommendations
from functions.identity.handlers.rotate_signing_keys import handler as rotate_signing_keys
from functions.operations.service import seeding
from functions.operations.service.sample_customers import ADA, CUSTOMERS, PASSWORD, REVIEWS
from functions.operations.service.sample_orders import ORDERS
from functions.operations.service.sample_prices import COUPONS
from shared.clients import database
from shared.transactions.order_status import OrderStatus
from tests.contract.applications import entry_point
from tests.support import process_state
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.product_files import SHOPIFY_FILES, imported, shopify_file

EMAIL, ADMIN_PASSWORD = "owner@example.com", "correct horse battery staple"


@pytest.fixture(autouse=True)
def _shop(db: Session, aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeding, "BCRYPT_COST", 4)
    rotate_signing_keys({}, Context())
    process_state.forget_keys()
    assert seeded()["demo"] == {
        "customer": ADA,
        "customers": len(CUSTOMERS),
        "coupons": len(COUPONS),
        "orders": len(ORDERS),
        "reviews": len(REVIEWS),
        "password": PASSWORD,
    }


def seeded() -> seeding.Seeded:
    """What the seed adds; its events stay in the outbox."""
    with database.transaction() as connection:
        return seeding.seed(connection, email=EMAIL, password=ADMIN_PASSWORD, with_demo=True)


def signed_in(email: str, password: str) -> dict[str, str]:
    reply = LambdaClient(entry_point("identity")).post(
        "/api/v1/auth/login", json={"email": email, "password": password}
    )
    assert reply.status == 200, reply.body
    return {"Authorization": f"Bearer {reply.json()['access_token']}"}


@pytest.fixture
def admin() -> dict[str, str]:
    """The administrator's header."""
    return signed_in(EMAIL, ADMIN_PASSWORD)


@pytest.fixture
def ada() -> dict[str, str]:
    """A customer's header."""
    return signed_in(ADA, PASSWORD)


def api(context: str, headers: dict[str, str] | None = None) -> LambdaClient:
    return LambdaClient(entry_point(context), headers)


def all_items(client: LambdaClient, path: str) -> Iterator[dict[str, Any]]:
    """Every item of a list, page by page."""
    cursor = ""
    while True:
        reply = client.get(f"{path}{'&' if '?' in path else '?'}limit=50{cursor}")
        assert reply.status == 200, reply.body
        yield from reply.json()["items"]
        if reply.json()["next_cursor"] is None:
            return
        cursor = f"&cursor={reply.json()['next_cursor']}"


def test_there_is_an_order_in_every_status(admin: dict[str, str]) -> None:
    orders = list(all_items(api("ordering", admin), "/api/v1/admin/orders"))
    assert {order["number"]: order["status"] for order in orders} == {o.number: o.status.value for o in ORDERS}
    assert {order["status"] for order in orders} == {status.value for status in OrderStatus}
    assert [order["created_at"] for order in orders] == sorted((o["created_at"] for o in orders), reverse=True)


def test_every_order_can_be_shown_and_its_timeline_leads_to_its_status(admin: dict[str, str]) -> None:
    ordering = api("ordering", admin)
    for order in all_items(ordering, "/api/v1/admin/orders"):
        reply = ordering.get(f"/api/v1/admin/orders/{order['id']}")
        assert reply.status == 200, reply.body
        timeline = reply.json()["timeline"]
        statuses = [step["status"] for step in timeline if step["kind"] == "status"]
        assert (statuses[0], statuses[-1]) == ("pending", order["status"])
        dates = [step["created_at"] for step in timeline]
        assert dates == sorted(dates)


def test_a_customer_sees_orders_and_payments(ada: dict[str, str]) -> None:
    mine = [order for order in ORDERS if order.customer == ADA]
    listed = list(all_items(api("ordering", ada), "/api/v1/users/orders"))
    assert {order["number"] for order in listed} == {order.number for order in mine}
    payments = list(all_items(api("payments", ada), "/api/v1/payments"))
    paid = [order for order in mine if order.status not in (OrderStatus.PENDING, OrderStatus.CANCELLED)]
    assert len(payments) == len(paid)


def test_the_files_of_the_stores_are_in_the_catalogue_as_their_import_makes_them(admin: dict[str, str]) -> None:
    catalog = api("catalog", admin)
    for name in SHOPIFY_FILES:
        done = imported(catalog, shopify_file(name), currency="USD")
        assert (done["status"], done["errors"]) == ("completed", [])
        assert (done["products_created"], done["products_updated"]) == (0, 0)
        assert done["products_unchanged"] > 0


def test_products_are_found_and_rated() -> None:
    catalog = api("catalog")
    found = catalog.get("/api/v1/products/search?q=silver").json()["items"]
    assert any("Silver" in product["name"] for product in found)
    best = catalog.get("/api/v1/products?sort=rating&limit=1").json()["items"][0]
    assert best["slug"] in {review.product for review in REVIEWS if review.rating == 5}
    reviews = list(all_items(catalog, f"/api/v1/products/{best['id']}/reviews"))
    assert len(reviews) == sum(review.product == best["slug"] for review in REVIEWS)


def test_products_go_together_and_a_customer_who_agreed_has_their_own(ada: dict[str, str]) -> None:
    refresh_recommendations({}, Context())
    discovery = api("discovery", ada)
    with_candle = discovery.get("/api/v1/products/beeswax-candle/recommendations").json()["items"]
    assert (with_candle[0]["slug"], with_candle[0]["reason"]) == ("terracotta-plant-pot", "also_bought")
    assert {item["reason"] for item in with_candle} == {"also_bought", "similar", "popular"}
    assert discovery.get("/api/v1/recommendations/products").json()["items"][0]["reason"] == "for_you"


def test_reviews_are_verified_where_the_order_was_delivered(db: Session) -> None:
    verified = dict(
        db.execute(text("SELECT p.slug || ' ' || u.email, r.is_verified FROM reviews r JOIN products p"
                        " ON p.id = r.product_id JOIN users u ON u.id = r.user_id")).all()
    )  # fmt: skip
    assert len(verified) == len(REVIEWS)
    assert all(verified.values())


def test_ratings_and_votes_are_counted(db: Session) -> None:
    wrong = db.execute(
        text(
            "SELECT p.slug FROM products p LEFT JOIN reviews r ON r.product_id = p.id GROUP BY p.id"
            " HAVING p.rating_count <> count(r.id) OR p.rating_sum <> coalesce(sum(r.rating), 0)"
            " UNION ALL SELECT r.title FROM reviews r LEFT JOIN review_votes v ON v.review_id = r.id GROUP BY r.id"
            " HAVING r.helpful_count <> count(*) FILTER (WHERE v.helpful)"
            " OR r.unhelpful_count <> count(*) FILTER (WHERE NOT v.helpful)"
        )
    ).all()
    assert wrong == []


def test_stock_is_what_its_movements_and_reservations_say(db: Session) -> None:
    wrong = db.execute(
        text(
            "SELECT s.variant_id FROM stock_levels s WHERE s.on_hand <>"
            " (SELECT coalesce(sum(quantity), 0) FROM stock_movements m WHERE m.variant_id = s.variant_id)"
            " OR s.reserved <>"
            " (SELECT coalesce(sum(quantity), 0) FROM stock_reservations r WHERE r.variant_id = s.variant_id)"
        )
    ).all()
    assert wrong == []
    assert db.execute(text("SELECT sum(reserved) FROM stock_levels")).scalar() == 3


def test_the_books_balance_and_agree_with_orders_and_payments(db: Session, admin: dict[str, str]) -> None:
    assert db.execute(
        text("SELECT transaction_id FROM ledger_entries GROUP BY transaction_id, currency HAVING sum(amount) <> 0")
    ).all() == []  # fmt: skip
    wrong = db.execute(
        text(
            "SELECT o.number FROM orders o LEFT JOIN payments p ON p.order_id = o.id"
            " WHERE (o.paid_at IS NULL) <> (p.id IS NULL) OR p.amount <> o.total_amount"
            " OR p.amount_refunded <> (SELECT coalesce(sum(amount), 0) FROM refunds r WHERE r.payment_id = p.id)"
            " OR (o.status = 'refunded') <> coalesce(p.amount_refunded = p.amount, false)"
            " OR o.total_amount <> o.shipping_amount"
            "    + CASE WHEN o.prices_include_tax THEN 0 ELSE o.shipping_tax_amount END"
            "    + (SELECT sum(i.total_amount) FROM order_items i WHERE i.order_id = o.id)"
            " OR o.tax_amount <> o.shipping_tax_amount"
            "    + (SELECT sum(i.tax_amount) FROM order_items i WHERE i.order_id = o.id)"
        )
    ).all()
    assert wrong == []
    assert len(list(all_items(api("payments", admin), "/api/v1/admin/ledger"))) > 3 * 10


def test_coupons_shipping_and_taxes_price_a_cart(ada: dict[str, str]) -> None:
    catalog, ordering = api("catalog"), api("ordering", ada)
    candle = catalog.get("/api/v1/products/beeswax-candle").json()["variants"][0]
    assert ordering.post("/api/v1/cart/items", json={"variant_id": candle["id"], "quantity": 2}).status == 201
    used = ordering.post("/api/v1/cart/coupons", json={"code": "WELCOME10"})
    assert used.status == 409, "an earlier order of hers has used it"
    assert ordering.post("/api/v1/cart/coupons", json={"code": "freeship"}).status in {200, 201}
    quotes = ordering.get("/api/v1/shipping/quotes?country=US&region=CA").json()
    assert {quote["name"] for quote in quotes["quotes"]} == {"Standard", "Express"}


def test_seeding_again_adds_nothing(db: Session) -> None:
    before = count_rows(db)
    again = seeded()
    assert (again["categories"], again["products"], again["demo"]) == (0, 0, None)
    assert count_rows(db) == before


def count_rows(db: Session) -> dict[str, int]:
    db.rollback()
    tables = ("users", "products", "orders", "payments", "coupons", "shipping_zones", "stock_movements", "reviews")
    return {table: db.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0 for table in tables}


def test_nobody_gets_mail_for_what_never_happened(db: Session) -> None:
    assert set(db.execute(text("SELECT type FROM outbox_events")).scalars()) == {"ProductChanged"}
