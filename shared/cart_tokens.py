"""The token by which a guest owns a cart: ordering hands it out, and payments knows a guest's checkout by it.

Layout of what is signed: the cart's UUID (16 bytes), then when it ends (8 bytes, big-endian epoch seconds).
"""

from __future__ import annotations

import struct
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from shared import tokens
from shared.errors import ProblemError

HEADER: Final = "X-Cart-Token"
LIFETIME: Final = timedelta(hours=24)
"""Of a guest's cart and its token, from the last use."""

_PURPOSE: Final = "cart"
_LAYOUT: Final = struct.Struct(">16sQ")


class InvalidCartTokenError(ProblemError):
    """Not made by us, or damaged on the way. (An authentic token that has ended is no error, see `CartToken`.)"""

    status, code, title = 400, "invalid_cart_token", "The cart token is not valid"


@dataclass(frozen=True, slots=True)
class CartToken:
    """Which cart, and until when. Callers decide what an ended one means: an empty cart, or no such checkout."""

    cart_id: UUID
    expires_at: datetime

    @property
    def ended(self) -> bool:
        return self.expires_at.timestamp() <= time.time()

    def opens(self, cart_id: UUID) -> bool:
        """Whether the bearer owns this cart, now."""
        return self.cart_id == cart_id and not self.ended


def encode(cart_id: UUID, expires_at: datetime) -> str:
    """The token of a guest's cart; parts of a second are dropped."""
    return tokens.sign(_PURPOSE, _LAYOUT.pack(cart_id.bytes, int(expires_at.timestamp())))


def decode(token: str) -> CartToken:
    """What the token says. Raises InvalidCartTokenError unless we made it; tells ended ones by `ended`."""
    payload = tokens.unsign(_PURPOSE, token)
    if payload is None or len(payload) != _LAYOUT.size:
        raise InvalidCartTokenError
    cart_id, expires_at = _LAYOUT.unpack(payload)
    return CartToken(UUID(bytes=cart_id), datetime.fromtimestamp(expires_at, UTC))
