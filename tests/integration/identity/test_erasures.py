"""The end of an account: asked for with the password, undone by a link for two weeks, then done for good."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.identity.service import erasures
from shared import erased, outbox
from shared.clients import database
from shared.models import everything
from shared.models.catalog import Product
from shared.models.catalog_customers import Review
from shared.models.identity import User
from shared.models.identity_privacy import AccountErasure, ConsentChange, DataExport
from shared.models.ordering import Checkout, Order
from shared.models.payments import Payment
from shared.permissions import Role
from shared.transactions import erasure
from tests.factories import identity, money, payments, reviews, shipments
from tests.factories.person import EMAIL, NAME, PHONE, STREET, Life, live_a_life
from tests.integration.identity.conftest import ME, PASSWORD, bearer, link, log_in, refresh, requested
from tests.support.cloud import IMPORTS_BUCKET, Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, Context, LambdaClient
from tests.support.statements import recorded

CANCEL = f"{ME}/erasure/cancel"
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def ada(client: LambdaClient, db: Session) -> User:
    return identity.user(db, email=EMAIL, full_name=NAME, password=PASSWORD, verified=True)


def signed_in(client: LambdaClient, email: str = EMAIL) -> LambdaClient:
    return client.signed_in(bearer(log_in(client, email).json()["access_token"]))


def leave(client: LambdaClient, email: str = EMAIL, **body: Any) -> Answer:
    return signed_in(client, email).delete(ME, json={"password": PASSWORD, **body})


def cancel(client: LambdaClient, token: str) -> Answer:
    return client.post(CANCEL, json={"token": token})


def cancellation(aws: Cloud) -> str:
    """The token in the mail."""
    return link(requested(aws, "AccountErasureRequested")[-1], "erasure-cancellation")


def let_time_pass(db: Session) -> None:
    db.execute(text("UPDATE account_erasures SET due_at = now()"))
    db.commit()


def run() -> dict[str, int]:
    """What the schedule does every hour, with its sample event."""
    from functions.identity.handlers.erase_accounts import handler

    done: dict[str, int] = handler(json.loads((ROOT / "events/identity/erase_accounts.json").read_text()), Context())
    return done


def erase(client: LambdaClient, db: Session, **body: Any) -> None:
    """From the request to the end of the account."""
    assert leave(client, **body).status == 202
    let_time_pass(db)
    done = run()
    db.rollback()
    assert (done["erased"], done["failures"]) == (1, 0), db.query(AccountErasure.waits_for).all()


def traces(db: Session, *wanted: str) -> list[tuple[str, str]]:
    """Every table and column of the whole database in which one of these texts stands, in any case."""
    db.rollback()
    columns = db.execute(
        text(
            "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'm') AND a.attnum > 0 AND NOT a.attisdropped"
        )
    ).all()
    found = []
    for table, column in columns:
        for trace in wanted:
            seen = db.execute(
                text(f'SELECT 1 FROM "{table}" WHERE strpos(lower("{column}"::text), lower(:trace)) > 0 LIMIT 1'),
                {"trace": trace},
            )
            if seen.first():
                found.append((table, column))
    return found


def test_the_account_is_closed_at_once(client: LambdaClient, ada: User, aws: Cloud) -> None:
    session = log_in(client, EMAIL).json()
    reply = leave(client)
    assert (reply.status, reply.json()["waits_for"]) == (202, None)
    assert refresh(client, session["refresh_token"]).status == 401
    assert client.signed_in(bearer(session["access_token"])).get(ME).status == 401
    refused = log_in(client, EMAIL)
    assert (refused.status, refused.json()["code"]) == (403, "account_inactive")
    assert "the link in the mail keeps it" in refused.json()["detail"]
    [told] = requested(aws, "AccountErasureRequested")
    assert (told["email"], told["due_at"]) == (EMAIL, reply.json()["due_at"])


def test_a_wrong_password_erases_nothing(client: LambdaClient, ada: User, db: Session) -> None:
    me = signed_in(client)
    reply = me.delete(ME, json={"password": "not-my-password"})
    assert (reply.status, reply.json()["code"]) == (422, "wrong_password")
    assert me.delete(ME).status == 422
    assert client.delete(ME, json={"password": PASSWORD}).status == 401
    assert db.query(AccountErasure).count() == 0


def test_the_link_in_the_mail_keeps_the_account(client: LambdaClient, ada: User, aws: Cloud, db: Session) -> None:
    leave(client)
    token = cancellation(aws)
    assert cancel(client, token).status == 204
    assert signed_in(client).get(ME).json()["full_name"] == NAME
    again = cancel(client, token)
    assert (again.status, again.json()["code"]) == (400, "invalid_link")
    assert db.query(AccountErasure).count() == 0


def test_other_links_keep_no_account(client: LambdaClient, ada: User, db: Session) -> None:
    token = link({"request_id": str(identity.account_request(db, ada, "password_reset").id)}, "password-reset")
    leave(client)
    assert cancel(client, token).status == 400
    assert db.query(User).one().is_active is False


def test_nothing_but_the_link_opens_the_account_again(client: LambdaClient, ada: User, aws: Cloud, db: Session) -> None:
    token = link({"request_id": str(identity.account_request(db, ada, "password_reset").id)}, "password-reset")
    leave(client)
    body = {"token": token, "new_password": "windy-harbour-17"}
    assert client.post("/api/v1/auth/password/reset", json=body).status == 400
    identity.user(db, Role.ADMIN, email="root@example.com", password=PASSWORD)
    root = signed_in(client, "root@example.com")
    body = {"is_active": True, "reason": "Asked by phone", "version": 2}
    reply = root.patch(f"/api/v1/admin/users/{ada.id}", json=body)
    assert (reply.status, reply.json()["code"]) == (409, "account_leaving")


def test_before_the_time_nothing_is_erased(client: LambdaClient, ada: User, db: Session) -> None:
    leave(client)
    assert run()["erased"] == 0
    assert traces(db, EMAIL) != []


@pytest.fixture
def life(ada: User, db: Session) -> Life:
    return live_a_life(db, ada)


def test_nothing_in_any_table_tells_who_the_person_was(
    client: LambdaClient, ada: User, life: Life, db: Session
) -> None:
    wanted = (EMAIL, NAME, "Augusta", STREET, PHONE, life.address, life.fingerprint, "W1J 7NW", "Byron", "JD0146")
    wanted += ('"last4": "4242"',)
    assert {table for table, _ in traces(db, *wanted)} >= {
        "users", "orders", "payments", "order_keys", "checkouts", "deliveries", "outbox_events", "fraud_decisions",
        "returns", "refunds", "disputes", "coupon_redemptions", "coupon_customers", "shipments", "login_sessions",
        "media_files",
    }  # fmt: skip
    erase(client, db)
    assert traces(db, *wanted) == []


def test_what_the_law_wants_kept_of_a_sale_is_kept(client: LambdaClient, ada: User, life: Life, db: Session) -> None:
    columns = (Order.id, Order.number, Order.status, Order.total_amount, Order.tax_amount, Order.paid_at)
    before = db.query(*columns).order_by(Order.id).all()
    ledger = db.execute(text("SELECT count(*) FROM payments JOIN refunds ON payment_id = payments.id")).scalar()
    erase(client, db)
    assert db.query(*columns).order_by(Order.id).all() == before
    order = db.get_one(Order, life.order.id)
    assert (order.user_id, order.email) == (ada.id, erased.address(ada.id))
    assert order.shipping_address == {
        "name": "[erased]", "line1": "[erased]", "city": "[erased]", "region": "England", "country": "GB",
    }  # fmt: skip
    assert db.execute(text("SELECT count(*) FROM payments JOIN refunds ON payment_id = payments.id")).scalar() == ledger


def test_the_invoice_of_a_kept_order_names_nobody(client: LambdaClient, ada: User, life: Life, db: Session) -> None:
    from functions.ordering.invoices.layout import _buyer
    from functions.ordering.service import invoices

    erase(client, db)
    with database.transaction() as connection:
        document = invoices.invoice(connection, life.order.id)
    assert _buyer(document) == ["[erased]", "[erased]", "[erased] England", "GB"]
    assert invoices.pdf(document).startswith(b"%PDF")


def test_reviews_stay_without_a_name(client: LambdaClient, ada: User, life: Life, db: Session) -> None:
    erase(client, db)
    [review] = db.query(Review).filter(Review.user_id.is_(None))
    assert (review.rating, review.title, review.image_urls) == (5, "Sturdy", [])
    assert reviews.miscounted(db) == []
    assert db.execute(text("SELECT count(*) FROM review_votes")).scalar() == 1


def test_reviews_go_where_the_person_wants_it(client: LambdaClient, ada: User, life: Life, db: Session) -> None:
    erase(client, db, delete_reviews=True)
    assert db.query(Review).count() == 1
    assert reviews.miscounted(db) == []
    assert db.query(Product).filter(Product.rating_count > 0).count() == 0 or db.query(Review).one().user_id


@pytest.mark.parametrize("wish", [{}, {"delete_reviews": True}])
def test_pages_that_show_the_name_are_purged(
    *, client: LambdaClient, ada: User, life: Life, aws: Cloud, db: Session, wish: dict[str, bool]
) -> None:
    reviewed = {str(review.product_id) for review in db.query(Review).filter_by(user_id=ada.id)}
    aws.published()
    erase(client, db, **wish)
    assert {data["product_id"] for data in requested(aws, "ProductChanged")} == reviewed != set()


def test_the_address_is_free_again_and_the_new_account_is_another(
    client: LambdaClient, ada: User, life: Life, db: Session
) -> None:
    erase(client, db)
    assert log_in(client, EMAIL).json()["code"] == "invalid_credentials"
    body = {"email": EMAIL, "password": PASSWORD, "full_name": "Augusta King"}
    reply = client.post("/api/v1/auth/register", json=body)
    assert reply.status == 201
    assert reply.json()["user"]["id"] != str(ada.id)


def test_nobody_can_have_somebody_elses_orders_erased_by_claiming_their_address(
    client: LambdaClient, ada: User, life: Life, db: Session
) -> None:
    """A guest's orders are the account's only where the address is proven to be its owner's."""
    ada.email_verified_at = None
    db.commit()
    erase(client, db)
    guest = db.get_one(Order, life.guest_order.id)
    assert guest.email == EMAIL.upper()
    assert guest.shipping_address is not None
    assert guest.shipping_address["line1"] == STREET


