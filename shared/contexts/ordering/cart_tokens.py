"""The token of a guest's cart: ordering issues it, and payments identifies the guest of a checkout by it.

Layout of what is signed: the cart's UUID (16 bytes), then its expiry (8 bytes, big-endian epoch seconds).
"""

from __future__ import annotations

import struct
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from shared import tokens
from shared.errors import ProblemError

if TYPE_CHECKING:  # workers use this module, too
    from starlette.requests import Request

HEADER: Final = "X-Cart-Token"
LIFETIME: Final = timedelta(hours=24)
"""Of a guest's cart and its token, from the last use."""

_PURPOSE: Final = "cart"
_LAYOUT: Final = struct.Struct(">16sQ")


class InvalidCartTokenError(ProblemError):
    """Not signed by us, or damaged on the way. (An authentic token that has expired is no error, see `CartToken`.)"""

    status, code, title = 400, "invalid_cart_token", "The cart token is not valid"


@dataclass(frozen=True, slots=True)
class CartToken:
    """A cart and its expiry. Callers decide what an expired token means: an empty cart, or no such checkout."""

    cart_id: UUID
    expires_at: datetime

    @property
    def is_expired(self) -> bool:
        return self.expires_at.timestamp() <= time.time()

    def opens(self, cart_id: UUID) -> bool:
        """Whether the bearer owns this cart, now."""
        return self.cart_id == cart_id and not self.is_expired


def encode(cart_id: UUID, expires_at: datetime) -> str:
    """The token of a guest's cart; parts of a second are dropped."""
    return tokens.sign(_PURPOSE, _LAYOUT.pack(cart_id.bytes, int(expires_at.timestamp())))


def decode(token: str) -> CartToken:
    """The contents of a token, also of an expired one. Raises InvalidCartTokenError unless we signed it."""
    payload = tokens.unsign(_PURPOSE, token)
    if payload is None or len(payload) != _LAYOUT.size:
        raise InvalidCartTokenError
    cart_id, expires_at = _LAYOUT.unpack(payload)
    return CartToken(UUID(bytes=cart_id), datetime.fromtimestamp(expires_at, UTC))


def guest_of(request: Request) -> str | None:
    """The caller's cart: the text of its token is renewed by every response. Raises InvalidCartTokenError."""
    token = request.headers.get(HEADER)
    return str(decode(token).cart_id) if token else None
