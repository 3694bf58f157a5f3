"""Each packaged function gets the sample of what wakes it, answers, and has its effect."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared import audit
from shared.clients import database
from shared.contexts.catalog.models.customers import WishlistItem
from shared.contexts.catalog.models.imports import ProductImport
from shared.contexts.catalog.models.products import Product, StockMovement
from shared.contexts.catalog.models.search import ProductExport
from shared.contexts.identity.models.accounts import LoginSession, SigningKey, User
from shared.contexts.notifications.models import Delivery
from shared.contexts.ordering.models.orders import Cart, CartItem, Order
from shared.contexts.payments.models.payments import Payment
from shared.migrations import runner
from shared.tables.platform import OutboxEvent
from tests.factories import analytics, catalog, identity, payments
from tests.factories.analytics import Line, Sale
from tests.factories.ordering import lapse, pay, stock_of, variant
from tests.integration.packaged.packaged_function import PackagedFunctions, sample
from tests.integration.payments.stage import signed
from tests.support import cloud, databases
from tests.support.cloud import REGION, Cloud
from tests.support.product_files import arrival, store_file
from tests.support.stripe_account import Account
from tests.support.tokens import TestSigningKey


def body(answer: dict[str, Any], status: int = 200) -> Any:
    """The JSON body of an HTTP answer with this status."""
    content = base64.b64decode(answer["body"]) if answer["isBase64Encoded"] else answer["body"]
    assert answer["statusCode"] == status, content
    return json.loads(content)


def test_refresh_views_computes_what_analytics_api_shows(
    functions: PackagedFunctions, db: Session, signing_key: TestSigningKey
) -> None:
    moment = datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
    sold = Line(catalog.product(db), 2, 999)
    analytics.record(db, [Sale(begun_at=moment, paid_at=moment, lines=[sold])])
    assert functions("analytics.refresh_views", sample("analytics.refresh_views"))["views"] == 3
    event = sample("analytics.api")
    event["headers"] |= signing_key.authorization(identity.user(db, identity.Role.ADMIN))
    shown = body(functions("analytics.api", event))
    assert [(of["currency"], of["total"]["gross_amount"]) for of in shown["sales"]] == [("USD", 1998)]


def test_refresh_views_knows_time_zones_where_the_runtime_brings_none(
    functions: PackagedFunctions, db: Session
) -> None:
    of_the_shop = {"SHOP_TIME_ZONE": "Africa/Lagos", "PYTHONTZPATH": ""}
    assert functions("analytics.refresh_views", sample("analytics.refresh_views"), **of_the_shop)["views"] == 3
    assert set(db.execute(text("SELECT time_zone FROM view_refreshes")).scalars()) == {"Africa/Lagos"}


def test_catalog_api_lists_products(functions: PackagedFunctions, db: Session) -> None:
    catalog.product(db, name="Beeswax Candle")
    listed = body(functions("catalog.api", sample("catalog.api")))
    assert [product["name"] for product in listed["items"]] == ["Beeswax Candle"]


def test_catalog_api_takes_a_file_and_import_products_imports_it(
    functions: PackagedFunctions, db: Session, signing_key: TestSigningKey
) -> None:
    upload = sample("catalog.api")
    upload["requestContext"]["http"] |= {"method": "POST", "path": "/api/v1/admin/products/import"}
    upload |= {"rawPath": "/api/v1/admin/products/import", "isBase64Encoded": True}
    upload["body"] = base64.b64encode(store_file("jewellery.csv")).decode()
    admin = identity.user(db, identity.Role.ADMIN)
    upload["headers"] |= {
        "content-type": "text/csv",
        "authorization": signing_key.authorization(admin)["Authorization"],
    }
    asked = body(functions("catalog.api", upload), 202)
    done = functions("catalog.import_products", arrival(f"imports/{asked['id']}.csv"))
    assert (done["imports"][0]["status"], done["imports"][0]["products_created"]) == ("completed", 20)
    assert db.query(Product).count() == 20
    assert db.query(ProductImport).one().status == "completed"
    stored = boto3.client("s3").list_objects_v2(Bucket=functions.variables["IMPORTS_BUCKET"])
    kept = {entry["Key"].rpartition("/")[2] for entry in stored["Contents"]}
    assert kept == {f"{asked['id']}.csv", "report.csv", "rows.csv"}


def test_fetch_pictures_finds_no_picture_of_an_import_that_is_gone(functions: PackagedFunctions) -> None:
    assert functions("catalog.fetch_pictures", sample("catalog.fetch_pictures")) == {"batchItemFailures": []}


def test_on_picture_processed_leaves_alone_what_no_import_fetched(functions: PackagedFunctions) -> None:
    event = sample("catalog.on_picture_processed")
    assert functions("catalog.on_picture_processed", event) == {"batchItemFailures": []}


def test_on_product_changed_tells_who_wished_for_it(functions: PackagedFunctions, db: Session, aws: Cloud) -> None:
    event = sample("catalog.on_product_changed")
    pot, ada = catalog.product(db, amount=999), identity.user(db, accepts_marketing=True)
    db.add(WishlistItem(user_id=ada.id, product_id=pot.id, currency="USD", price_amount=1499, in_stock=True))
    db.commit()
    message = json.loads(event["Records"][0]["body"])
    message["detail"]["data"]["product_id"] = str(pot.id)
    event["Records"][0]["body"] = json.dumps(message)
    assert functions("catalog.on_product_changed", event) == {"batchItemFailures": []}
    assert [published["detail-type"] for published in aws.published()] == ["PriceDropped"]


def test_on_export_requested_writes_the_files(functions: PackagedFunctions, db: Session) -> None:
    catalog.product(db, name="Beeswax Candle")
    asked = ProductExport(currency="USD")
    db.add(asked)
    db.commit()
    event = sample("catalog.on_export_requested")
    message = json.loads(event["Records"][0]["body"])
    message["detail"]["data"]["export_id"] = str(asked.id)
    event["Records"][0]["body"] = json.dumps(message)
    assert functions("catalog.on_export_requested", event) == {"batchItemFailures": []}
    stored = boto3.client("s3").list_objects_v2(Bucket=functions.variables["IMPORTS_BUCKET"])
    assert [entry["Key"] for entry in stored["Contents"]] == [f"exports/{asked.id}/products-001.csv"]


def test_purge_pages_has_cloudfront_forget_them(functions: PackagedFunctions, aws: Cloud) -> None:
    distribution = cloud.create_distribution()
    assert functions("catalog.purge_pages", sample("catalog.purge_pages")) == {"batchItemFailures": []}
    assert [purge["Items"] for purge in cloud.purges(distribution)] == [["#catalog"]]


def test_rebuild_search_makes_products_found(functions: PackagedFunctions, db: Session) -> None:
    catalog.product(db, name="青瓷盖碗")
    assert functions("catalog.rebuild_search", sample("catalog.rebuild_search")) == {"indexed": 1, "next": None}
    event = sample("catalog.api")
    event["requestContext"]["http"]["path"] = event["rawPath"] = "/api/v1/products/search"
    event["rawQueryString"] = "q=%E7%9B%96%E7%A2%97"
    [found] = body(functions("catalog.api", event))["items"]
    assert found["highlights"]["name"] == "青瓷<mark>盖碗</mark>"


def test_refresh_popularity_counts_what_was_sold(functions: PackagedFunctions, db: Session) -> None:
    pot, paid = catalog.product(db), datetime.now(UTC)
    analytics.record(db, [Sale(begun_at=paid, paid_at=paid, lines=[Line(pot, 3, 100)])])
    assert functions("catalog.refresh_popularity", sample("catalog.refresh_popularity")) == {"products": 1}
    db.rollback()
    assert db.get_one(Product, pot.id).sold_count == 3


def test_notice_low_stock_tells_the_shop(functions: PackagedFunctions, db: Session, aws: Cloud) -> None:
    catalog.product(db, stock=2)
    assert functions("catalog.notice_low_stock", sample("catalog.notice_low_stock")) == {"fallen": 1, "risen": 0}
    assert [published["detail-type"] for published in aws.published()] == ["StockLow"]


def test_rotate_signing_keys_makes_a_key_and_identity_api_logs_in_with_it(
    functions: PackagedFunctions, db: Session
) -> None:
    assert functions("identity.rotate_signing_keys", sample("identity.rotate_signing_keys"))["rotated"] is True
    kids = {key.kid for key in db.query(SigningKey)}
    secret = boto3.client("secretsmanager").get_secret_value(SecretId="signing-keys")["SecretString"]
    assert kids
    assert all(kid in secret for kid in kids)

    identity.user(db, email="ada@example.com", password="sunny-orchard-42")
    answer = functions("identity.api", sample("identity.api"))
    assert [cookie.partition("=")[0] for cookie in answer["cookies"]] == [
        "__Secure-refresh_token",
        "__Host-csrf_token",
        "__Secure-device_token",
    ]
    header = json.loads(base64.urlsafe_b64decode(body(answer)["access_token"].partition(".")[0] + "=="))
    assert header["kid"] in kids
    assert db.query(LoginSession).count() == 1


def test_identity_api_registers_somebody_whose_password_is_hard_to_guess(
    functions: PackagedFunctions, db: Session, aws: Cloud
) -> None:
    functions("identity.rotate_signing_keys", {})
    event = sample("identity.api")
    event["requestContext"]["http"]["path"] = event["rawPath"] = "/api/v1/auth/register"
    wanted = {"email": "grace@example.com", "full_name": "Grace Hopper"}

    event["body"] = json.dumps({**wanted, "password": "Password123!"})
    assert body(functions("identity.api", event), 422)["status"] == 422
    assert "zxcvbn" in functions.imported["identity.api"]

    event["body"] = json.dumps({**wanted, "password": "a long walk by the sea"})
    assert body(functions("identity.api", event), 201)["user"]["email"] == "grace@example.com"
    assert db.query(User).filter_by(email="grace@example.com").count() == 1
    told = {published["detail-type"] for published in aws.published()}
    assert told == {"UserRegistered", "EmailVerificationRequested"}


def test_ordering_api_shows_a_guest_an_empty_cart(functions: PackagedFunctions) -> None:
    assert body(functions("ordering.api", sample("ordering.api")))["items"] == []


def test_ordering_api_checks_the_address_of_a_guest(functions: PackagedFunctions) -> None:
    event = sample("ordering.api")
    event["requestContext"]["http"] |= {"method": "POST", "path": "/api/v1/cart/checkout"}
    event["rawPath"] = "/api/v1/cart/checkout"
    event["headers"]["content-type"] = "application/json"
    event["body"] = json.dumps({"email": "ada@example"})
    [error] = body(functions("ordering.api", event), 422)["errors"]
    assert error["field"] == "body.email"
    assert "email_validator" in functions.imported["ordering.api"]


def test_ordering_api_draws_an_invoice(functions: PackagedFunctions, db: Session, signing_key: TestSigningKey) -> None:
    buyer = identity.user(db)
    checkout = payments.checkout(db, buyer)
    pay(str(checkout.id))
    event = sample("ordering.api")
    order_id = db.execute(text("SELECT id FROM orders")).scalar_one()
    event["rawPath"] = event["requestContext"]["http"]["path"] = f"/api/v1/orders/{order_id}/invoice"
    event["headers"]["authorization"] = signing_key.authorization(buyer)["Authorization"]
    answer = functions("ordering.api", event)
    assert (answer["statusCode"], answer["headers"]["content-type"]) == (200, "application/pdf")
    assert b"+SourceSans3-" in base64.b64decode(answer["body"]), "a subset of a font of the layer"
    assert "typst" in functions.imported["ordering.api"]


def test_ordering_api_shows_a_legal_text(functions: PackagedFunctions) -> None:
    event = sample("ordering.api")
    event["rawPath"] = event["requestContext"]["http"]["path"] = "/api/v1/site/legal/terms"
    event["rawQueryString"] = "language=en"
    shown = body(functions("ordering.api", event))
    assert shown["html"].startswith("<"), "the operator's file, which is packed with the function"
    assert {"markdown_it", "mdurl"} <= functions.imported["ordering.api"]


def test_expire_reservations_gives_stock_back(functions: PackagedFunctions, db: Session) -> None:
    checkout = payments.checkout(db, quantity=2, amount=2000, stock=5)
    [variant_id] = db.execute(text("SELECT variant_id FROM checkout_lines")).scalars()
    assert stock_of(db, variant_id) == (5, 2)
    lapse(db, str(checkout.id))
    assert functions("ordering.expire_reservations", sample("ordering.expire_reservations"))["checkouts"] == 1
    db.rollback()
    assert stock_of(db, variant_id) == (5, 0)


def test_prepare_partitions_finds_the_months_made(functions: PackagedFunctions) -> None:
    assert functions("ordering.prepare_partitions", sample("ordering.prepare_partitions")) == {"months": 0}


def test_notice_abandoned_carts_tells_who_agreed_to_it(functions: PackagedFunctions, db: Session, aws: Cloud) -> None:
    user = identity.user(db)
    user.marketing_consent_at = datetime.now(UTC)
    cart = Cart(user_id=user.id, currency="USD", updated_at=datetime.now(UTC) - timedelta(hours=5))
    db.add(cart)
    db.flush()
    db.add(CartItem(cart_id=cart.id, variant_id=variant(db), quantity=2, price_at_time=999))
    db.commit()
    done = functions("ordering.notice_abandoned_carts", sample("ordering.notice_abandoned_carts"))
    assert done == {"carts": 1, "notices": 1}
    assert [published["detail-type"] for published in aws.published()] == ["CartAbandoned"]


def test_payments_api_opens_an_intent_at_stripe(
    functions: PackagedFunctions, db: Session, account: Account, signing_key: TestSigningKey
) -> None:
    payer = identity.user(db)
    checkout = payments.checkout(db, payer)
    event = sample("payments.api")
    event["headers"]["authorization"] = signing_key.authorization(payer)["Authorization"]
    event |= {"body": json.dumps({"checkout_id": str(checkout.id)}), "isBase64Encoded": False}
    answer = body(functions("payments.api", event, STRIPE_API_BASE=account.url), 201)
    payment = db.query(Payment).one()
    intent = account.client.v1.payment_intents.retrieve(payment.provider_payment_id)
    assert (intent.amount, intent.client_secret) == (2497, answer["client_secret"])


def test_receive_webhook_queues_what_stripe_signed(functions: PackagedFunctions, aws: Cloud) -> None:
    event = sample("payments.receive_webhook")
    content = base64.b64decode(event["body"])
    event["headers"]["stripe-signature"] = signed(content)
    assert body(functions("payments.receive_webhook", event)) == {"received": True}
    assert aws.messages(aws.webhook_queue_url) == [content.decode()]


def test_on_webhook_makes_a_paid_order_and_publishes_it(
    functions: PackagedFunctions, db: Session, aws: Cloud, account: Account
) -> None:
    event = sample("payments.on_webhook")
    intent = json.loads(event["Records"][0]["body"])["data"]["object"]
    checkout = payments.checkout(db, amount=intent["amount"])
    payments.payment(db, checkout, intent["id"])
    answer = functions("payments.on_webhook", event, STRIPE_API_BASE=account.url)
    assert answer == {"batchItemFailures": []}
    assert db.query(Order).one().status == "paid"
    assert db.query(StockMovement).filter_by(reason="sale").count() == 1
    assert [published["detail-type"] for published in aws.published()] == ["OrderPlaced", "OrderPaid"]


def test_on_order_events_sends_the_confirmation(functions: PackagedFunctions, db: Session) -> None:
    answer = functions("notifications.on_order_events", sample("notifications.on_order_events"))
    assert answer == {"batchItemFailures": []}
    [mail] = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages
    assert mail.destinations["ToAddresses"] == ["ada@example.com"]
    assert db.query(Delivery).one().status == "sent"


def mailed(functions: PackagedFunctions, db: Session, handler: str, **environment: str) -> list[str]:
    """Subjects of what the worker makes of its sample, whose customer agreed to offers and whose links are fresh."""
    user = identity.user(db, email="ada@example.com")
    user.marketing_consent_at = datetime.now(UTC)
    db.commit()
    event = sample(f"notifications.{handler}")
    for record in event["Records"]:
        message = json.loads(record["body"])
        fresh = {"user_id": str(user.id), "expires_at": (datetime.now(UTC) + timedelta(hours=1)).isoformat()}
        message["detail"]["data"] |= {name: fresh[name] for name in fresh.keys() & message["detail"]["data"].keys()}
        record["body"] = json.dumps(message)
    assert functions(f"notifications.{handler}", event, **environment) == {"batchItemFailures": []}
    return [mail.subject for mail in ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages]


def test_on_account_events_sends_links(functions: PackagedFunctions, db: Session) -> None:
    assert mailed(functions, db, "on_account_events") == ["Confirm your e-mail address", "Choose a new password"]


def test_on_security_events_tells_the_owner(functions: PackagedFunctions, db: Session) -> None:
    assert mailed(functions, db, "on_security_events") == [
        "Your password was changed",
        "The e-mail address of your account was changed",
    ]


def test_on_offer_events_writes_to_those_who_agreed(functions: PackagedFunctions, db: Session) -> None:
    assert mailed(functions, db, "on_offer_events") == [
        "Clay Plant Pot now costs USD 9.99",
        "Clay Plant Pot is back in stock",
        "您的购物车里还有商品",
    ]


def test_on_shop_events_tells_the_operator(functions: PackagedFunctions, db: Session) -> None:
    assert mailed(functions, db, "on_shop_events", OPERATOR_EMAIL="owner@example.com") == [
        "Low stock: Clay Plant Pot - Small",
        "Payment of USD 19.98 disputed",
    ]


def test_operations_api_is_healthy(functions: PackagedFunctions) -> None:
    assert body(functions("operations.api", sample("operations.api")))["status"] == "ok"


def test_operations_api_serves_the_files_of_swagger_ui(functions: PackagedFunctions) -> None:
    event = sample("operations.api")
    event["requestContext"]["http"]["path"] = event["rawPath"] = "/docs/swagger-ui.css"
    answer = functions("operations.api", event)
    assert (answer["statusCode"], answer["headers"]["content-type"]) == (200, "text/css; charset=utf-8")


def test_operations_api_serves_the_openapi_document_of_every_context(functions: PackagedFunctions) -> None:
    event = sample("operations.api")
    event["requestContext"]["http"]["path"] = event["rawPath"] = "/openapi.json"
    paths = body(functions("operations.api", event))["paths"]
    assert {"/api/v1/products", "/api/v1/orders", "/api/v1/payments/webhook"} <= paths.keys()


def test_operations_api_shows_administrators_the_audit_log(
    functions: PackagedFunctions, db: Session, signing_key: TestSigningKey
) -> None:
    admin = identity.user(db, identity.Role.ADMIN)
    with database.transaction() as connection:
        actor = audit.user(admin.id, admin.roles, "203.0.113.7")
        audit.record(connection, "user.changed", audit.Subject("user", admin.id), actor=actor)
    event = sample("operations.api")
    event["requestContext"]["http"]["path"] = event["rawPath"] = "/api/v1/admin/audit"
    event["headers"] |= signing_key.authorization(admin)
    [entry] = body(functions("operations.api", event))["items"]
    assert (entry["action"], entry["actor_id"]) == ("user.changed", str(admin.id))


def test_migrate_makes_the_schema(functions: PackagedFunctions, database_url: str) -> None:
    with databases.another_database(database_url) as url:
        outcome = functions("operations.migrate", sample("operations.migrate"), DATABASE_URL=url)
        assert outcome["after"] == runner.revisions()[-1]
        assert runner.revision_of(url) == outcome["after"]


def test_seed_adds_the_administrator(functions: PackagedFunctions, db: Session) -> None:
    outcome = functions("operations.seed", sample("operations.seed"))
    assert outcome["admin"]["email"] == "owner@example.com"
    assert db.query(User).filter_by(email="owner@example.com").one().roles == ["customer", "admin"]


def test_sweep_outbox_publishes_what_a_crash_left(functions: PackagedFunctions, db: Session, aws: Cloud) -> None:
    db.execute(
        text(
            "INSERT INTO outbox_events (id, source, type, payload, correlation_id, created_at)"
            " VALUES (uuidv7(-interval '1 minute'), 'sharestack.identity', 'UserRegistered',"
            " jsonb_build_object('user_id', uuidv7()), 'left', now() - interval '1 minute')"
        )
    )
    db.commit()
    assert functions("operations.sweep_outbox", sample("operations.sweep_outbox"))["swept"] == 1
    assert [published["detail"]["correlation_id"] for published in aws.published()] == ["left"]
    db.rollback()
    assert db.query(OutboxEvent).one().published_at is not None
