"""What notifications holds about people: which mails were sent to whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from shared.clients.database import Connection
from shared.contexts.identity import pseudonyms
from shared.privacy import Erasure, Expiry, PersonalData, Section

MAILS_DAYS: Final = 365

_MAILS: Final = """
SELECT kind, channel, recipient, status, created_at, sent_at FROM deliveries
WHERE lower(recipient) = lower(%(proven)s) ORDER BY id
"""
_ERASE: Final = """
UPDATE deliveries SET recipient = %(pseudonym)s
WHERE lower(recipient) = ANY(ARRAY(SELECT lower(one) FROM unnest(%(emails)s::text[]) AS one))
"""
# Ids are UUIDv7: in the order of time. The sub-select makes PostgreSQL compute the boundary once.
_REMOVE_OLD: Final = """
DELETE FROM deliveries WHERE id = ANY(ARRAY(
    SELECT id FROM deliveries WHERE id < (SELECT uuidv7(make_interval(days => -%(days)s)))
    ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
))
"""


def _remove_old(connection: Connection, batch: int) -> int:
    """That a mail was sent, and to whom."""
    return connection.execute(_REMOVE_OLD, {"days": MAILS_DAYS, "batch": batch}).rowcount


class _Notifications(PersonalData):
    lock_order = 70
    erased = ("deliveries",)
    sections: ClassVar[Mapping[str, Section]] = {
        "mails": Section("Mails that were sent: of which kind, when, to which address", _MAILS)
    }
    retention: ClassVar[Mapping[str, Expiry]] = {"mails": _remove_old}

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        values = {"pseudonym": pseudonyms.address(erasure.person.user_id), "emails": list(erasure.emails)}
        connection.execute(_ERASE, values)


PERSONAL_DATA: Final = _Notifications()
