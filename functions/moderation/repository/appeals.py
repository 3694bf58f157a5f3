"""Appeals, and the actions that people may appeal against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from functions.moderation.domain.action_kinds import APPEAL_DAYS, APPEALABLE
from shared.clients.database import Connection
from shared.contexts.profiles import pending_standings


@dataclass(frozen=True, slots=True)
class ConcernedRow:
    """An action as whom it concerns reads it: never by whom. `appeal` is JSON; `appeal_until` is null where nobody can
    appeal any more.
    """

    id: UUID
    kind: str
    target_kind: str
    target_id: UUID
    content: dict[str, Any] | None
    reason: str
    ends_at: datetime | None
    undone_at: datetime | None
    created_at: datetime
    appeal: dict[str, Any] | None
    appeal_until: datetime | None


@dataclass(frozen=True, slots=True)
class AppealRow:
    """An appeal with its action; `action` is JSON."""

    id: UUID
    action_id: UUID
    user_id: UUID
    username: str | None
    body: str
    status: str
    decided_by: UUID | None
    decided_at: datetime | None
    decision_note: str | None
    created_at: datetime
    action: dict[str, Any]
    contact: dict[str, str] | None = None
    """Of who appealed, for the letter: `email`, `language`."""


_KINDS: Final = ", ".join(f"'{kind}'" for kind in sorted(APPEALABLE))
_IS_IN_TIME: Final = f"a.created_at > now() - interval '{APPEAL_DAYS} days'"
_MAY_APPEAL: Final = f"a.kind IN ({_KINDS}) AND a.undone_at IS NULL AND {_IS_IN_TIME}"
_CONCERNING: Final = f"""
SELECT a.id, a.kind, a.target_kind, a.target_id, c.snapshots -> -1 -> 'content' AS content, a.reason, a.ends_at,
    a.undone_at, a.created_at,
    CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('id', p.id, 'status', p.status, 'text', p.body,
        'note', p.decision_note, 'created_at', p.created_at, 'decided_at', p.decided_at) END AS appeal,
    CASE WHEN p.id IS NULL AND {_MAY_APPEAL} THEN a.created_at + interval '{APPEAL_DAYS} days' END AS appeal_until
FROM moderation_actions a LEFT JOIN report_cases c ON c.id = a.case_id LEFT JOIN appeals p ON p.action_id = a.id
WHERE a.subject_id = %(user_id)s AND (%(before)s::uuid IS NULL OR a.id < %(before)s::uuid)
ORDER BY a.id DESC LIMIT %(limit)s
"""
_INSERT: Final = f"""
INSERT INTO appeals (action_id, user_id, body)
SELECT a.id, a.subject_id, %(body)s FROM moderation_actions a
WHERE a.id = %(action_id)s AND a.subject_id = %(user_id)s AND {_MAY_APPEAL}
ON CONFLICT (action_id) DO NOTHING
RETURNING id
"""
_STATE: Final = f"""
SELECT a.kind IN ({_KINDS}) AND a.undone_at IS NULL AS is_in_force, {_IS_IN_TIME} AS is_in_time, p.id AS appeal_id
FROM moderation_actions a LEFT JOIN appeals p ON p.action_id = a.id
WHERE a.id = %(action_id)s AND a.subject_id = %(user_id)s
"""
_COLUMNS: Final = """p.id, p.action_id, p.user_id, u.username, p.body, p.status, p.decided_by, p.decided_at,
    p.decision_note, p.created_at, jsonb_build_object('id', a.id, 'kind', a.kind, 'target', jsonb_build_object(
        'kind', a.target_kind, 'id', a.target_id), 'case_id', a.case_id, 'moderator_id', a.moderator_id,
        'reason', a.reason, 'ends_at', a.ends_at, 'undone_at', a.undone_at, 'created_at', a.created_at) AS action"""
_FROM: Final = """appeals p JOIN moderation_actions a ON a.id = p.action_id
    LEFT JOIN profiles_people u ON u.user_id = p.user_id"""
_QUEUE: Final = f"""
SELECT {_COLUMNS} FROM {_FROM}
WHERE p.status = %(status)s AND (%(after)s::uuid IS NULL OR p.id > %(after)s::uuid) ORDER BY p.id LIMIT %(limit)s
"""
_OWN: Final = f"""
SELECT {_COLUMNS} FROM {_FROM}
WHERE p.user_id = %(user_id)s AND (%(before)s::uuid IS NULL OR p.id < %(before)s::uuid)
ORDER BY p.id DESC LIMIT %(limit)s
"""
_ONE: Final = f"""
SELECT {_COLUMNS}, (SELECT jsonb_build_object('email', c.email, 'language', c.language)
    FROM identity_contacts c WHERE c.id = p.user_id) AS contact
