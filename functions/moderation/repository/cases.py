"""Cases as moderators claim and decide them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection
from shared.contexts.profiles import pending_standings

MOST_TOLD: Final = 500
"""Reporters who get a mail about one case: a mob needs none each."""


@dataclass(frozen=True, slots=True)
class CaseState:
    """What decides whether a moderator may act on a case. `claimed_by` and `claimed_until` are null where nobody has
    it at present.
    """

    id: UUID
    target_kind: str
    target_id: UUID
    owner_id: UUID | None
    status: str
    is_held: bool
    claimed_by: UUID | None
    claimed_until: datetime | None
    claimed_name: str | None
    decision_note: str | None
    version: int


_IS_CLAIMED: Final = "c.claimed_until > now()"
_STATE: Final = f"""
SELECT c.id, c.target_kind, c.target_id, c.owner_id, c.status, c.is_held, c.decision_note, c.version,
    CASE WHEN {_IS_CLAIMED} THEN c.claimed_by END AS claimed_by,
    CASE WHEN {_IS_CLAIMED} THEN c.claimed_until END AS claimed_until,
    CASE WHEN {_IS_CLAIMED} THEN (SELECT u.full_name FROM identity_contacts u WHERE u.id = c.claimed_by) END
        AS claimed_name
FROM report_cases c WHERE c.id = %(id)s
"""
_LOCK_OWNER: Final = f"""
SELECT {pending_standings.lock_of("owner_id")} FROM report_cases WHERE id = %s AND owner_id IS NOT NULL
"""
# Of two who claim at once the second waits for the first, and finds the case taken.
_CLAIM: Final = """
UPDATE report_cases c SET claimed_by = %(moderator)s, claimed_until = now() + make_interval(mins => %(minutes)s)
WHERE c.id = %(id)s AND c.status = 'open' AND c.owner_id IS DISTINCT FROM %(moderator)s
    AND (c.claimed_by = %(moderator)s OR c.claimed_until IS NULL OR c.claimed_until <= now())
RETURNING c.claimed_until
"""
_RELEASE: Final = """
UPDATE report_cases SET claimed_by = NULL, claimed_until = NULL
WHERE id = %(id)s AND claimed_by = %(moderator)s AND claimed_until > now()
"""
_DECIDE: Final = """
WITH decided AS (
    UPDATE report_cases SET status = %(status)s, decided_by = %(moderator)s, decided_at = now(),
        decision_note = %(note)s, claimed_by = NULL, claimed_until = NULL, is_held = false, version = version + 1
    WHERE id = %(id)s AND status = 'open' AND (%(version)s::int IS NULL OR version = %(version)s)
        AND (claimed_by = %(moderator)s OR claimed_until IS NULL OR claimed_until <= now())
    RETURNING id
), closed AS (
    UPDATE reports r SET closed_at = now() FROM decided WHERE r.case_id = decided.id AND r.closed_at IS NULL
    RETURNING r.id, r.reporter_id
)
SELECT coalesce((SELECT jsonb_agg(to_jsonb(n)) FROM (
    SELECT r.id AS report_id, c.id AS user_id, c.email, c.language
    FROM closed r JOIN identity_contacts c ON c.id = r.reporter_id ORDER BY r.id LIMIT %(most)s) n), '[]') AS reporters
FROM decided
"""


def lock_owner(connection: Connection, case_id: UUID) -> None:
    """Others who decide about whose the target is wait until this transaction ends, an erasure too. What was read
    before may be another afterwards.
    """
    connection.execute(_LOCK_OWNER, (case_id,))


def state(connection: Connection, case_id: UUID) -> CaseState | None:
    """The case as it is now."""
    with connection.cursor(row_factory=class_row(CaseState)) as cursor:
        return cursor.execute(_STATE, {"id": case_id}).fetchone()


def claim(connection: Connection, case_id: UUID, moderator: UUID, *, minutes: int) -> datetime | None:
    """Until when the moderator has the case; None where another has it, it is decided, or it is about the moderator."""
    values = {"id": case_id, "moderator": moderator, "minutes": minutes}
    row = connection.execute(_CLAIM, values).fetchone()
    return None if row is None else row["claimed_until"]


def release(connection: Connection, case_id: UUID, moderator: UUID) -> bool:
    """End the moderator's claim; False where there is none."""
    return connection.execute(_RELEASE, {"id": case_id, "moderator": moderator}).rowcount == 1


def decide(
    connection: Connection, case_id: UUID, moderator: UUID, *, status: str, note: str | None, version: int | None
) -> list[dict[str, Any]] | None:
    """Close an open case with its reports; None where another moderator has it, it is decided, or not this version.
    Else those who reported it: `report_id`, `user_id`, `email` and `language` of the first `MOST_TOLD`.
    """
    values = {
        "id": case_id,
        "moderator": moderator,
        "status": status,
        "note": note,
        "version": version,
        "most": MOST_TOLD,
    }
    row = connection.execute(_DECIDE, values).fetchone()
    return None if row is None else row["reporters"]
