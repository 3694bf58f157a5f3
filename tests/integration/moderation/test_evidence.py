"""Pictures of what was reported can be judged after they were removed (traps, row 68)."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shared.clients import database
from shared.contexts.identity.models.accounts import User
from shared.contexts.media import personal_data as media_data
from shared.contexts.media.models import MediaFile
from shared.contexts.moderation import personal_data
from shared.contexts.moderation.models.reports import ReportCase
from shared.permissions import Role
from shared.privacy import Erasure, Person
from tests.contract.applications import entry_point
from tests.factories import community, identity, profiles
from tests.integration.moderation.conftest import SignedIn
from tests.support import database_logins
from tests.support.cloud import MEDIA_BUCKET, Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.pictures import uploaded
from tests.support.tokens import TestSigningKey


@database_logins.logged_in("media")
def sweep(db: Session) -> None:
    """A day later."""
    from functions.media.handlers.remove_unused import handler

    event = json.loads(Path("events/media/remove_unused.json").read_text())
    handler(event, Context())  # type: ignore[arg-type]
    db.execute(text("UPDATE media_files SET remove_after = remove_after - interval '25 hours'"))
    db.commit()
    handler(event, Context())  # type: ignore[arg-type]


def stored() -> list[str]:
    return [entry["Key"] for entry in boto3.client("s3").list_objects_v2(Bucket=MEDIA_BUCKET).get("Contents", [])]


@pytest.fixture
def api(signing_key: TestSigningKey, db: Session, aws: Cloud) -> Callable[[str, User], LambdaClient]:
    return lambda context, user: LambdaClient(entry_point(context)).signed_in(signing_key.authorization(user))


@pytest.fixture
def ada(db: Session) -> User:
    return community.established_person(db)


@pytest.fixture
def post_id(api: Callable[[str, User], LambdaClient], ada: User) -> str:
    """With a picture."""
    picture = uploaded(api("media", ada), purpose="post")
    body = {"text": "Look", "media": [{"media_id": picture["id"], "alt": "A chart"}]}
    made = api("community", ada).post("/api/v1/posts", json=body)
    assert made.status == 201, made.json()
    found: str = made.json()["id"]
    return found


def report(signed_in: SignedIn, db: Session, kind: str, target_id: str | uuid.UUID) -> ReportCase:
    body = {"target": {"kind": kind, "id": str(target_id)}, "reason": "scam"}
    assert signed_in(identity.user(db)).post("/api/v1/reports", json=body).status == 201
    return db.scalars(select(ReportCase)).one()


def decide(db: Session, case: ReportCase, *, days_ago: int) -> None:
    case.status, case.decided_at = "resolved", datetime.now(UTC) - timedelta(days=days_ago)
    db.commit()


@database_logins.logged_in("identity")
def erase(user: User) -> None:
    erasure = Erasure(Person(user.id, user.email, is_proven=True), frozenset({user.email}), with_publications=True)
    with database.transaction() as connection:
        personal_data.PERSONAL_DATA.erase(connection, erasure)
        media_data.PERSONAL_DATA.erase(connection, erasure)


def test_the_picture_of_a_reported_post_outlives_the_post_until_the_case_ends(
    api: Callable[[str, User], LambdaClient], signed_in: SignedIn, ada: User, post_id: str, db: Session
) -> None:
    case = report(signed_in, db, "post", post_id)
    assert api("community", ada).delete(f"/api/v1/posts/{post_id}").status == 204
    sweep(db)
    [shown] = (
        signed_in(identity.user(db, Role.MODERATOR))
        .get(f"/api/v1/admin/reports/{case.id}")
        .json()["snapshots"][0]["content"]["pictures"]
    )
    assert (shown["alt"], shown["width"]) == ("A chart", 640)
    assert shown["url"].rpartition("/media/")[2] in {key.removeprefix("media/") for key in stored()}
    decide(db, case, days_ago=366)
    with database_logins.logged_in("identity"), database.transaction() as connection:
        personal_data.purge_cases(connection, 10)
    sweep(db)
    assert (stored(), db.query(MediaFile).count()) == ([], 0)


def test_a_removed_picture_of_a_person_stays_for_the_open_case_and_leaves_with_the_account_when_it_is_decided(
    api: Callable[[str, User], LambdaClient], signed_in: SignedIn, ada: User, db: Session
) -> None:
    hers = api("profiles", ada)
    body = {"media_id": uploaded(api("media", ada), purpose="profile")["id"]}
    assert hers.post("/api/v1/users/me/profile-picture", json=body).status == 200
    case = report(signed_in, db, "user", ada.id)
    assert hers.delete("/api/v1/users/me/profile-picture").status == 204
    sweep(db)
    assert stored()
    decide(db, case, days_ago=1)
    sweep(db)
    assert stored(), "an appeal is judged by it"
    erase(ada)
    sweep(db)
    assert stored() == []


def test_a_picture_that_was_not_reported_goes_as_before(
    api: Callable[[str, User], LambdaClient], ada: User, post_id: str, db: Session
) -> None:
    profiles.person(db)
    assert api("community", ada).delete(f"/api/v1/posts/{post_id}").status == 204
    sweep(db)
    assert stored() == []
