"""What is left of somebody who was erased: nothing that tells who it was."""

from __future__ import annotations

import boto3
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.ordering.domain.invoices import IssuedInvoice
from functions.ordering.service.invoices import issuance
from functions.ordering.service.invoices.labels import labels_in
from functions.ordering.service.invoices.pdf import buyer
from shared.clients import database
from shared.contexts.catalog.models.customers import Review
from shared.contexts.catalog.models.products import Product
from shared.contexts.identity import pseudonyms
from shared.contexts.identity.models.accounts import User
from shared.contexts.identity.models.privacy import ConsentChange, DataExport
from shared.contexts.ordering.models.orders import Checkout, Order
from tests.factories import identity, reviews
from tests.factories.person import EMAIL, NAME, PHONE, STREET, TAX_NUMBER, Life, live_a_life
from tests.integration.identity.conftest import PASSWORD, log_in, requested
from tests.integration.identity.leaving import erase, traces
from tests.support import database_logins
from tests.support.cloud import IMPORTS_BUCKET, Cloud
from tests.support.lambda_client import LambdaClient


def test_nothing_in_any_table_tells_who_the_person_was(
    client: LambdaClient, augusta: User, life: Life, db: Session
) -> None:
    wanted = (
        EMAIL, NAME, "Augusta", STREET, PHONE, TAX_NUMBER, life.address, life.fingerprint, "W1J 7NW", "Byron", "JD0146",
        '"last4": "4242"',
    )  # fmt: skip
    invoiced(life)
    assert {table for table, _ in traces(db, *wanted)} >= {
        "users", "orders", "payments", "order_keys", "checkouts", "deliveries", "outbox_events", "fraud_decisions",
        "returns", "refunds", "disputes", "coupon_redemptions", "coupon_customers", "shipments", "login_sessions",
        "media_files", "invoices", "customer_addresses",
    }  # fmt: skip
    erase(client, db)
    assert traces(db, *wanted) == []


def test_what_the_law_wants_kept_of_a_sale_is_kept(
    client: LambdaClient, augusta: User, life: Life, db: Session
) -> None:
    columns = (Order.id, Order.number, Order.status, Order.total_amount, Order.tax_amount, Order.paid_at)
    before = db.query(*columns).order_by(Order.id).all()
    ledger = db.execute(text("SELECT count(*) FROM payments JOIN refunds ON payment_id = payments.id")).scalar()
    erase(client, db)
    assert db.query(*columns).order_by(Order.id).all() == before
    order = db.get_one(Order, life.order.id)
    assert (order.user_id, order.email) == (augusta.id, pseudonyms.address(augusta.id))
    assert order.shipping_address == {
        "name": "[erased]", "line1": "[erased]", "city": "[erased]", "region": "England", "country": "GB",
    }  # fmt: skip
    assert db.execute(text("SELECT count(*) FROM payments JOIN refunds ON payment_id = payments.id")).scalar() == ledger


def invoiced(life: Life) -> IssuedInvoice:
    """The invoice of the person's order."""
    with database_logins.logged_in("ordering"), database.transaction() as connection:
        return issuance.get_or_issue(connection, life.order.id)


def test_the_invoice_of_a_kept_order_names_nobody(client: LambdaClient, augusta: User, life: Life, db: Session) -> None:
    before = invoiced(life)
    erase(client, db)
    document = invoiced(life)
    assert (document.number, document.contents) == (before.number, before.contents)
    labels = labels_in("en")
    assert buyer(before.buyer, labels) != buyer(document.buyer, labels)
    assert buyer(document.buyer, labels) == ["[erased]", "[erased]", "[erased] England", "GB"]
    assert issuance.pdf(document).startswith(b"%PDF")


def test_reviews_stay_without_a_name(client: LambdaClient, augusta: User, life: Life, db: Session) -> None:
    erase(client, db)
    [review] = db.query(Review).filter(Review.user_id.is_(None))
    assert (review.rating, review.title, review.image_urls) == (5, "Sturdy", [])
    assert reviews.miscounted(db) == []
    assert db.execute(text("SELECT count(*) FROM review_votes")).scalar() == 1


