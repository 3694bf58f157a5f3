"""Keys that live in the database: public keys of access tokens, and symmetric keys for what we sign to ourselves.

Private token keys are in Secrets Manager and only `identity` reads them. Keys are cached per process; an unknown key id
causes at most one look-up every few seconds, so that forged ids cost nothing.
"""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Any

from shared import process
from shared.clients import database

if TYPE_CHECKING:
    from jwt import PyJWK

REFRESH_SECONDS = 300.0
UNKNOWN_KEY_SECONDS = 5.0

_public_keys: dict[str, PyJWK] = {}
_loaded_at: float = float("-inf")


def public_key(key_id: str) -> PyJWK | None:
    """The public key with this id, or None where there is none (or no longer)."""
    global _loaded_at  # noqa: PLW0603 - a per-process cache
    age = time.monotonic() - _loaded_at
    if age > REFRESH_SECONDS or (key_id not in _public_keys and age > UNKNOWN_KEY_SECONDS):
        from jwt import PyJWK

        found = {row["kid"]: PyJWK(row["public_jwk"]) for row in public_key_rows()}
        _public_keys.clear()
        _public_keys.update(found)
        _loaded_at = time.monotonic()
    return _public_keys.get(key_id)


def reset() -> None:
    """Read the public keys again at the next use. (Service keys never change.)"""
    global _loaded_at  # noqa: PLW0603
    _public_keys.clear()
    _loaded_at = float("-inf")


process.on_reset(reset, before_snapshot=True)


def public_key_rows() -> list[dict[str, Any]]:
    """`kid` and `public_jwk` of every key that verifies now: those that sign, that will, and that did until lately."""
    return (
        database.connection()
        .execute("SELECT kid, public_jwk FROM signing_keys WHERE retired_at IS NULL OR retired_at > now() ORDER BY kid")
        .fetchall()
    )


@cache
def service_key(name: str) -> bytes:
    """The symmetric key of that name; made by the migration that introduced it, never leaves the database and us."""
    row = database.connection().execute("SELECT secret FROM service_keys WHERE name = %s", (name,)).fetchone()
    if row is None:
        raise LookupError(f"no service key named {name}")
    return bytes(row["secret"])


process.on_reset(service_key.cache_clear)
