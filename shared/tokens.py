"""Verifying what callers present: access tokens (RFC 9068 in spirit), and small tokens that we signed ourselves."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared import keys, settings
from shared.errors import InvalidTokenError
from shared.permissions import Permission, Role, granted

ALGORITHM: Final = "ES256"
LEEWAY_SECONDS: Final = 5
_REQUIRED_CLAIMS: Final = ["sub", "sid", "roles", "iat", "exp", "iss", "aud", "jti"]
_MAC_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Principal:
    """Who calls: a user in a session, with roles."""

    user_id: UUID
    session_id: UUID
    roles: frozenset[Role]

    @property
    def permissions(self) -> frozenset[Permission]:
        return granted(self.roles)


def verify_access_token(token: str) -> Principal:
    """The caller that the token names. Raises InvalidTokenError for anything but a valid, current token of ours.

    The algorithm is pinned, and the key is chosen by our own table: `none`, HMAC with a public key and embedded keys
    (RFC 8725, section 2) find nothing to work with.
    """
    import jwt

    try:
        key = keys.public_key(str(jwt.get_unverified_header(token).get("kid", "")))
        if key is None:
            raise InvalidTokenError
        configuration = settings.common()
        claims = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=configuration.jwt_audience,
            issuer=configuration.jwt_issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": _REQUIRED_CLAIMS},
        )
        roles = frozenset(Role(role) for role in claims["roles"])
        return Principal(UUID(claims["sub"]), UUID(claims["sid"]), roles)
    except jwt.ExpiredSignatureError as error:
        raise InvalidTokenError("The access token has expired") from error
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise InvalidTokenError from error


def sign(purpose: str, payload: bytes) -> str:
    """A URL-safe token of `payload` that only we can have made, for one purpose (a service key's name)."""
    mac = hmac.digest(keys.service_key(purpose), payload, hashlib.sha256)[:_MAC_BYTES]
    return base64.urlsafe_b64encode(mac + payload).rstrip(b"=").decode()


def digest(purpose: str, value: bytes) -> bytes:
    """What stands for `value` where it must not be read, nor found out by trying: its keyed hash, for one purpose."""
    return hmac.digest(keys.service_key(purpose), value, hashlib.sha256)[:_MAC_BYTES]


def unsign(purpose: str, token: str) -> bytes | None:
    """What `sign` was given, or None where the token was not made by it for this purpose."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    mac, payload = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
    expected = hmac.digest(keys.service_key(purpose), payload, hashlib.sha256)[:_MAC_BYTES]
    return payload if hmac.compare_digest(mac, expected) else None
