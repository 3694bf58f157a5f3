"""A copy of everything about a person, for themselves and nobody else."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import boto3
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.identity.service import data_exports
from shared.clients import storage
from shared.contexts.identity.models.accounts import LoginSession, User
from shared.contexts.identity.models.privacy import DataExport
from shared.contexts.ordering.models.orders import Checkout
from tests.factories import identity
from tests.factories.person import EMAIL, NAME, STREET, live_a_life
from tests.integration.identity.conftest import ME, requested
from tests.support.cloud import IMPORTS_BUCKET, Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Context, LambdaClient
from tests.support.tokens import TestSigningKey

EXPORT = f"{ME}/export"
ROOT = Path(__file__).resolve().parents[3]


FILES = {
    f"{name}.json"
    for name in (
        "profile", "consents", "sessions", "account_requests", "account_history", "staff_notes", "data_exports",
        "erasure", "reviews", "review_votes", "uploads", "wishlist", "mails", "orders", "checkouts", "cart",
        "addresses", "downloads", "payments", "payment_checks", "payment_providers", "activity", "public_profile",
        "pending_standing", "following", "followers", "follow_requests", "content_filters", "interests", "watchlist",
        "word_filters", "reports", "moderation", "appeals", "posts", "outbox", "comments", "reactions", "reposts",
        "bookmarks", "votes", "mentions", "followed_topics", "post_imports", "groups",
    )
}  # fmt: skip
NOT_HERE = {
    "password", "saved payment methods", "refresh_tokens", "coupon_customers", "order_keys",
    "product_media, product_imports, product_exports", "outbox_events", "idempotency_keys",
    "card_fingerprint, reasons and evidence", "error_logs", "ledger_entries, ledger_closings",
    "stock_reservations, network_reservations", "metric_exports", "network at onboarding", "report_cases",
    "sanctions", "keyword_rules", "author_stats", "site_settings",
}  # fmt: skip


@pytest.fixture
def ada(db: Session) -> User:
    return identity.user(db, email=EMAIL, full_name=NAME, verified=True, password="sunny-orchard-42")


@pytest.fixture
def her(signing_key: TestSigningKey, api: LambdaClient, ada: User) -> LambdaClient:
    return api.signed_in(signing_key.authorization(ada))


def deliver(export_id: str, user: User, *, receive_count: int = 1) -> Any:
    """Deliver the event: the sample in `events/`, for this export."""
    from functions.identity.handlers.on_export_requested import handler

    event = json.loads((ROOT / "events/identity/on_export_requested.json").read_text())
    [record] = event["Records"]
    body = json.loads(record["body"])
    body["detail"]["data"] = {"export_id": export_id, "user_id": str(user.id)}
    record["body"] = json.dumps(body)
    record["attributes"]["ApproximateReceiveCount"] = str(receive_count)
    return handler(event, Context())


def objects() -> list[str]:
    found = boto3.client("s3").list_objects_v2(Bucket=IMPORTS_BUCKET, Prefix="personal-data/")
    return [one["Key"] for one in found.get("Contents", [])]


def archive(user: User, export_id: str) -> dict[str, Any]:
    """The files of the copy, read."""
    content = storage.get(IMPORTS_BUCKET, f"personal-data/{user.id}/{export_id}.zip", max_bytes=10**7)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return {name: json.loads(opened.read(name)) for name in opened.namelist()}


def copy_of(her: LambdaClient, user: User) -> dict[str, Any]:
    export_id = her.post(EXPORT).json()["id"]
    assert deliver(export_id, user) == {"batchItemFailures": []}
    return archive(user, export_id)


def test_a_copy_is_asked_for_made_told_and_fetched(her: LambdaClient, ada: User, aws: Cloud) -> None:
    reply = her.post(EXPORT)
    asked = reply.json()
    assert (reply.status, asked["status"], asked["url"]) == (202, "pending", None)
    assert reply.headers["location"] == f"{ME}/exports/{asked['id']}"
    assert requested(aws, "PersonalDataExportRequested") == [{"export_id": asked["id"], "user_id": str(ada.id)}]
    assert deliver(asked["id"], ada) == {"batchItemFailures": []}
    shown = her.get(reply.headers["location"]).json()
    assert shown["status"] == "completed"
    assert shown["bytes"] > 0
    assert f"/personal-data/{ada.id}/{asked['id']}.zip?" in shown["url"]
    assert "X-Amz-Expires=900" in shown["url"]
    [told] = requested(aws, "PersonalDataExported")
    assert (told["email"], told["export_id"]) == (EMAIL, asked["id"])
    assert "url" not in told


def test_everything_about_the_person_is_in_it(her: LambdaClient, ada: User, db: Session) -> None:
    life = live_a_life(db, ada)
    files = copy_of(her, ada)
    about = files.pop("about.json")
    assert set(about["files"]) == set(files) == FILES
    assert set(about["not_here"]) == NOT_HERE
    assert {name for name, entries in files.items() if not entries} <= {"erasure.json"}
    assert about["files"]["orders.json"]["entries"] == len(files["orders.json"]) == 2
    [profile] = files["profile.json"]
    assert (profile["email"], profile["full_name"]) == (EMAIL, NAME)
    [order, guest_order] = files["orders.json"]
    assert (order["number"], order["shipping_address"]["line1"]) == (life.order.number, STREET)
    assert order["billing_address"]["tax_number"] == files["checkouts.json"][0]["billing_address"]["tax_number"]
    assert files["addresses.json"][0]["address"]["line1"] == STREET
    assert order["lines"][0]["total_amount"] == life.order.total_amount
    assert [len(order[name]) for name in ("timeline", "shipments", "returns")] == [4, 1, 1]
    assert order["shipments"][0]["tracking_number"]
    assert guest_order["email"] == EMAIL.upper()
    assert files["payments.json"][0]["refunds"]
    assert files["payment_checks.json"][0]["ip_address"] == life.address
    assert files["reviews.json"][0]["title"] == "Sturdy"
    assert files["mails.json"][0]["recipient"] == EMAIL
    said = {entry["role"]: entry["text"] for entry in files["groups.json"]}
    assert (said["asked"], said["banned"]) == ("I know engines", "Talked of nothing else")
    assert files["pending_standing.json"][0]["standing_reason"] == "Byron insulted somebody"


def test_no_secret_is_in_it(her: LambdaClient, ada: User, db: Session) -> None:
    life = live_a_life(db, ada)
    text_of_all = json.dumps(copy_of(her, ada))
    secrets = [ada.password_hash, life.fingerprint, life.provider_customer_id, life.payment.provider_payment_id]
    assert [secret for secret in secrets if secret in text_of_all] == []


def test_nothing_of_anybody_else_is_in_it(her: LambdaClient, ada: User, db: Session) -> None:
    other = identity.user(db, email="eve@example.com", full_name="Eve Adams", verified=True)
    live_a_life(db, other, street="1 Elm Road", address="198.51.100.77")
    found = json.dumps(copy_of(her, ada))
    assert [trace for trace in ("eve@", "Eve Adams", "Elm Road", "198.51.100.77") if trace in found] == []


def test_orders_of_a_guest_are_not_for_somebody_who_only_says_that_the_address_is_theirs(
    her: LambdaClient, ada: User, db: Session
) -> None:
    live_a_life(db, ada)
    ada.email_verified_at = None
    db.commit()
    files = copy_of(her, ada)
    assert [order["email"] for order in files["orders.json"]] == [EMAIL]
    assert files["mails.json"] == []


def test_one_copy_is_made_at_a_time(her: LambdaClient, ada: User, db: Session) -> None:
    replies = at_once(4, lambda _: her.post(EXPORT))
    assert {reply.status for reply in replies} == {202}
    assert len({reply.json()["id"] for reply in replies}) == 1
    assert db.query(DataExport).count() == 1


def test_there_is_one_copy_a_day(her: LambdaClient, ada: User, db: Session) -> None:
    export_id = her.post(EXPORT).json()["id"]
    deliver(export_id, ada)
    reply = her.post(EXPORT)
    assert (reply.status, reply.json()["code"]) == (429, "export_too_soon")
    assert 86_000 < int(reply.headers["retry-after"]) <= 86_400
    db.execute(text("UPDATE data_exports SET created_at = now() - interval '1 day'"))
    db.commit()
    assert her.post(EXPORT).json()["id"] != export_id


def test_a_copy_that_nobody_finished_in_a_day_is_asked_for_again(her: LambdaClient, aws: Cloud, db: Session) -> None:
    export_id = her.post(EXPORT).json()["id"]
    her.post(EXPORT)
    assert len(requested(aws, "PersonalDataExportRequested")) == 1
    db.execute(text("UPDATE data_exports SET created_at = now() - interval '1 day'"))
    db.commit()
    assert her.post(EXPORT).json()["id"] == export_id
    assert [one["export_id"] for one in requested(aws, "PersonalDataExportRequested")] == [export_id]


def test_a_copy_that_failed_can_be_asked_for_again_at_once(
    her: LambdaClient, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_id = her.post(EXPORT).json()["id"]

    def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionError("no storage")

    with monkeypatch.context() as broken:
        broken.setattr(storage, "put", refuse)
        assert len(deliver(export_id, ada, receive_count=4)["batchItemFailures"]) == 1
        assert her.get(f"{ME}/exports/{export_id}").json()["status"] == "pending"
        assert len(deliver(export_id, ada, receive_count=5)["batchItemFailures"]) == 1
    assert her.get(f"{ME}/exports/{export_id}").json()["status"] == "failed"
    assert her.post(EXPORT).status == 202


def test_an_event_that_comes_twice_is_told_once(her: LambdaClient, ada: User, aws: Cloud) -> None:
    export_id = her.post(EXPORT).json()["id"]
    for _ in range(2):
        deliver(export_id, ada)
    assert len(requested(aws, "PersonalDataExported")) == 1
    assert len(objects()) == 1


def test_nobody_else_sees_that_there_is_a_copy(
    her: LambdaClient, api: LambdaClient, ada: User, db: Session, signing_key: TestSigningKey
) -> None:
    export_id = her.post(EXPORT).json()["id"]
    eve = api.signed_in(signing_key.authorization(identity.user(db)))
    assert eve.get(f"{ME}/exports/{export_id}").status == 404
    assert eve.get(f"{ME}/exports").json()["items"] == []
    assert api.get(f"{ME}/exports/{export_id}").status == 401
    assert api.get(f"{ME}/exports").status == 401


def test_copies_are_found_again_without_their_ids(
    her: LambdaClient, ada: User, db: Session, signing_key: TestSigningKey
) -> None:
    assert her.get(f"{ME}/exports").json() == {"items": [], "next_cursor": None}
    first = her.post(EXPORT).json()["id"]
    deliver(first, ada)
    db.execute(text("UPDATE data_exports SET created_at = created_at - interval '1 day'"))
    db.commit()
    second = her.post(EXPORT).json()["id"]
    page = her.get(f"{ME}/exports", query={"limit": "1"}).json()
    assert [(one["id"], one["status"], one["url"]) for one in page["items"]] == [(second, "pending", None)]
    rest = her.get(f"{ME}/exports", query={"limit": "1", "cursor": page["next_cursor"]}).json()
    assert [(one["id"], one["status"]) for one in rest["items"]] == [(first, "completed")]
    assert rest["items"][0]["url"].startswith("http")
    assert rest["next_cursor"] is None


def test_a_session_that_has_ended_finds_no_copies(
    her: LambdaClient, api: LambdaClient, ada: User, db: Session, signing_key: TestSigningKey
) -> None:
    her.post(EXPORT)
    session = LoginSession(user_id=ada.id, user_agent="tests/1.0")
    db.add(session)
    db.commit()
    token = signing_key.token(ada, sid=str(session.id))
    elsewhere = api.signed_in({"Authorization": f"Bearer {token}"})
    assert len(elsewhere.get(f"{ME}/exports").json()["items"]) == 1
    db.execute(text("UPDATE login_sessions SET revoked_at = now(), revoked_reason = 'logged_out'"))
    db.commit()
    assert elsewhere.get(f"{ME}/exports").json()["items"] == []


def test_a_copy_of_an_account_that_is_erased_meanwhile_is_removed(
    her: LambdaClient, ada: User, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_id = her.post(EXPORT).json()["id"]
    put = storage.put

    def put_while_erased(*arguments: Any, **options: Any) -> None:
        put(*arguments, **options)
        db.execute(text("UPDATE data_exports SET status = 'withdrawn', expires_at = now()"))
        db.commit()

    monkeypatch.setattr(storage, "put", put_while_erased)
    deliver(export_id, ada)
    assert objects() == []


def test_what_a_worker_left_when_it_was_killed_is_removed_by_the_next(
    her: LambdaClient, ada: User, db: Session
) -> None:
    export_id = her.post(EXPORT).json()["id"]
    storage.put(IMPORTS_BUCKET, f"personal-data/{ada.id}/{export_id}.zip", b"half", content_type="application/zip")
    db.execute(text("DELETE FROM data_exports"))
    db.commit()
    assert deliver(export_id, ada) == {"batchItemFailures": []}
    assert objects() == []


def test_a_copy_is_removed_after_a_week(her: LambdaClient, ada: User, db: Session) -> None:
    export_id = her.post(EXPORT).json()["id"]
    deliver(export_id, ada)
    db.execute(text("UPDATE data_exports SET expires_at = now()"))
    db.commit()
    shown = her.get(f"{ME}/exports/{export_id}").json()
    assert (shown["status"], shown["url"]) == ("expired", None)
    assert data_exports.remove_ended(bucket=IMPORTS_BUCKET, has_time=lambda: True) == 1
    assert objects() == []
    assert her.get(f"{ME}/exports/{export_id}").status == 404


def test_a_person_with_much_data_takes_no_more_memory(her: LambdaClient, ada: User, db: Session) -> None:
    from functions.identity.service import data_archive
    from shared.clients import database

    db.execute(
        text(
            "INSERT INTO login_sessions (user_id, user_agent)"
            " SELECT :user_id, repeat(md5(n::text), 9) FROM generate_series(1, 20000) n"
        ),
        {"user_id": ada.id},
    )
    db.commit()
    connection = database.connection()
    tracemalloc.start()
    with io.FileIO("/dev/null", "w") as nowhere:
        data_archive.write(connection, ada.id, _Unseekable(nowhere))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000, "20,000 sessions are 8 MB of text"


class _Unseekable(io.RawIOBase):
    def __init__(self, target: io.FileIO) -> None:
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._target.write(data)


def test_checkouts_of_a_guest_belong_to_whoever_has_the_address(her: LambdaClient, ada: User, db: Session) -> None:
    live_a_life(db, ada)
    assert len(copy_of(her, ada)["checkouts.json"]) == db.query(Checkout).count()
