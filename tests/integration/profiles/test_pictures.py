"""The picture of a profile."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.contexts.profiles.models import Profile
from tests.factories import identity, profiles
from tests.integration.profiles.conftest import SignIn
from tests.support.lambda_client import LambdaClient

PICTURE = "/api/v1/users/me/profile-picture"


def upload(db: Session, owner: User, **columns: Any) -> MediaFile:
    """A committed upload that is ready."""
    variant = {"name": "small", "url": "https://x/y.webp", "content_type": "image/webp", "width": 1, "height": 1}
    made = MediaFile(
        owner_id=owner.id,
        **{
            "purpose": "profile",
            "file_name": "ada.jpg",
            "content_type": "image/jpeg",
            "size_bytes": 1,
            "status": "ready",
            "url": "https://shop.example.com/media/ada.webp",
            "width": 640,
            "height": 480,
            "blurhash": "LEHV6nWB2yk8",
            "variants": [{**variant, "bytes": 7}],
            **columns,
        },
    )
    db.add(made)
    db.commit()
    return made


@pytest.fixture
def ada(db: Session) -> User:
    return profiles.person(db, "ada")


@pytest.fixture
def client(ada: User, sign_in: SignIn) -> LambdaClient:
    return sign_in(ada)


def test_a_picture_is_shown_with_its_sizes_and_the_one_before_is_removed(
    db: Session, client: LambdaClient, guest: LambdaClient, ada: User
) -> None:
    first, second = upload(db, ada), upload(db, ada, url="https://shop.example.com/media/ada2.webp")
    assert client.post(PICTURE, json={"media_id": str(first.id)}).status == 200
    shown = client.post(PICTURE, json={"media_id": str(second.id)}).json()["picture"]
    assert (shown["url"], shown["width"], shown["blurhash"]) == (second.url, 640, "LEHV6nWB2yk8")
    assert guest.get("/api/v1/users/ada").json()["picture"] == shown
    db.expire_all()
    assert (first.deleted_at is None, second.deleted_at is None) == (False, True)
    assert client.post(PICTURE, json={"media_id": str(second.id)}).status == 200
    db.expire_all()
    assert second.deleted_at is None


def test_a_picture_is_removed(db: Session, client: LambdaClient, ada: User) -> None:
    media = upload(db, ada)
    client.post(PICTURE, json={"media_id": str(media.id)})
    assert [client.delete(PICTURE).status for _ in range(2)] == [204, 204]
    db.expire_all()
    assert media.deleted_at is not None
    assert db.query(Profile).one().picture is None


@pytest.mark.parametrize(
    "columns",
    [{"purpose": "review"}, {"status": "pending", "url": None}, {"status": "rejected", "url": None}],
    ids=["for a review", "not there yet", "no picture"],
)
def test_only_what_was_uploaded_for_a_profile_and_is_ready_is_shown(
    db: Session, client: LambdaClient, ada: User, columns: dict[str, Any]
) -> None:
    reply = client.post(PICTURE, json={"media_id": str(upload(db, ada, **columns).id)})
    assert (reply.status, reply.json()["errors"][0]["field"]) == (422, "body.media_id")


def test_nobody_shows_a_picture_of_somebody_else(db: Session, client: LambdaClient) -> None:
    assert client.post(PICTURE, json={"media_id": str(upload(db, identity.user(db)).id)}).status == 422


def test_a_picture_that_is_shown_is_neither_deleted_nor_swept(db: Session, client: LambdaClient, ada: User) -> None:
    from functions.media.handlers.api import handler

    media = upload(db, ada)
    client.post(PICTURE, json={"media_id": str(media.id)})
    reply = LambdaClient(handler, client.headers).delete(f"/api/v1/media/{media.id}")
    assert (reply.status, reply.json()["code"]) == (409, "media_in_use")


@pytest.mark.parametrize(
    ("content_type", "size", "status"),
    [
        ("image/jpeg", 5 * 1024**2, 201),
        ("image/webp", 1, 201),
        ("image/jpeg", 5 * 1024**2 + 1, 422),
        ("image/gif", 1, 422),
        ("image/avif", 1, 422),
        ("image/svg+xml", 1, 422),
    ],
)
def test_an_upload_for_a_profile_is_small_and_of_three_types(
    client: LambdaClient, content_type: str, size: int, status: int
) -> None:
    from functions.media.handlers.api import handler

    body = {"filename": "ada", "content_type": content_type, "size": size, "purpose": "profile"}
    assert LambdaClient(handler, client.headers).post("/api/v1/media/uploads", json=body).status == status
