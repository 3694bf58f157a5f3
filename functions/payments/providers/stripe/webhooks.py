"""Stripe's webhook signatures, with the standard library only (the `stripe` library costs the ingest its INIT bar).

The scheme is Stripe's, "Verify webhook signatures manually": https://docs.stripe.com/webhooks#verify-manually. What is
accepted equals what `stripe.WebhookSignature.verify_header` accepts (tests compare them), except that a timestamp in
the future is held to the same tolerance as one in the past.
"""

from __future__ import annotations

import hashlib
import hmac

from functions.payments.providers.webhooks import SignatureError, WrongSignatureError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

TOLERANCE_SECONDS = 300
_HEADER = "stripe-signature"
_SCHEME = "v1"


class StripeWebhooks:
    """Stripe's scheme, as the ingest uses it."""

    def __init__(self) -> None:
        self.arn_variable = "STRIPE_WEBHOOK_SECRET_ARN"
        self.accepted = {"received": True}

    def check_form(self, headers: Mapping[str, str]) -> None:
        parse(headers.get(_HEADER))

    def verify(self, body: bytes, headers: Mapping[str, str], secrets: Iterable[str], *, now: float) -> None:
        verify(body, headers.get(_HEADER), secrets, now=now)

    def identify(self, event: Any) -> tuple[str, str] | None:
        if not isinstance(event, dict) or not all(isinstance(event.get(name), str) for name in ("id", "type")):
            return None
        return event["id"], event["type"]


SCHEME = StripeWebhooks()


def verify(body: bytes, header: str | None, secrets: Iterable[str], *, now: float) -> None:
    """Raises SignatureError unless `header` (`Stripe-Signature`) proves that one of `secrets` signed `body` lately.

    `now` is in epoch seconds.
    """
    timestamp, signatures = parse(header)
    signed = b"%d.%s" % (timestamp, body)
    candidates = [signature.encode() for signature in signatures]
    proven = False
    for secret in secrets:
        if not secret.strip():
            continue  # an empty secret would let everybody sign
        expected = hmac.digest(secret.encode(), signed, hashlib.sha256).hex().encode()
        for signature in candidates:
            proven |= hmac.compare_digest(expected, signature)
    if not proven:
        raise WrongSignatureError("The signature does not match the body")
    if abs(now - timestamp) > TOLERANCE_SECONDS:
        raise SignatureError("The signature's timestamp is too far from now")


def parse(header: str | None) -> tuple[int, list[str]]:
    """The timestamp and the `v1` signatures of `t=1492774577,v1=5257a8...,v1=...,v0=...`. Raises SignatureError."""
    if not header:
        raise SignatureError("There is no Stripe-Signature header")
    items = [item.split("=", 2) for item in header.split(",")]
    try:
        timestamps = [item[1] for item in items if item[0] == "t"]
        timestamp = int(timestamps[0])
        signatures = [item[1] for item in items if item[0] == _SCHEME]
    except (IndexError, ValueError) as error:
        raise SignatureError("The Stripe-Signature header is malformed") from error
    if not signatures:
        raise SignatureError("The Stripe-Signature header has no v1 signature")
    return timestamp, signatures