def test_others_keep_everything(client: LambdaClient, ada: User, life: Life, db: Session) -> None:
    eve = identity.user(db, email="eve@example.com", full_name="Eve Adams", verified=True)
    live_a_life(db, eve, street="1 Elm Road", address="203.0.113.99")
    places = traces(db, "eve@example.com", "Eve Adams", "1 Elm Road", "203.0.113.99")
    erase(client, db)
    assert traces(db, "eve@example.com", "Eve Adams", "1 Elm Road", "203.0.113.99") == places


def test_copies_of_the_data_go_as_well(client: LambdaClient, ada: User, db: Session) -> None:
    made = DataExport(user_id=ada.id, status="completed", expires_at=text("now() + interval '7 days'"))
    db.add(made)
    db.commit()
    key = f"personal-data/{ada.id}/{made.id}.zip"
    boto3.client("s3").put_object(Bucket=IMPORTS_BUCKET, Key=key, Body=b"everything")
    erase(client, db)
    assert boto3.client("s3").list_objects_v2(Bucket=IMPORTS_BUCKET).get("KeyCount") == 0
    assert db.query(DataExport).count() == 0


def test_others_are_told_by_an_event_without_a_name(client: LambdaClient, ada: User, aws: Cloud, db: Session) -> None:
    erase(client, db)
    assert requested(aws, "AccountErased") == [{"user_id": str(ada.id)}]


