"""Devices that have signed in to an account before, known by a signed token (OWASP: device cookies).

A token is no credential: it opens nothing, and whoever presents one still needs the password. It only gives its device
a tally of its own, so that failures of strangers do not delay the owner. It names one account and its password, and so
ends with the password: whoever had the account once has no tally of their own when its owner chose another one.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
import time
from typing import Final
from uuid import UUID

from functions.identity.repository.accounts import Account
from shared import tokens

LIFETIME_SECONDS: Final = 180 * 24 * 3600
"""Since its last sign-in."""

_PURPOSE: Final = "device"
_PAYLOAD: Final = struct.Struct(">16s16s8sI")
"""The user's id, the device's, the password's digest, and the end in seconds since 1970."""


def issue(user_id: UUID, password_hash: str, *, device_id: bytes | None = None) -> str:
    """A token for a device that has just signed in, or whose holder has just chosen this password. A known device keeps
    its id.
    """
    ends_at = int(time.time()) + LIFETIME_SECONDS
    known_as = device_id or secrets.token_bytes(16)
    return tokens.sign(_PURPOSE, _PAYLOAD.pack(user_id.bytes, known_as, _digest(password_hash), ends_at))


def recognise(token: str | None, account: Account | None) -> bytes | None:
    """The id of the device, where the token is one of ours for this account; None for a stranger's."""
    payload = tokens.unsign(_PURPOSE, token) if token else None
    if payload is None or len(payload) != _PAYLOAD.size or account is None:
        return None
    user_id, device_id, digest, ends_at = _PAYLOAD.unpack(payload)
    is_current = digest == _digest(account.password_hash) and ends_at > time.time()
    return device_id if is_current and user_id == account.id.bytes else None


def _digest(password_hash: str) -> bytes:
    return hashlib.sha256(password_hash.encode()).digest()[:8]
