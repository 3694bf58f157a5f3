"""Links by which somebody without credentials fetches or stores one S3 object, for a while.

Signed with the standard library: making a link calls nobody, and boto3's import costs more than the rest of a request.
A link is good no longer than the credentials that it is signed with.
S3 API reference, "Authenticating Requests: Using Query Parameters" and "Authenticating Requests: Using HTTP POST".
"""

from __future__ import annotations

import base64
import json
import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from shared.clients import aws_signature

_SERVICE = "s3"


@dataclass(frozen=True, slots=True)
class UploadForm:
    """Where to POST a file as multipart/form-data: these fields first, the part `file` last."""

    url: str
    fields: dict[str, str]


def download_link(bucket: str, key: str, *, seconds: int, file_name: str, now: float | None = None) -> str:
    """A link that a browser saves the object from, under this name, and never shows as a page.

    `now` is epoch seconds. Raises what `aws_signature.credentials` raises.
    """
    given, stamp, region = _signer(now)
    base, host, path = _address(bucket, key)
    query = {
        "X-Amz-Algorithm": aws_signature.ALGORITHM,
        "X-Amz-Credential": f"{given.key_id}/{aws_signature.scope(stamp, region, _SERVICE)}",
        "X-Amz-Date": stamp,
        "X-Amz-Expires": str(seconds),
        "X-Amz-SignedHeaders": "host",
        "response-content-disposition": f"attachment; filename*=UTF-8''{quote(file_name, safe='')}",
        **({"X-Amz-Security-Token": given.token} if given.token else {}),
    }
    text = "&".join(f"{name}={quote(value, safe='-_.~')}" for name, value in sorted(query.items()))
    canonical = f"GET\n{path}\n{text}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
    signature = aws_signature.signature(
        given.secret, stamp=stamp, region=region, service=_SERVICE, canonical_request=canonical
    )
    return f"{base}{path}?{text}&X-Amz-Signature={signature}"


def upload_form(
    bucket: str, key: str, *, seconds: int, content_type: str, size: int, now: float | None = None
) -> UploadForm:
    """A form that stores one file of just this type and size (bytes) under this key; otherwise as `download_link`."""
    given, stamp, region = _signer(now)
    base, _, path = _address(bucket, "")
    ends = datetime.fromtimestamp((time.time() if now is None else now) + seconds, UTC)
    fields = {
        "Content-Type": content_type,
        "key": key,
        "x-amz-algorithm": aws_signature.ALGORITHM,
        "x-amz-credential": f"{given.key_id}/{aws_signature.scope(stamp, region, _SERVICE)}",
        "x-amz-date": stamp,
        **({"x-amz-security-token": given.token} if given.token else {}),
    }
    conditions = [{"bucket": bucket}, ["content-length-range", size, size], *({name: fields[name]} for name in fields)]
    document = {"expiration": ends.strftime("%Y-%m-%dT%H:%M:%SZ"), "conditions": conditions}
    policy = base64.b64encode(json.dumps(document).encode()).decode()
    signature = aws_signature.sign(given.secret, policy, stamp=stamp, region=region, service=_SERVICE)
    return UploadForm(base + path, {**fields, "policy": policy, "x-amz-signature": signature})


def _signer(now: float | None) -> tuple[aws_signature.Credentials, str, str]:
    stamp = aws_signature.timestamp(time.time() if now is None else now)
    return aws_signature.credentials(), stamp, os.environ["AWS_REGION"]


def _address(bucket: str, key: str) -> tuple[str, str, str]:
    """Scheme with host, host, and path of an object. AWS_ENDPOINT_URL leads elsewhere, as it does for boto3."""
    elsewhere = os.environ.get("AWS_ENDPOINT_URL")
    if elsewhere:
        parts = urlsplit(elsewhere)
        return f"{parts.scheme}://{parts.netloc}", parts.netloc, f"/{bucket}/{quote(key, safe='/-_.~')}"
    region = os.environ["AWS_REGION"]
    domain = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    host = f"{bucket}.s3.{region}.{domain}"
    return f"https://{host}", host, f"/{quote(key, safe='/-_.~')}"