def test_an_event_that_still_waits_for_the_bus_goes_out_without_the_person(
    client: LambdaClient, ada: User, life: Life, db: Session
) -> None:
    db.execute(text("UPDATE outbox_events SET published_at = NULL"))
    db.commit()
    erase(client, db)
    waiting = db.execute(text("SELECT payload FROM outbox_events WHERE payload ? 'email'")).scalars().all()
    assert waiting
    assert {event["email"] for event in waiting} == {erased.address(ada.id)}


# What is not settled.


def paid_order(db: Session, user: User) -> Payment:
    from datetime import UTC, datetime

    from shared.transactions import orders

    checkout = payments.checkout(db, user)
    payment = payments.payment(db, checkout, status="succeeded")
    with outbox.unit_of_work() as tx:
        order_id = orders.place(tx, checkout.id, actor="customer")
        orders.mark_paid(tx, checkout.id, payment_intent_id=payment.provider_payment_id, paid_at=datetime.now(UTC))
    payment.order_id, payment.amount_captured = order_id, payment.amount
    db.commit()
    return payment


def _unpaid(db: Session, user: User) -> None:
    from shared.transactions import orders

    checkout = payments.checkout(db, user)
    with outbox.unit_of_work() as tx:
        orders.place(tx, checkout.id, actor="customer")


