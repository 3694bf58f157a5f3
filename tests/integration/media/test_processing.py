"""What arrives in the bucket is looked at: ready or rejected, once, whatever is delivered twice or crashes."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import signal
import uuid
from pathlib import Path
from typing import Any

import boto3
import pytest
from PIL import Image
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.media.domain.imaging import rendering
from functions.media.errors import ProcessingInProgressError
from functions.media.service import processing
from shared.clients import database, storage
from shared.contexts.media.models import MediaFile
from tests.support.cloud import MEDIA_BUCKET, Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import Context, LambdaClient
from tests.support.pictures import arrival, ask, photo_with_a_place, picture, post_form, uploaded, work

PATH = "/api/v1/media"


def stored(prefix: str = "") -> list[str]:
    listed = boto3.client("s3").list_objects_v2(Bucket=MEDIA_BUCKET, Prefix=prefix)
    return [entry["Key"] for entry in listed.get("Contents", [])]


def brought(client: LambdaClient, content: bytes, **changed: Any) -> str:
    """An upload whose file is there and was not looked at yet."""
    asked = ask(client, content, **changed).json()
    assert post_form(asked["upload"], content) == 204
    return str(asked["media"]["id"])


def object_at(url: str) -> dict[str, Any]:
    """What is behind a public address."""
    found: dict[str, Any] = boto3.client("s3").get_object(  # type: ignore[assignment]
        Bucket=MEDIA_BUCKET, Key=url.removeprefix("http://127.0.0.1:8000/")
    )
    return found


def test_a_picture_becomes_ready_and_is_told(customer: LambdaClient, aws: Cloud) -> None:
    media = uploaded(customer, picture(640, 400))
    assert (media["status"], media["reason"], media["width"], media["height"]) == ("ready", None, 640, 400)
    assert len(media["blurhash"]) == 28
    assert [(v["name"], v["content_type"]) for v in media["variants"]] == [
        (name, kind) for name in ("thumbnail", "small", "medium") for kind in ("image/webp", "image/avif")
    ]
    assert media["url"] == media["variants"][-2]["url"]
    assert media["url"].startswith(f"http://127.0.0.1:8000/media/{media['id']}/")
    [told] = [event for event in aws.published() if event["detail-type"] == "MediaReady"]
    assert told["detail"]["data"] == {
        "media_id": media["id"], "purpose": "review", "url": media["url"], "width": 640, "height": 400
    }  # fmt: skip


def test_every_variant_is_where_it_is_said_to_be_and_kept_for_a_year(customer: LambdaClient) -> None:
    media = uploaded(customer)
    for variant in media["variants"]:
        found = object_at(variant["url"])
        body = found["Body"].read()
        assert (found["ContentType"], len(body)) == (variant["content_type"], variant["bytes"])
        assert found["CacheControl"] == "public, max-age=31536000, immutable"
        assert Image.open(io.BytesIO(body)).size == (variant["width"], variant["height"])
    assert len(stored("media/")) == len(media["variants"])


def test_nothing_of_the_original_is_kept_where_it_was_taken_least_of_all(customer: LambdaClient) -> None:
    media = uploaded(customer, photo_with_a_place())
    assert stored("uploads/") == []
    for variant in media["variants"]:
        assert b"SecretCamera" not in object_at(variant["url"])["Body"].read()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html><script>alert(1)</script></html>", "not_an_image"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not_an_image"),
        (picture()[:2000], "damaged"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_rejected_and_told(
    customer: LambdaClient, aws: Cloud, content: bytes, reason: str
) -> None:
    media = uploaded(customer, content, filename="innocent.jpg")
    assert (media["status"], media["reason"], media["url"], media["variants"]) == ("rejected", reason, None, [])
    assert stored() == []
    [told] = [event for event in aws.published() if event["detail-type"] == "MediaRejected"]
    assert told["detail"]["data"] == {"media_id": media["id"], "purpose": "review", "reason": reason}


def test_a_picture_is_taken_for_what_it_is_whatever_was_announced(customer: LambdaClient) -> None:
    assert uploaded(customer, picture(format_name="PNG"), content_type="image/webp")["status"] == "ready"


def test_a_file_of_another_size_than_announced_is_rejected(customer: LambdaClient) -> None:
    media_id = ask(customer, picture()).json()["media"]["id"]
    storage.put(MEDIA_BUCKET, f"uploads/{media_id}", picture() + b"more", content_type="image/jpeg")
    work(media_id)
    assert customer.get(f"{PATH}/{media_id}").json()["reason"] == "size_differs"


def test_a_file_that_is_too_large_is_rejected_unread(customer: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processing, "MAX_FILE_BYTES", 100)
    media_id = brought(customer, picture())
    work(media_id)
    assert customer.get(f"{PATH}/{media_id}").json()["reason"] == "too_large"


def test_a_notification_that_comes_again_changes_nothing(customer: LambdaClient, aws: Cloud) -> None:
    media = uploaded(customer)
    before = stored()
    aws.published()
    assert work(media["id"]) == {"media": []}
    assert customer.get(f"{PATH}/{media['id']}").json() == media
    assert (stored(), aws.published()) == (before, [])


def test_two_workers_at_once_make_one_picture_of_it(customer: LambdaClient, aws: Cloud, db: Session) -> None:
    media_id = brought(customer, picture())

    def contend(_: int) -> str | None:
        try:
            return processing.run(uuid.UUID(media_id), bucket=MEDIA_BUCKET, key=f"uploads/{media_id}")
        except ProcessingInProgressError:
            return "later"

    outcomes = at_once(3, contend)
    assert outcomes.count("ready") == 1
    assert set(outcomes) <= {"ready", "later", None}
    events = db.execute(text("SELECT count(*) FROM outbox_events WHERE type = 'MediaReady'")).scalar_one()
    assert events == 1


def test_a_worker_that_is_killed_in_the_middle_is_followed_by_another(
    customer: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = brought(customer, picture())
    write = storage.put

    def die_after_the_first(*arguments: Any, **options: Any) -> None:
        write(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    database.close()
    with monkeypatch.context() as patch:
        patch.setattr(storage, "put", die_after_the_first)
        process = multiprocessing.get_context("fork").Process(target=work, args=(media_id,))
        process.start()
        process.join(30)
    assert process.exitcode == -signal.SIGKILL
    assert len(stored("media/")) == 1

    with pytest.raises(ProcessingInProgressError):
        work(media_id)
    db.execute(text("UPDATE media_files SET claimed_until = now()"))
    db.commit()
    assert work(media_id) == {"media": [{"media_id": media_id, "status": "ready"}]}
    media = customer.get(f"{PATH}/{media_id}").json()
    assert len(stored("media/")) == len(media["variants"])


def test_a_store_that_fails_is_tried_again(
    customer: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = brought(customer, picture())

    def fail(*_arguments: Any, **_options: Any) -> None:
        raise OSError("the store does not answer")

    with monkeypatch.context() as patch:
        patch.setattr(storage, "put", fail)
        with pytest.raises(OSError, match="does not answer"):
            work(media_id)
    assert customer.get(f"{PATH}/{media_id}").json()["status"] == "processing"
    assert stored("uploads/") == [f"uploads/{media_id}"]


def test_a_picture_that_is_deleted_while_it_is_made_is_not_told_of(
    customer: LambdaClient, aws: Cloud, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = brought(customer, picture())
    render = rendering.render

    def delete_meanwhile(content: bytes) -> Any:
        assert customer.delete(f"{PATH}/{media_id}").status == 204
        return render(content)

    monkeypatch.setattr(rendering, "render", delete_meanwhile)
    assert work(media_id) == {"media": []}
    assert not [event for event in aws.published() if event["detail-type"].startswith("Media")]
    assert db.query(MediaFile.status).scalar() == "processing"


@pytest.mark.parametrize(
    "key",
    ["uploads/0199c0de-0000-7000-8000-000000000001", "uploads/evil.html", "uploads/../media/x", "uploads/a/b"],
)
def test_an_object_that_no_upload_brought_is_removed(customer: LambdaClient, key: str) -> None:
    from functions.media.handlers.process_image import handler

    storage.put(MEDIA_BUCKET, key, b"<html></html>", content_type="text/html")
    assert handler(arrival("", key), Context()) == {"media": []}  # type: ignore[arg-type]
    assert stored() == []


def test_the_sample_of_the_notification_is_understood(customer: LambdaClient, aws: Cloud) -> None:
    from functions.media.handlers.process_image import handler

    event = json.loads(Path("events/media/process_image.json").read_text())
    event["Records"][0]["s3"]["bucket"]["name"] = MEDIA_BUCKET
    assert handler(event, Context()) == {"media": []}  # type: ignore[arg-type]
