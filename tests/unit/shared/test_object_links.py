"""Links to objects against botocore's."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.session import Session

from shared.clients import aws_signature
from shared.clients.object_links import download_link, upload_form

NOW = 1_790_000_000
MOMENT = datetime.fromtimestamp(NOW, UTC).replace(tzinfo=None)
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
TOKEN = "IQoJb3JpZ2luX2VjEB/+=="


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in {**KEYS, "AWS_REGION": "eu-central-1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    aws_signature.reset()
    yield
    aws_signature.reset()


@pytest.mark.parametrize("token", ["", TOKEN])
@pytest.mark.parametrize("elsewhere", ["", "http://127.0.0.1:5000"])
@pytest.mark.parametrize("file_name", ["pot.pdf", '说明 书&a=b/../c"d.pdf'])
def test_a_download_link_is_signed_as_botocore_signs(
    token: str, elsewhere: str, file_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", token)
    monkeypatch.setenv("AWS_ENDPOINT_URL", elsewhere)
    ours = download_link("downloads", "downloads/a b+c.bin", seconds=300, file_name=file_name, now=NOW)
    parts = urlsplit(ours)
    given = dict(parse_qsl(parts.query))
    plain = {"response-content-disposition": given["response-content-disposition"]}
    request = AWSRequest("GET", f"{parts.scheme}://{parts.netloc}{parts.path}", params=plain)
    credentials = Credentials(KEYS["AWS_ACCESS_KEY_ID"], KEYS["AWS_SECRET_ACCESS_KEY"], token or None)
    with patch("botocore.auth.get_current_datetime", lambda: MOMENT):
        S3SigV4QueryAuth(credentials, "s3", "eu-central-1", expires=300).add_auth(request)
    assert given == dict(parse_qsl(urlsplit(request.url).query))
    assert parts.path.endswith("/downloads/a%20b%2Bc.bin")
    assert "\n" not in ours


@pytest.mark.parametrize("token", ["", TOKEN])
def test_an_upload_form_is_the_one_that_botocore_makes(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SESSION_TOKEN", token)
    ours = upload_form("files", "downloads/x", seconds=600, content_type="application/pdf", size=42, now=NOW)
    session = Session()
    session.set_credentials(KEYS["AWS_ACCESS_KEY_ID"], KEYS["AWS_SECRET_ACCESS_KEY"], token or None)
    config = Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
    with (
        patch("botocore.auth.get_current_datetime", lambda: MOMENT),
        patch("botocore.signers.get_current_datetime", lambda: MOMENT),
    ):
        theirs = session.create_client("s3", region_name="eu-central-1", config=config).generate_presigned_post(
            "files",
            "downloads/x",
            Fields={"Content-Type": "application/pdf"},
            Conditions=[["content-length-range", 42, 42], {"Content-Type": "application/pdf"}],
            ExpiresIn=600,
        )
    assert set(ours.fields) == set(theirs["fields"])
    unsigned = set(ours.fields) - {"policy", "x-amz-signature"}
    assert {name: ours.fields[name] for name in unsigned} == {name: theirs["fields"][name] for name in unsigned}
    policy, wanted = (json.loads(base64.b64decode(fields["policy"])) for fields in (ours.fields, theirs["fields"]))
    assert policy["expiration"] == wanted["expiration"]
    assert sorted(map(str, policy["conditions"])) == sorted(map(str, wanted["conditions"]))
    signed = aws_signature.sign(
        KEYS["AWS_SECRET_ACCESS_KEY"],
        theirs["fields"]["policy"],
        stamp=aws_signature.timestamp(NOW),
        region="eu-central-1",
        service="s3",
    )
    assert signed == theirs["fields"]["x-amz-signature"]
    assert urlsplit(ours.url).netloc == "files.s3.eu-central-1.amazonaws.com"
