"""Objects are read from buckets as CloudFront does."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.local.aws.bucket_files import BucketFiles
from tests.support.loops import run

IMMUTABLE = "public, max-age=31536000, immutable"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket="pictures")
        yield client


def test_an_object_is_read_as_it_was_stored(s3: Any) -> None:
    s3.put_object(
        Bucket="pictures", Key="media/a b.webp", Body=b"RIFF", ContentType="image/webp", CacheControl="max-age=9"
    )
    answer = run(BucketFiles(s3).read("pictures", "media/a b.webp"))
    headers = dict(answer.headers)
    assert (answer.status, answer.body) == (200, b"RIFF")
    assert (headers[b"content-type"], headers[b"cache-control"]) == (b"image/webp", b"max-age=9")
    assert headers[b"etag"]


def test_what_is_not_there_is_denied_as_to_all_who_may_not_list_a_bucket(s3: Any) -> None:
    assert run(BucketFiles(s3).read("pictures", "media/none")).status == 403


def test_a_file_whose_name_stands_for_its_content_is_read_once(s3: Any) -> None:
    files = BucketFiles(s3)
    for key, lifetime in (("assets/a.js", IMMUTABLE), ("index.html", "max-age=0")):
        s3.put_object(Bucket="pictures", Key=key, Body=b"old", CacheControl=lifetime)
        assert run(files.read("pictures", key, keep=True)).body == b"old"
        s3.put_object(Bucket="pictures", Key=key, Body=b"new", CacheControl=lifetime)
    assert run(files.read("pictures", "assets/a.js", keep=True)).body == b"old"
    assert run(files.read("pictures", "index.html", keep=True)).body == b"new"


def test_a_picture_that_is_taken_away_is_gone_at_once(s3: Any) -> None:
    files = BucketFiles(s3)
    s3.put_object(Bucket="pictures", Key="media/a.webp", Body=b"RIFF", CacheControl=IMMUTABLE)
    assert run(files.read("pictures", "media/a.webp")).status == 200
    s3.delete_object(Bucket="pictures", Key="media/a.webp")
    assert run(files.read("pictures", "media/a.webp")).status == 403