def _undelivered(db: Session, user: User) -> None:
    paid_order(db, user)


def _delivered(db: Session, user: User) -> Payment:
    payment = paid_order(db, user)
    assert payment.order_id
    shipments.sent(db, payment.order_id, delivered=True)
    return payment


def _coming_back(db: Session, user: User) -> None:
    from functions.ordering.service import returns
    from functions.ordering.service.returns import NewLine

    payment = _delivered(db, user)
    item_id = db.execute(text("SELECT id FROM order_items")).scalar_one()
    assert payment.order_id
    with outbox.unit_of_work() as tx:
        returns.request(tx, payment.order_id, [NewLine(item_id, 1, "damaged")], note=None)


def _refunding(db: Session, user: User) -> None:
    money.refund(db, _delivered(db, user), status="pending")


def _disputed(db: Session, user: User) -> None:
    money.dispute(db, _delivered(db, user))


def _checking_out(db: Session, user: User) -> None:
    payments.checkout(db, user)


OPEN: dict[str, Callable[[Session, User], Any]] = {
    "payment": _unpaid,
    "delivery": _undelivered,
    "return": _coming_back,
    "refund": _refunding,
    "dispute": _disputed,
    "checkout": _checking_out,
}


@pytest.mark.parametrize("reason", OPEN)
def test_what_is_not_settled_is_waited_for_and_told_once(
    client: LambdaClient, ada: User, aws: Cloud, db: Session, reason: str
) -> None:
    OPEN[reason](db, ada)
    assert leave(client).json()["waits_for"] == reason
    for _ in range(2):
        let_time_pass(db)
        done = run()
        assert (done["erased"], done["postponed"]) == (0, 1)
    told = [event["waits_for"] for event in requested(aws, "AccountErasurePostponed")]
    assert told == ([] if reason == "checkout" else [reason])
    db.rollback()
    waiting = db.query(AccountErasure).one()
    assert (waiting.waits_for, waiting.finished_at) == (reason, None)


def test_the_link_keeps_an_account_that_is_waited_for(client: LambdaClient, ada: User, aws: Cloud, db: Session) -> None:
    _undelivered(db, ada)
    leave(client)
    token = cancellation(aws)
    db.execute(text("UPDATE account_requests SET expires_at = now()"))
    let_time_pass(db)
    run()
    assert cancel(client, token).status == 204


def test_what_is_bought_as_a_file_is_never_delivered_and_not_waited_for(
    client: LambdaClient, ada: User, db: Session
) -> None:
    payment = paid_order(db, ada)
    db.execute(text("UPDATE orders SET shipping_address = NULL"))
    db.commit()
    assert payment.order_id
    erase(client, db)


def test_an_order_that_arrived_and_was_refunded_in_part_is_settled(
    client: LambdaClient, ada: User, db: Session
) -> None:
    _delivered(db, ada)
    db.execute(text("UPDATE orders SET status = 'partially_refunded'"))
    db.commit()
    erase(client, db)


# Administrators.


def test_the_last_administrator_cannot_go(client: LambdaClient, ada: User, db: Session) -> None:
    identity.user(db, Role.ADMIN, email="root@example.com", password=PASSWORD)
    reply = leave(client, "root@example.com")
    assert (reply.status, reply.json()["code"]) == (409, "last_administrator")
    assert signed_in(client, "root@example.com").get(ME).status == 200


def test_of_two_administrators_who_go_at_once_one_stays(client: LambdaClient, db: Session) -> None:
    emails = [f"root{number}@example.com" for number in range(2)]
    for email in emails:
        identity.user(db, Role.ADMIN, email=email, password=PASSWORD)
    callers = [signed_in(client, email) for email in emails]
    replies = at_once(2, lambda number: callers[number].delete(ME, json={"password": PASSWORD}))
    assert sorted(reply.status for reply in replies) == [202, 409]


def test_consent_ends_with_the_account_and_stays_on_record(
    client: LambdaClient, ada: User, life: Life, db: Session
) -> None:
    erase(client, db)
    said = db.query(ConsentChange).order_by(ConsentChange.id).all()
    assert [(row.purpose, row.granted, row.source) for row in said] == [
        ("terms", True, "registration"),
        ("terms", False, "erasure"),
    ]


