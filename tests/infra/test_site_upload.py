"""The built site gets into its bucket, and what an earlier build left there may expire."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.site_upload.handler import lifetime, upload

BUCKET = "site"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "local")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "local")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        client = boto3.client("s3", region_name="us-east-1")
        client.create_bucket(Bucket=BUCKET)
        client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield client


def site(folder: Path, *files: str) -> Path:
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def tags(s3: Any, key: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = s3.get_object_tagging(Bucket=BUCKET, Key=key)["TagSet"]
    return found


def test_the_bucket_holds_every_file_with_its_type_and_the_configuration(s3: Any, tmp_path: Path) -> None:
    built = site(tmp_path, "index.html", "assets/a.js", "admin/index.html", "manifest.webmanifest")
    assert upload(s3, BUCKET, built, {"stripe_script": "/x"}) == {"written": 5, "superseded": 0}
    shell = s3.get_object(Bucket=BUCKET, Key="admin/index.html")
    assert (shell["ContentType"], shell["Body"].read()) == ("text/html; charset=utf-8", b"admin/index.html")
    assert s3.get_object(Bucket=BUCKET, Key="manifest.webmanifest")["ContentType"] == "application/manifest+json"
    assert json.load(s3.get_object(Bucket=BUCKET, Key="config.json")["Body"]) == {"stripe_script": "/x"}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("assets/index-4f.js", "immutable"),
        ("admin/assets/index-4f.css", "immutable"),
        ("index.html", "max-age=0, s-maxage=60, must-revalidate"),
        ("fallback.html", "no-store"),
        ("en/fallback.html", "no-store"),
        ("config.json", "max-age=60"),
        ("theme.js", "max-age=60"),
        ("favicon.ico", "max-age=86400"),
    ],
)
def test_what_stays_at_its_address_is_asked_for_again(key: str, said: str) -> None:
    assert said in lifetime(key)


def test_what_a_new_build_does_not_have_stays_and_its_age_begins_anew(s3: Any, tmp_path: Path) -> None:
    upload(s3, BUCKET, site(tmp_path / "first", "index.html", "assets/old.js"), {})
    before = s3.head_object(Bucket=BUCKET, Key="assets/old.js")["VersionId"]
    second = site(tmp_path / "second", "index.html", "assets/new.js")
    assert upload(s3, BUCKET, second, {})["superseded"] == 1
    left = s3.get_object(Bucket=BUCKET, Key="assets/old.js")
    assert (left["Body"].read(), left["ContentType"]) == (b"assets/old.js", "text/javascript; charset=utf-8")
    assert left["VersionId"] != before  # S3 counts days from the writing of an object
    assert tags(s3, "assets/old.js") == [{"Key": "build", "Value": "superseded"}]
    assert tags(s3, "assets/new.js") == tags(s3, "index.html") == []
    assert upload(s3, BUCKET, second, {})["superseded"] == 0, "no third life"


def test_a_file_that_comes_back_is_superseded_no_more(s3: Any, tmp_path: Path) -> None:
    first = site(tmp_path / "first", "assets/a.js")
    upload(s3, BUCKET, first, {})
    upload(s3, BUCKET, site(tmp_path / "second", "assets/b.js"), {})
    upload(s3, BUCKET, first, {})
    assert tags(s3, "assets/a.js") == []
