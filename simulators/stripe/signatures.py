"""Webhook signatures: https://docs.stripe.com/webhooks#verify-manually."""

import hashlib
import hmac
from collections.abc import Sequence


def signature_header(payload: str, timestamp: int, secrets: Sequence[str]) -> str:
    """The `Stripe-Signature` of a payload: one `v1` for each secret, and the `v0` of test mode that proves nothing."""
    signed = f"{timestamp}.{payload}".encode()
    parts = [f"t={timestamp}"]
    parts += [f"v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}" for secret in secrets]
    parts.append(f"v0={hashlib.sha256(signed).hexdigest()}")
    return ",".join(parts)
