"""What analytics holds about people: when they were active."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final
from uuid import uuid4

from shared.clients.database import Connection
from shared.privacy import Erasure, Expiry, PersonalData, Section

SESSIONS_KEPT_DAYS: Final = 730
"""The views go back 700 days (0043): the oldest month that they show is whole."""

_ACTIVITY: Final = """
SELECT started_at, last_active_at, ended_at FROM user_sessions WHERE user_id = %(user_id)s ORDER BY started_at
"""
# All sessions of the person under one id, which is nobody's: who was active on a day, and came back, stays counted.
_ERASE: Final = """
UPDATE user_sessions SET user_id = %(nobody)s WHERE user_id = %(user_id)s
"""
_DELETE_OLD: Final = """
DELETE FROM user_sessions WHERE id = ANY(ARRAY(
    SELECT id FROM user_sessions WHERE last_active_at < now() - make_interval(days => %(days)s)
    ORDER BY last_active_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED
))
"""


def _delete_old(connection: Connection, batch: int) -> int:
    return connection.execute(_DELETE_OLD, {"days": SESSIONS_KEPT_DAYS, "batch": batch}).rowcount


class _Analytics(PersonalData):
    lock_order = 90
    erased = ("user_sessions",)
    left: ClassVar[Mapping[str, str]] = {"metric_exports": "who asked for files of figures, by id"}
    sections: ClassVar[Mapping[str, Section]] = {
        "activity": Section("When you were active, from the first request to the last before a break", _ACTIVITY)
    }
    not_copied: ClassVar[Mapping[str, str]] = {
        "metric_exports": "Files of figures that administrators asked for; it names who did by id."
    }
    retention: ClassVar[Mapping[str, Expiry]] = {"activity_sessions_deleted": _delete_old}

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        connection.execute(_ERASE, {"user_id": erasure.person.user_id, "nobody": uuid4()})


PERSONAL_DATA: Final = _Analytics()
