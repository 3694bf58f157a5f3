"""Asking for uploads: the form and what it fixes, small files at once, limits, and whose is what."""

from __future__ import annotations

import base64
import json
import uuid
from typing import Any

import boto3
import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.media.domain import limits
from functions.media.domain.limits import Allowance
from functions.media.domain.uploads import MediaPurpose, NewUpload
from functions.media.errors import TooManyOpenUploadsError
from functions.media.service import uploads
from shared import settings
from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.permissions import Role
from shared.tokens import Principal
from tests.factories import identity
from tests.support.cloud import MEDIA_BUCKET, Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.pictures import ask, picture, post_form, uploaded
from tests.support.tokens import TestSigningKey

PATH = "/api/v1/media"


def send_form(client: LambdaClient, *files: tuple[str, str, bytes], purpose: str | None = "review") -> Answer:
    """What a browser sends for a form with files."""
    boundary = uuid.uuid4().hex
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\n{purpose}\r\n'.encode()]
    parts = parts if purpose is not None else []
    for name, content_type, content in files:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        parts.append(f"{head}Content-Type: {content_type}\r\n\r\n".encode() + content + b"\r\n")
    body = b"".join([*parts, f"--{boundary}--\r\n".encode()])
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return client.post(f"{PATH}/upload", body=body, headers=headers)


def stored() -> list[str]:
    listed = boto3.client("s3").list_objects_v2(Bucket=MEDIA_BUCKET)
    return [entry["Key"] for entry in listed.get("Contents", [])]


def test_an_upload_is_asked_for_and_brought_by_a_form(customer: LambdaClient) -> None:
    content = picture()
    reply = ask(customer, content)
    assert reply.status == 201
    media = reply.json()["media"]
    assert reply.headers["location"] == f"{PATH}/{media['id']}"
    assert (media["status"], media["filename"], media["size"], media["url"]) == (
        "pending",
        "pot.jpg",
        len(content),
        None,
    )
    assert post_form(reply.json()["upload"], content) == 204
    assert stored() == [f"uploads/{media['id']}"]


def test_the_form_fixes_key_type_size_and_the_quarter_of_an_hour(customer: LambdaClient) -> None:
    asked = ask(customer, b"x" * 4321, content_type="image/png").json()
    policy = json.loads(base64.b64decode(asked["upload"]["fields"]["policy"]))
    conditions = policy["conditions"]
    assert ["content-length-range", 4321, 4321] in conditions
    assert {"key": f"uploads/{asked['media']['id']}"} in conditions
    assert {"Content-Type": "image/png"} in conditions
    assert {"bucket": MEDIA_BUCKET} in conditions
    assert policy["expiration"][:16] == asked["upload"]["expires_at"][:16]


@pytest.mark.parametrize(
    "changed",
    [
        {"filename": "../../etc/passwd"},
        {"filename": "..\\boot.ini"},
        {"filename": ".."},
        {"filename": "a\r\nSet-Cookie: x.jpg"},
        {"filename": ""},
        {"content_type": "image/svg+xml"},
        {"content_type": "image/heic"},
        {"content_type": "text/html"},
        {"size": 0},
        {"size": 15 * 1024**2 + 1},
        {"purpose": "avatar"},
        {"owner_id": str(uuid.uuid4())},
        {"status": "ready"},
    ],
)
def test_what_cannot_be_uploaded_is_refused(customer: LambdaClient, db: Session, changed: dict[str, Any]) -> None:
    assert ask(customer, b"x", **changed).status == 422
    assert db.query(MediaFile).count() == 0


def test_no_object_is_named_after_a_file(customer: LambdaClient) -> None:
    asked = ask(customer, b"x", filename="%2e%2e%2fevil.php .jpg").json()
    assert asked["upload"]["fields"]["key"] == f"uploads/{asked['media']['id']}"


def test_pictures_of_products_are_uploaded_by_staff(customer: LambdaClient, staff: LambdaClient) -> None:
    assert ask(customer, b"x", purpose="product").status == 403
    assert ask(staff, b"x", purpose="product").status == 201


def test_nobody_uploads_without_an_account(
    guest: LambdaClient, customer: LambdaClient, owner: User, db: Session
) -> None:
    assert ask(guest, b"x").status == 401
    db.delete(owner)
    db.commit()
    assert ask(customer, b"x").status == 401


