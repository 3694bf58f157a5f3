"""The private keys in Secrets Manager: one that signs, and the next one."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from functions.identity.settings import IdentitySettings
from shared import settings
from shared.clients import secrets
from shared.tokens import ALGORITHM

Jwk: TypeAlias = dict[str, Any]

_PUBLIC_MEMBERS: Final = ("kty", "crv", "x", "y")


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """Two private JWKs with their `kid`, and since when the first one signs."""

    signing: Jwk
    standby: Jwk
    signing_since: datetime

    @property
    def key_ids(self) -> list[str]:
        return [self.signing["kid"], self.standby["kid"]]


def read(*, fresh: bool = False) -> KeyRing | None:
    """The keys, at most five minutes old, or as they are now with `fresh`; None before the first rotation.

    An empty secret is never read from the cache: it may be filled after this process started.
    """
    arn = settings.load(IdentitySettings).signing_keys_secret_arn
    document = secrets.read(arn, fresh=fresh)
    if not document and not fresh:
        document = secrets.read(arn, fresh=True)
    if not document:
        return None
    return KeyRing(document["signing"], document["standby"], datetime.fromisoformat(document["signing_since"]))


def write(ring: KeyRing) -> None:
    """Replace the keys; other processes see it when their copy is five minutes old."""
    secrets.write(
        settings.load(IdentitySettings).signing_keys_secret_arn,
        {
            "signing": ring.signing,
            "standby": ring.standby,
            "signing_since": ring.signing_since.astimezone(UTC).isoformat(),
        },
    )


def make_key() -> Jwk:
    """A new private P-256 key; its `kid` is its thumbprint (RFC 7638)."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from jwt.algorithms import ECAlgorithm

    key: Jwk = dict(ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()), as_dict=True))
    members = {name: key[name] for name in sorted(_PUBLIC_MEMBERS)}
    digest = hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).digest()
    return {**key, "kid": base64.urlsafe_b64encode(digest).rstrip(b"=").decode()}


def public_half(key: Jwk) -> Jwk:
    """The public JWK: named members only, so that no private one can be left in."""
    return {**{name: key[name] for name in _PUBLIC_MEMBERS}, "kid": key["kid"], "alg": ALGORITHM, "use": "sig"}
