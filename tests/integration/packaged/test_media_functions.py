"""Uploads, pictures and their end, in the packages that a deployment takes."""

from __future__ import annotations

import base64
import io
import json

import boto3
from PIL import Image
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.contexts.media.models import MediaFile
from tests.factories import identity
from tests.integration.packaged.packaged_function import PackagedFunctions, sample
from tests.support.cloud import MEDIA_BUCKET, Cloud
from tests.support.pictures import arrival, photo_with_a_place, post_form
from tests.support.tokens import TestSigningKey


def test_a_picture_is_asked_for_made_fit_to_be_shown_and_removed_when_nothing_shows_it(
    functions: PackagedFunctions, db: Session, signing_key: TestSigningKey, aws: Cloud
) -> None:
    photo = photo_with_a_place(orientation=6)
    event = sample("media.api")
    event["headers"] |= {**signing_key.authorization(identity.user(db)), "content-type": "application/json"}
    listed = functions("media.api", event)
    assert json.loads(base64.b64decode(listed["body"]) if listed["isBase64Encoded"] else listed["body"])["items"] == []

    event["requestContext"]["http"] |= {"method": "POST", "path": "/api/v1/media/uploads"}
    event["rawPath"] = "/api/v1/media/uploads"
    event["body"] = json.dumps(
        {"filename": "pot.jpg", "content_type": "image/jpeg", "size": len(photo), "purpose": "review"}
    )
    answer = functions("media.api", event)
    assert answer["statusCode"] == 201, answer
    asked = json.loads(base64.b64decode(answer["body"]) if answer["isBase64Encoded"] else answer["body"])
    assert post_form(asked["upload"], photo) == 204

    media_id = asked["media"]["id"]
    assert functions("media.process_image", arrival(media_id)) == {"media": [{"media_id": media_id, "status": "ready"}]}
    assert "PIL" in functions.imported["media.process_image"]
    assert [published["detail-type"] for published in aws.published()] == ["MediaReady"]
    row = db.query(MediaFile).one()
    assert (row.status, row.width, row.height) == ("ready", 400, 640)
    s3 = boto3.client("s3")
    for variant in row.variants:
        body = s3.get_object(Bucket=MEDIA_BUCKET, Key=variant["url"].partition("8000/")[2])["Body"].read()
        assert Image.open(io.BytesIO(body)).get_format_mimetype() == variant["content_type"]

    assert functions("media.remove_unused", sample("media.remove_unused"))["expired"] == 0
    db.execute(text("UPDATE media_files SET remove_after = now()"))
    db.commit()
    assert functions("media.remove_unused", sample("media.remove_unused")) == {
        "expired": 1, "purged": 1, "orphans": 0
    }  # fmt: skip
    assert "Contents" not in s3.list_objects_v2(Bucket=MEDIA_BUCKET)