def test_open_uploads_are_limited_and_old_ones_do_not_count(
    customer: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CUSTOMERS", Allowance(2, 1000))
    assert [ask(customer, b"x").status for _ in range(3)] == [201, 201, 429]
    refused = ask(customer, b"x")
    assert refused.json()["code"] == "too_many_open_uploads"
    assert int(refused.headers["retry-after"]) > 0
    db.execute(text("UPDATE media_files SET created_at = now() - interval '16 minutes'"))
    db.commit()
    assert ask(customer, b"x").status == 201


def test_the_bytes_of_a_day_are_limited_also_for_who_deletes_what_was_uploaded(
    customer: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CUSTOMERS", Allowance(50, 1000))
    first = ask(customer, b"x" * 900).json()["media"]["id"]
    assert customer.delete(f"{PATH}/{first}").status == 204
    refused = ask(customer, b"x" * 101)
    assert (refused.status, refused.json()["code"]) == (429, "upload_allowance_used_up")
    assert ask(customer, b"x" * 100).status == 201
    db.execute(text("UPDATE media_files SET created_at = now() - interval '25 hours'"))
    db.commit()
    assert ask(customer, b"x" * 1000).status == 201


def test_of_many_uploads_asked_for_at_once_no_more_are_granted_than_allowed(
    customer: LambdaClient, owner: User, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CUSTOMERS", Allowance(3, 1000))
    principal = Principal(owner.id, uuid.uuid4(), frozenset({Role.CUSTOMER}))
    upload = NewUpload(file_name="a.jpg", content_type="image/jpeg", size_bytes=1, purpose=MediaPurpose.REVIEW)

    def contend(_: int) -> bool:
        with psycopg.connect(settings.common().database_url, row_factory=dict_row) as connection:
            try:
                uploads.request_upload(connection, upload, principal)
            except TooManyOpenUploadsError:
                return False
            return True

    granted = at_once(8, contend)
    assert sorted(granted) == [False] * 5 + [True] * 3
    assert db.query(MediaFile).count() == 3


def test_small_files_come_with_the_request(customer: LambdaClient, db: Session) -> None:
    first, second = picture(), picture(300, 300, "PNG")
    reply = send_form(customer, ("a.jpg", "image/jpeg", first), ("b.png", "image/png", second))
    assert reply.status == 201, reply.body
    items = reply.json()["items"]
    assert [(item["filename"], item["size"]) for item in items] == [("a.jpg", len(first)), ("b.png", len(second))]
    assert sorted(stored()) == sorted(f"uploads/{item['id']}" for item in items)


@pytest.mark.parametrize(
    ("files", "field"),
    [
        ([], "body.files"),
        ([("a.jpg", "image/jpeg", b"<html></html>")], "body.files.0"),
        ([("a.jpg", "image/jpeg", picture()), ("b.svg", "image/svg+xml", b"<svg/>")], "body.files.1.content_type"),
        ([("../a.jpg", "image/jpeg", picture())], "body.files.0.filename"),
        ([("a.jpg", "image/jpeg", b"")], "body.files.0.size"),
    ],
)
def test_of_files_one_of_which_is_wrong_none_is_taken(
    customer: LambdaClient, db: Session, files: list[tuple[str, str, bytes]], field: str
) -> None:
    reply = send_form(customer, *files)
    assert (reply.status, reply.json()["code"]) == (422, "invalid_upload")
    assert reply.json()["errors"][0]["field"] == field
    assert (db.query(MediaFile).count(), stored()) == (0, [])


def test_a_form_that_is_too_large_has_too_many_files_or_is_none_is_refused(customer: LambdaClient) -> None:
    noise = picture() + b"\x00" * (4 * 1024**2)
    assert send_form(customer, ("a.jpg", "image/jpeg", noise)).status == 422
    assert send_form(customer, ("a.jpg", "image/jpeg", noise + noise)).status == 413
    assert send_form(customer, *[("a.jpg", "image/jpeg", picture())] * 11).status == 400
    assert send_form(customer, ("a.jpg", "image/jpeg", picture()), purpose=None).status == 422
    assert send_form(customer, ("a.jpg", "image/jpeg", picture()), purpose="product").status == 403
    assert customer.post(f"{PATH}/upload", json={}).status == 415


def test_a_store_that_fails_is_told(customer: LambdaClient, aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDIA_BUCKET", "not-there")
    settings.reset()
    assert send_form(customer, ("a.jpg", "image/jpeg", picture())).status == 503


def test_others_uploads_are_not_there(
    customer: LambdaClient, stranger: LambdaClient, guest: LambdaClient, moderator: LambdaClient
) -> None:
    path = f"{PATH}/{ask(customer, b'x').json()['media']['id']}"
    assert [client.get(path).status for client in (customer, moderator, stranger, guest)] == [200, 200, 404, 401]
    assert [client.delete(path).status for client in (stranger, moderator, guest)] == [404, 404, 401]
    assert stranger.get(PATH).json()["items"] == []
    assert customer.get(path).headers["cache-control"] == "private, no-store"


def test_one_s_own_uploads_are_listed_newest_first_in_pages(customer: LambdaClient, staff: LambdaClient) -> None:
    made = [ask(customer, b"x", filename=f"{n}.jpg").json()["media"]["id"] for n in range(5)]
    seen, query = [], {"limit": "2"}
    page = customer.get(PATH, query=query).json()
    while True:
        seen += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        page = customer.get(PATH, query={**query, "cursor": page["next_cursor"]}).json()
    assert seen == made[::-1]
    assert customer.get(PATH, query={"purpose": "product"}).json()["items"] == []
    assert list(customer.get(PATH, query={"fields": "id,status"}).json()["items"][0]) == ["id", "status"]
    assert staff.get(PATH).json()["items"] == []


def test_an_upload_that_is_deleted_is_gone_for_its_owner_and_for_the_worker(
    customer: LambdaClient, staff: LambdaClient, db: Session
) -> None:
    picture_of_mine = uploaded(customer)
    path = f"{PATH}/{picture_of_mine['id']}"
    assert staff.delete(path).status == 204
    assert [customer.get(path).status, customer.delete(path).status] == [404, 404]
    assert customer.get(PATH).json()["items"] == []


def test_a_token_of_an_account_that_is_gone_uploads_nothing(
    guest: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    gone = identity.user(db)
    client = guest.signed_in(signing_key.authorization(gone))
    db.delete(gone)
    db.commit()
    assert send_form(client, ("a.jpg", "image/jpeg", picture())).status == 401
    assert stored() == []