FROM {_FROM} WHERE p.id = %(id)s
"""
_LOCK_PERSON: Final = f"SELECT {pending_standings.lock_of('user_id')} FROM appeals WHERE id = %s"
_DECIDE: Final = """
UPDATE appeals SET status = %(status)s, decided_by = %(moderator)s, decided_at = now(), decision_note = %(note)s
WHERE id = %(id)s AND status = 'open'
"""
_OTHERS: Final = """
SELECT EXISTS (SELECT FROM identity_staff s WHERE s.user_id <> %(moderator)s AND s.user_id <> %(appellant)s) AS others
"""


def concerning(connection: Connection, user_id: UUID, *, limit: int, before: UUID | None) -> list[ConcernedRow]:
    """What moderators did that concerns somebody, the newest first."""
    with connection.cursor(row_factory=class_row(ConcernedRow)) as cursor:
        return cursor.execute(_CONCERNING, {"user_id": user_id, "limit": limit, "before": before}).fetchall()


def insert(connection: Connection, action_id: UUID, user_id: UUID, body: str) -> UUID | None:
    """An appeal; None where the action is not theirs, undone, too old, or appealed against."""
    values = {"action_id": action_id, "user_id": user_id, "body": body}
    row = connection.execute(_INSERT, values).fetchone()
    return None if row is None else row["id"]


def why_not(connection: Connection, action_id: UUID, user_id: UUID) -> dict[str, Any] | None:
    """`is_in_force`, `is_in_time`, `appeal_id` of an action that concerns the person; None where none does."""
    return connection.execute(_STATE, {"action_id": action_id, "user_id": user_id}).fetchone()


def lock_person(connection: Connection, appeal_id: UUID) -> None:
    """Others who decide about who appealed wait until this transaction ends, an erasure too."""
    connection.execute(_LOCK_PERSON, (appeal_id,))


def one(connection: Connection, appeal_id: UUID) -> AppealRow | None:
    """An appeal by its id."""
    with connection.cursor(row_factory=class_row(AppealRow)) as cursor:
        return cursor.execute(_ONE, {"id": appeal_id}).fetchone()


def queue(connection: Connection, status: str, *, limit: int, after: UUID | None) -> Sequence[AppealRow]:
    """Appeals of everybody, the oldest first."""
    with connection.cursor(row_factory=class_row(AppealRow)) as cursor:
        return cursor.execute(_QUEUE, {"status": status, "limit": limit, "after": after}).fetchall()


def own(connection: Connection, user_id: UUID, *, limit: int, before: UUID | None) -> Sequence[AppealRow]:
    """Somebody's appeals, the newest first."""
    with connection.cursor(row_factory=class_row(AppealRow)) as cursor:
        return cursor.execute(_OWN, {"user_id": user_id, "limit": limit, "before": before}).fetchall()


def decide(connection: Connection, appeal_id: UUID, moderator: UUID, *, status: str, note: str) -> bool:
    """False where it is decided."""
    values = {"id": appeal_id, "moderator": moderator, "status": status, "note": note}
    return connection.execute(_DECIDE, values).rowcount == 1


def is_there_another(connection: Connection, *, moderator: UUID, appellant: UUID) -> bool:
    """Whether somebody else of the staff could decide."""
    row = connection.execute(_OTHERS, {"moderator": moderator, "appellant": appellant}).fetchone()
    return row is not None and bool(row["others"])
