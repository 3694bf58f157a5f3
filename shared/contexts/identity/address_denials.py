"""Links by which somebody says that an address is theirs and an account with it is not.

The token holds the account's id, a digest of the address and an end, signed: no row is needed for a link that most
people never use, and the address itself is not in it.
"""

from __future__ import annotations

import hashlib
import struct
import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared import tokens

LIFETIME_SECONDS: Final = 30 * 24 * 3600

_PURPOSE: Final = "address-denial"
_PAYLOAD: Final = struct.Struct(">16s16sI")
"""The account's id, the address's digest, the end in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Denial:
    """Whose address is denied to which account."""

    user_id: UUID
    address_digest: bytes

    def is_about(self, email: str) -> bool:
        """Whether it is this address."""
        return self.address_digest == _digest(email)


def encode(user_id: UUID, email: str) -> str:
    """The token of a link in a mail to this address about this account; good for LIFETIME_SECONDS from now on."""
    return tokens.sign(_PURPOSE, _PAYLOAD.pack(user_id.bytes, _digest(email), int(time.time()) + LIFETIME_SECONDS))


def decode(token: str) -> Denial | None:
    """What the token says; None where we did not make it for this, or it is too old."""
    payload = tokens.unsign(_PURPOSE, token)
    if payload is None or len(payload) != _PAYLOAD.size:
        return None
    user_id, digest, ends_at = _PAYLOAD.unpack(payload)
    return Denial(UUID(bytes=user_id), digest) if ends_at > time.time() else None


def _digest(email: str) -> bytes:
    return hashlib.sha256(email.lower().encode()).digest()[:16]
