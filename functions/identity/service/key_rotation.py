"""Rotation of the keys that sign access tokens, without logging anybody out.

The secret has the key that signs and the next one; the table has the keys that verify. The table is always ahead: a key
is published before the secret contains it, and retired only after the secret no longer does. So a crash leaves at worst
a published key that is not used, which the next run retires.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from functions.identity.repository import signing_keys
from functions.identity.service import key_ring
from functions.identity.service.key_ring import KeyRing
from shared.clients import database
from shared.log import logger

ROTATE_AFTER: Final = timedelta(days=29)
"""A day less than the schedule's 30, so that a run which starts a little early does not leave it to the next one."""

VERIFIES_FOR_SECONDS: Final = 3600
"""How long a key verifies after it has stopped signing. A process may sign with its copy for another 5 minutes
(`secrets.TTL_SECONDS`), what it signs is valid for 15, and the rest is for processes that were frozen meanwhile."""


@dataclass(frozen=True, slots=True)
class Rotation:
    """The result of a run."""

    rotated: bool
    signing: str
    standby: str
    retired: int
    deleted: int


def rotate(*, force: bool = False) -> Rotation:
    """Make the first two keys, or let the next key sign if the present one has signed long enough (or `force`).

    A run that is not due, or that another one has overtaken, only synchronizes the table.
    """
    ring = key_ring.read(fresh=True)
    planned = _plan(ring, force=force)
    if planned is not ring:
        with database.transaction() as connection:
            signing_keys.publish(connection, _public(planned))
    with database.transaction() as connection:
        signing_keys.lock_rotation(connection)
        current = key_ring.read(fresh=True)
        overtaken = current != ring
        if overtaken and current is not None:
            planned = current
            logger().warning("another rotation was faster")
        elif planned is not ring:
            key_ring.write(planned)
        return _synchronize_table(connection, planned, rotated=planned is not ring and not overtaken)


def _plan(ring: KeyRing | None, *, force: bool) -> KeyRing:
    """The keys that should be; `ring` itself where nothing is due."""
    now = datetime.now(UTC)
    if ring is None:
        return KeyRing(signing=key_ring.make_key(), standby=key_ring.make_key(), signing_since=now)
    if force or now - ring.signing_since >= ROTATE_AFTER:
        return KeyRing(signing=ring.standby, standby=key_ring.make_key(), signing_since=now)
    return ring


def _synchronize_table(connection: database.Connection, ring: KeyRing, *, rotated: bool) -> Rotation:
    """Publish the keys of the secret (again, if they were lost), retire the others, delete those that have ended."""
    signing_keys.publish(connection, _public(ring))
    retired = signing_keys.retire_others(connection, ring.key_ids, after_seconds=VERIFIES_FOR_SECONDS)
    deleted = signing_keys.delete_retired(connection)
    return Rotation(rotated, ring.signing["kid"], ring.standby["kid"], retired, deleted)


def _public(ring: KeyRing) -> list[key_ring.Jwk]:
    return [key_ring.public_half(ring.signing), key_ring.public_half(ring.standby)]