def test_asking_needs_few_statements(client: LambdaClient, ada: User) -> None:
    me = signed_in(client)
    with recorded() as statements:
        assert me.delete(ME, json={"password": PASSWORD}).status == 202
    assert len(statements) <= 14


# Races.


def test_whoever_asks_twice_at_once_asks_once(client: LambdaClient, ada: User, db: Session) -> None:
    me = signed_in(client)
    replies = at_once(3, lambda _: me.delete(ME, json={"password": PASSWORD}))
    assert sorted(reply.status for reply in replies) == [202, 401, 401]
    assert db.query(AccountErasure).count() == 1


def test_the_account_is_either_kept_or_erased(client: LambdaClient, ada: User, aws: Cloud, db: Session) -> None:
    leave(client)
    token = cancellation(aws)
    let_time_pass(db)
    kept, done = at_once(2, lambda number: cancel(client, token).status if number == 0 else run()["erased"])
    db.rollback()
    user = db.query(User).one()
    assert (kept, done, user.email, user.is_active) in (
        (204, 0, EMAIL, True),
        (400, 1, erased.address(ada.id), False),
    )


def test_two_runs_at_once_erase_each_account_once(client: LambdaClient, aws: Cloud, db: Session) -> None:
    for number in range(6):
        identity.user(db, email=f"person{number}@example.com", password=PASSWORD)
        leave(client, f"person{number}@example.com")
    let_time_pass(db)
    done = at_once(2, lambda _: run())
    assert (sum(one["erased"] for one in done), sum(one["failures"] for one in done)) == (6, 0)
    assert len(requested(aws, "AccountErased")) == 6


def test_one_account_that_fails_stops_no_other(
    client: LambdaClient, ada: User, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity.user(db, email="eve@example.com", password=PASSWORD)
    leave(client)
    leave(client, "eve@example.com")
    let_time_pass(db)
    erase_person = erasure.erase

    def refuse_ada(connection: Any, person: erasure.Person, **options: Any) -> None:
        erase_person(connection, person, **options)
        if person.user_id == ada.id:
            raise RuntimeError("a step failed")

    with monkeypatch.context() as broken:
        broken.setattr(erasure, "erase", refuse_ada)
        done = run()
    assert (done["erased"], done["failures"]) == (1, 1)
    assert traces(db, EMAIL) != []
    assert run()["erased"] == 1


def test_a_run_that_is_killed_before_its_end_has_done_nothing(
    client: LambdaClient, ada: User, life: Life, db: Session
) -> None:
    leave(client)
    let_time_pass(db)
    places = traces(db, EMAIL, STREET)
    database.close()
    process = multiprocessing.get_context("fork").Process(target=_killed_at_the_end)
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert traces(db, EMAIL, STREET) == places
    assert run()["erased"] == 1
    assert traces(db, EMAIL, STREET) == []


def _killed_at_the_end() -> None:
    record = outbox.record

    def die(*arguments: Any) -> Any:
        record(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    outbox.record = die
    erasures.erase_due(lambda: True)


# That nothing is forgotten later, when tables are added.


def test_every_table_that_refers_to_a_person_is_known_to_erasure(db: Session) -> None:
    """A new table with a user, an address or the like has to be thought of here and in `shared/transactions/erasure.py`
    or `functions/identity/repository/erasures.py`."""
    sources = "".join(
        (ROOT / path).read_text()
        for path in ("shared/transactions/erasure.py", "functions/identity/repository/erasures.py",
                     "functions/identity/repository/data_exports.py")
    )  # fmt: skip
    naming = {
        table.name
        for table in everything().tables.values()
        if any(column.references(User.__table__.c.id) or column.name in _TELLING for column in table.columns)
    }
    assert {name for name in naming if name not in sources} == set(_KEPT_UNDER_THE_ID)


_TELLING = {"email", "recipient", "customer", "ip_address", "shipping_address", "phone", "full_name", "user_agent"}
_KEPT_UNDER_THE_ID = {
    "product_exports": "who asked for product files, by id",
    "product_imports": "who brought product files, by id",
    "product_media": "who uploaded a file for sale, by id",
    "provider_customers": "removed by payments, when the provider has forgotten the person",
}


def test_checkouts_that_were_never_ordered_are_erased_as_well(
    client: LambdaClient, ada: User, life: Life, db: Session
) -> None:
    erase(client, db)
    assert {checkout.email for checkout in db.query(Checkout)} == {erased.address(ada.id)}
