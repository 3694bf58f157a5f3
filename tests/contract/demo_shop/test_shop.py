"""The demo shop through the APIs of all contexts."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from demo import catalogue, copying
from demo.contents.community.people import PEOPLE
from demo.contents.customers import ADA, CUSTOMERS, PASSWORD, REVIEWS
from demo.contents.keeping import KEPT
from demo.contents.orders import ORDERS
from shared import process
from shared.contexts.ordering.order_status import OrderPaymentStatus, OrderStatus
from simulators.stripe.app import create_simulator
from tests.contract.demo_shop.shop import ADDRESS, ADMIN_PASSWORD, EMAIL, ROOT, Made, all_items, api
from tests.support import triggers
from tests.support.lambda_client import Context
from tests.support.product_files import STORE_FILES, imported
from tests.support.serving import serving

pytestmark = pytest.mark.xdist_group("demo_shop")


def test_pictures_are_left_to_the_shop_that_the_demo_is_for(made: Made, db: Session) -> None:
    """Until it has fetched them, products show what it draws."""
    shown = set(db.execute(text("SELECT DISTINCT url FROM product_images")).scalars())
    waiting = db.execute(text("SELECT import_id::text, url FROM imported_pictures WHERE status = 'pending'")).all()
    assert {url for _, url in waiting} == shown
    assert {import_id for import_id, _ in waiting} == set(made.result["imports"])
    assert {url.partition("/_local/pictures/")[0] for url in shown} == {ADDRESS}


def test_there_is_an_order_in_every_status(admin: dict[str, str]) -> None:
    orders = list(all_items(api("ordering", admin), "/api/v1/admin/orders"))
    assert Counter((order["email"], order["status"]) for order in orders) == Counter(
        (order.customer, order.status) for order in ORDERS
    )
    in_words = {order["status"] for order in orders}
    assert in_words == {status.value for status in OrderStatus} - {"partially_refunded"}
    assert {order["payment_status"] for order in orders} == {status.value for status in OrderPaymentStatus}
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
    assert [order["status"] for order in listed] == [order.status for order in reversed(mine)]
    payments = list(all_items(api("payments", ada), "/api/v1/payments"))
    assert len(payments) == len([order for order in mine if order.status != "cancelled"])


def test_a_customer_keeps_wishes_and_addresses(ada: dict[str, str]) -> None:
    [kept] = [one for one in KEPT if one.customer == ADA]
    wishes = all_items(api("catalog", ada), "/api/v1/wishlist")
    assert {wish["slug"] for wish in wishes} == set(kept.wishes)
    addresses = all_items(api("ordering", ada), "/api/v1/users/me/addresses")
    assert {entry["label"] for entry in addresses} == {entry["label"] for entry in kept.addresses}


def test_the_files_of_the_stores_are_in_the_catalogue(admin: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FETCH_LOOPBACK_PICTURES", "true")
    catalog = api("catalog", admin)
    for name in STORE_FILES:
        file = catalogue.store_file(ROOT / "demo/contents/stores" / name, ADDRESS)
        done = imported(catalog, file, currency="USD")
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
    triggers.handler("discovery.refresh_recommendations")({}, Context())
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
            "SELECT s.variant_id FROM stock_levels s WHERE s.on_hand - s.owed <>"
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


def test_the_past_is_eight_weeks_long_and_nothing_of_it_is_in_the_future(db: Session) -> None:
    now = datetime.now(UTC)
    ages = [(now - at).total_seconds() / 86_400 for at in db.scalars(text("SELECT created_at FROM orders ORDER BY id"))]
    assert ages == pytest.approx([order.age_days for order in ORDERS], abs=0.02)
    columns = db.execute(
        text(
            "SELECT table_name, column_name FROM information_schema.columns c JOIN information_schema.tables t"
            " USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            " AND c.data_type LIKE 'timestamp%' AND column_name NOT LIKE 'expires%'"
            " AND column_name NOT IN ('ends_at', 'remove_after')"
        )
    ).all()
    assert len(columns) > 50
    late = [
        (table, column)
        for table, column in columns
        if db.scalar(text(f"SELECT bool_or({column} > now()) FROM {table}"))
    ]
    assert late == []


def test_everything_about_an_order_happened_in_its_time(db: Session) -> None:
    wrong = db.execute(
        text(
            "SELECT o.number FROM orders o LEFT JOIN payments p ON p.order_id = o.id"
            " WHERE o.paid_at - o.created_at > interval '5 minutes' OR p.created_at < o.created_at"
            " OR EXISTS (SELECT FROM ledger_transactions t WHERE t.payment_id = p.id AND t.kind IN ('sale', 'capture')"
            "    AND abs(extract(epoch FROM t.occurred_at - o.paid_at)) > 60)"
            " OR EXISTS (SELECT FROM shipments s WHERE s.order_id = o.id AND (s.delivered_at < s.created_at"
            "    OR s.created_at - o.created_at NOT BETWEEN interval '26 hours' AND interval '28 hours'))"
        )
    ).all()
    assert wrong == []


def test_the_provider_has_moved_the_money_that_the_books_say(
    made: Made, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(create_simulator(snapshot=made.result["providers"]["stripe"])) as address:
        monkeypatch.setenv("STRIPE_API_BASE", address)
        process.reset()
        triggers.handler("payments.reconcile")({}, Context())
    days = db.execute(text("SELECT count(*) FROM reconciliations")).scalar() or 0
    differences = db.execute(text("SELECT kind, source_id FROM reconciliation_differences")).all()
    assert (days > 20, differences) == (True, [])


def test_it_says_who_can_sign_in(made: Made, ada: dict[str, str], admin: dict[str, str]) -> None:
    assert made.result["admin"] == {"email": EMAIL, "password": ADMIN_PASSWORD}
    assert made.result["customer"] == {"email": ADA, "password": PASSWORD}


def test_a_shop_that_has_something_gets_no_past(made: Made, db: Session, database_url: str) -> None:
    before = db.execute(text("SELECT count(*) FROM orders")).scalar()
    assert not copying.is_empty(database_url)
    with pytest.raises(copying.NotEmptyError):
        copying.copy(made.url, database_url)
    assert db.execute(text("SELECT count(*) FROM orders")).scalar() == before == len(ORDERS)


def test_nobody_gets_mail_for_what_never_happened(db: Session) -> None:
    assert db.execute(text("SELECT count(*) FROM outbox_events")).scalar() == 0
    assert db.execute(text("SELECT count(*) FROM deliveries")).scalar() == 0


def test_people_have_proven_their_addresses_and_said_what_they_agree_to(db: Session) -> None:
    rows = db.execute(text("SELECT email, email_verified_at, marketing_consent_at FROM users WHERE email <> :admin"),
                      {"admin": EMAIL}).all()  # fmt: skip
    assert {row.email for row in rows} == {person.address for person in PEOPLE.values()}
    assert all(row.email_verified_at is not None for row in rows)
    agreed = {row.email for row in rows if row.marketing_consent_at is not None}
    assert agreed == {customer.email for customer in CUSTOMERS if customer.accepts_marketing}
