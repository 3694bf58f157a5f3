"""Lambda authorizer of the HTTP API: lets requests through that came by CloudFront, which alone knows the secret.

The gateway asks once per secret and five minutes, and refuses requests without the header by itself. A package of its
own, of this one file: boto3 is what Lambda's runtime brings.
"""

from __future__ import annotations

import hmac
import os
import time
from typing import Any

import boto3

# As long as the gateway keeps an answer.
SECRETS_LIVE_SECONDS = 300.0


class OriginSecrets:
    """The secrets that are accepted (two while one is replaced), read by their names and kept for a while."""

    def __init__(self, names: list[str]) -> None:
        self._client = boto3.client("secretsmanager")
        self._names = names
        self._values: list[bytes] = []
        self._read_at = float("-inf")

    def know(self, sent: str) -> bool:
        """Whether `sent` is one of them, told in the same time whatever it is."""
        if time.monotonic() - self._read_at > SECRETS_LIVE_SECONDS:
            read = [self._client.get_secret_value(SecretId=name)["SecretString"] for name in self._names]
            self._values = [value.encode() for value in read]
            self._read_at = time.monotonic()
        matches = [hmac.compare_digest(sent.encode(), value) for value in self._values]
        return any(matches)


SECRETS = OriginSecrets(os.environ["ORIGIN_SECRETS"].split(","))


def handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """An authorizer event (payload 2.0, simple answers) in; whether the request may pass out. Functions are told that
    it came by CloudFront, whose headers they may believe then (`requestContext.authorizer.lambda`).
    """
    sent = event.get("identitySource") or [""]
    if SECRETS.know(str(sent[0])):
        return {"isAuthorized": True, "context": {"origin": "cloudfront"}}
    return {"isAuthorized": False}
