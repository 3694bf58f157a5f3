"""The token that opens a guest's order: ordering issues it, and catalog identifies a buyer of files by it.

Layout of what is signed: the order's UUID (16 bytes), then its expiry (8 bytes, big-endian epoch seconds).
"""

from __future__ import annotations

import struct
import time
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from shared import tokens

LIFETIME: Final = timedelta(days=180)
"""From the order's creation, so that every response has the same link."""

_PURPOSE: Final = "order"
_LAYOUT: Final = struct.Struct(">16sQ")


def encode(order_id: UUID, created_at: datetime) -> str:
    """The token of an order created at `created_at`; parts of a second are dropped."""
    return tokens.sign(_PURPOSE, _LAYOUT.pack(order_id.bytes, int((created_at + LIFETIME).timestamp())))


def opens(token: str, order_id: UUID) -> bool:
    """Whether the bearer may see this order, now."""
    expiry = _expiry(token, order_id)
    return expiry is not None and expiry > time.time()


def has_expired(token: str, order_id: UUID) -> bool:
    """Whether the bearer could see this order once, and no longer can."""
    expiry = _expiry(token, order_id)
    return expiry is not None and expiry <= time.time()


def _expiry(token: str, order_id: UUID) -> int | None:
    """In epoch seconds; None for what is no token of this order."""
    payload = tokens.unsign(_PURPOSE, token)
    if payload is None or len(payload) != _LAYOUT.size:
        return None
    id_bytes, expiry = _LAYOUT.unpack(payload)
    return int(expiry) if UUID(bytes=id_bytes) == order_id else None
