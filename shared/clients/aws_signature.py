"""AWS Signature Version 4 with the standard library, and the credentials that Lambda hands to a function.

The IAM user guide, "Create a signed AWS API request", is the reference; tests compare with botocore, whose import costs
more than most functions do in all of INIT.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import time
from urllib.parse import quote, urlsplit

from shared import process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

ALGORITHM = "AWS4-HMAC-SHA256"
TIMEOUT_SECONDS = 2.0
_RENEW_BEFORE_SECONDS = 300.0
_TOKEN_LIFETIME_SECONDS = 900  # RDS takes no older ones

_fetched: tuple[float, Credentials] | None = None


class Credentials:
    """What requests are signed with; `token` is empty for long-term ones."""

    __slots__ = ("key_id", "secret", "token")

    def __init__(self, key_id: str, secret: str, token: str) -> None:
        self.key_id = key_id
        self.secret = secret
        self.token = token


def credentials() -> Credentials:
    """The function's credentials.

    Lambda puts them into the environment. With SnapStart, whose environments outlive them, it names an address that
    gives the current ones instead (Lambda guide, "AWS_CONTAINER_CREDENTIALS_FULL_URI"). Raises OSError and
    http.client.HTTPException where that does not answer, KeyError where there are none at all.
    """
    if "AWS_ACCESS_KEY_ID" in os.environ:
        environment = os.environ
        return Credentials(
            environment["AWS_ACCESS_KEY_ID"],
            environment["AWS_SECRET_ACCESS_KEY"],
            environment.get("AWS_SESSION_TOKEN", ""),
        )
    global _fetched  # noqa: PLW0603 - one set of credentials per process
    if _fetched is None or _fetched[0] - time.time() < _RENEW_BEFORE_SECONDS:
        _fetched = _fetch(os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"])
    return _fetched[1]


def reset() -> None:
    """Fetch credentials again at the next use (after a snapshot is restored)."""
    global _fetched  # noqa: PLW0603
    _fetched = None


process.on_reset(reset, before_snapshot=True)


def _fetch(address: str) -> tuple[float, Credentials]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=TIMEOUT_SECONDS)
    try:
        headers = {"Authorization": os.environ.get("AWS_CONTAINER_AUTHORIZATION_TOKEN", "")}
        connection.request("GET", parts.path or "/", headers=headers)
        answer = connection.getresponse()
        if answer.status != 200:
            raise OSError(f"no credentials: status {answer.status}")
        document = json.loads(answer.read())
    finally:
        connection.close()
    found = Credentials(document["AccessKeyId"], document["SecretAccessKey"], document.get("Token", ""))
    return _epoch_seconds(document["Expiration"]), found


def _epoch_seconds(moment: str) -> float:
    from datetime import datetime

    return datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp()


def timestamp(now: float) -> str:
    """Epoch seconds as signatures spell them; the first eight characters are the day."""
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now))


def scope(stamp: str, region: str, service: str) -> str:
    """What a signature is good for."""
    return f"{stamp[:8]}/{region}/{service}/aws4_request"


def signature(secret: str, *, stamp: str, region: str, service: str, canonical_request: str) -> str:
    """The signature, in hexadecimal digits."""
    digest = hashlib.sha256(canonical_request.encode()).hexdigest()
    to_sign = f"{ALGORITHM}\n{stamp}\n{scope(stamp, region, service)}\n{digest}"
    return sign(secret, to_sign, stamp=stamp, region=region, service=service)


def sign(secret: str, to_sign: str, *, stamp: str, region: str, service: str) -> str:
    """`to_sign` under the key of that day, region and service, in hexadecimal digits."""
    key = f"AWS4{secret}".encode()
    for part in (stamp[:8], region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), hashlib.sha256)
    return hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


def database_token(*, host: str, port: int, user: str, region: str, now: float | None = None) -> str:
    """The password of RDS's IAM authentication: a signed request, without its scheme, good for 15 minutes.

    `now` is epoch seconds. Raises what `credentials` raises.
    """
    given = credentials()
    stamp = timestamp(time.time() if now is None else now)
    parameters: Mapping[str, str] = {
        "Action": "connect",
        "DBUser": user,
        "X-Amz-Algorithm": ALGORITHM,
        "X-Amz-Credential": f"{given.key_id}/{scope(stamp, region, 'rds-db')}",
        "X-Amz-Date": stamp,
        "X-Amz-Expires": str(_TOKEN_LIFETIME_SECONDS),
        **({"X-Amz-Security-Token": given.token} if given.token else {}),
        "X-Amz-SignedHeaders": "host",
    }
    query = "&".join(f"{name}={quote(value, safe='-_.~')}" for name, value in sorted(parameters.items()))
    nothing = hashlib.sha256(b"").hexdigest()
    canonical = f"GET\n/\n{query}\nhost:{host}:{port}\n\nhost\n{nothing}"
    signed = signature(given.secret, stamp=stamp, region=region, service="rds-db", canonical_request=canonical)
    return f"{host}:{port}/?{query}&X-Amz-Signature={signed}"
