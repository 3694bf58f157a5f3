"""The gateway serves from buckets what CloudFront does."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.local.aws.bucket_files import BucketFiles, BucketPath, bucket_paths
from infra.local.aws.intrinsics import Assembly
from infra.local.aws.payload import Response
from tests.support.loops import run

DISTRIBUTION: dict[str, Any] = {
    "Type": "AWS::CloudFront::Distribution",
    "Properties": {
        "DistributionConfig": {
            "Origins": [
                {"Id": "api", "DomainName": "api.example", "CustomOriginConfig": {}},
                {
                    "Id": "bucket",
                    "DomainName": {
                        "Fn::Join": ["", ["media-", {"Ref": "AWS::AccountId"}, ".s3.eu-west-1.amazonaws.com"]]
                    },
                    "S3OriginConfig": {},
                },
            ],
            "CacheBehaviors": [
                {"PathPattern": "/docs/*", "TargetOriginId": "api"},
                {"PathPattern": "/media/*", "TargetOriginId": "bucket"},
            ],
        }
    },
}


def test_paths_of_buckets_are_those_of_the_distribution_that_have_a_bucket_behind_them() -> None:
    assembly = Assembly({"Front": {"Resources": {"Distribution": DISTRIBUTION}}}, {"cloud": "", "gateway": ""})
    assert bucket_paths(assembly) == [BucketPath("/media/", "media-123456789012")]


def ask(files: BucketFiles, path: str, method: str = "GET", **headers: str) -> Response:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return run(files.answer({"path": path, "method": method, "headers": sent}))


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="pictures")
        for key in ("media/a b.webp", "uploads/a.jpg"):
            s3.put_object(Bucket="pictures", Key=key, Body=b"RIFF", ContentType="image/webp", CacheControl="max-age=9")
        yield BucketFiles([BucketPath("/media/", "pictures")], s3)


def test_an_object_is_served_as_it_was_stored(files: BucketFiles) -> None:
    answer = ask(files, "/media/a b.webp")
    headers = dict(answer.headers)
    assert (answer.status, answer.body) == (200, b"RIFF")
    assert (headers[b"content-type"], headers[b"cache-control"]) == (b"image/webp", b"max-age=9")
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert ask(files, "/media/a b.webp", if_none_match=headers[b"etag"].decode()).status == 304
    head = ask(files, "/media/a b.webp", "HEAD")
    assert (head.status, head.body, dict(head.headers)[b"content-type"]) == (200, b"", b"image/webp")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/media/none"), ("POST", "/media/a b.webp"), ("GET", "/uploads/a.jpg")]
)
def test_all_else_is_denied(files: BucketFiles, method: str, path: str) -> None:
    assert ask(files, path, method).status == 403


def test_only_paths_of_buckets_are_served(files: BucketFiles) -> None:
    assert files.serves("/media/x")
    assert not files.serves("/api/v1/media")
    assert not files.serves("/mediation")