def test_reviews_go_where_the_person_wants_it(client: LambdaClient, augusta: User, life: Life, db: Session) -> None:
    erase(client, db, delete_reviews=True)
    assert db.query(Review).count() == 1
    assert reviews.miscounted(db) == []
    assert db.query(Product).filter(Product.rating_count > 0).one().rating_count == 1


@pytest.mark.parametrize("wish", [{}, {"delete_reviews": True}])
def test_pages_that_show_the_name_are_purged(
    *, client: LambdaClient, augusta: User, life: Life, aws: Cloud, db: Session, wish: dict[str, bool]
) -> None:
    reviewed = {str(review.product_id) for review in db.query(Review).filter_by(user_id=augusta.id)}
    aws.published()
    erase(client, db, **wish)
    assert {data["product_id"] for data in requested(aws, "ProductChanged")} == reviewed != set()


def test_the_address_is_free_again_and_the_new_account_is_another(
    client: LambdaClient, augusta: User, life: Life, db: Session
) -> None:
    erase(client, db)
    assert log_in(client, EMAIL).json()["code"] == "invalid_credentials"
    body = {"email": EMAIL, "password": PASSWORD, "full_name": "Augusta King"}
    reply = client.post("/api/v1/auth/register", json=body)
    assert reply.status == 201
    assert reply.json()["user"]["id"] != str(augusta.id)


def test_nobody_can_have_somebody_elses_orders_erased_by_claiming_their_address(
    client: LambdaClient, augusta: User, life: Life, db: Session
) -> None:
    """A guest's orders are the account's only where the address is proven to be its owner's."""
    augusta.email_verified_at = None
    db.commit()
    erase(client, db)
    guest = db.get_one(Order, life.guest_order.id)
    assert guest.email == EMAIL.upper()
    assert guest.shipping_address is not None
    assert guest.shipping_address["line1"] == STREET


def test_others_keep_everything(client: LambdaClient, augusta: User, life: Life, db: Session) -> None:
    eve = identity.user(db, email="eve@example.com", full_name="Eve Adams", verified=True)
    live_a_life(db, eve, street="1 Elm Road", address="203.0.113.99")
    places = traces(db, "eve@example.com", "Eve Adams", "1 Elm Road", "203.0.113.99")
    erase(client, db)
    assert traces(db, "eve@example.com", "Eve Adams", "1 Elm Road", "203.0.113.99") == places


def test_copies_of_the_data_go_as_well(client: LambdaClient, augusta: User, db: Session) -> None:
    made = DataExport(user_id=augusta.id, status="completed", expires_at=text("now() + interval '7 days'"))
    db.add(made)
    db.commit()
    key = f"personal-data/{augusta.id}/{made.id}.zip"
    boto3.client("s3").put_object(Bucket=IMPORTS_BUCKET, Key=key, Body=b"everything")
    erase(client, db)
    assert boto3.client("s3").list_objects_v2(Bucket=IMPORTS_BUCKET).get("KeyCount") == 0
    assert db.query(DataExport).count() == 0


def test_others_are_told_by_an_event_without_a_name(
    client: LambdaClient, augusta: User, aws: Cloud, db: Session
) -> None:
    erase(client, db)
    assert requested(aws, "AccountErased") == [{"user_id": str(augusta.id)}]


def test_an_event_that_still_waits_for_the_bus_goes_out_without_the_person(
    client: LambdaClient, augusta: User, life: Life, db: Session
) -> None:
    db.execute(text("UPDATE outbox_events SET published_at = NULL"))
    db.commit()
    erase(client, db)
    waiting = db.execute(text("SELECT payload FROM outbox_events WHERE payload ? 'email'")).scalars().all()
    assert waiting
    assert {event["email"] for event in waiting} == {pseudonyms.address(augusta.id)}


def test_consent_ends_with_the_account_and_stays_on_record(
    client: LambdaClient, augusta: User, life: Life, db: Session
) -> None:
    erase(client, db)
    said = db.query(ConsentChange).order_by(ConsentChange.id).all()
    assert [(row.purpose, row.granted, row.source) for row in said] == [
        ("terms", True, "registration"),
        ("terms", False, "erasure"),
    ]


def test_checkouts_that_were_never_ordered_are_erased_as_well(
    client: LambdaClient, augusta: User, life: Life, db: Session
) -> None:
    erase(client, db)
    assert {checkout.email for checkout in db.query(Checkout)} == {pseudonyms.address(augusta.id)}
