"""Actions of moderators, and the sanctions that are in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from psycopg.rows import class_row

from functions.moderation.domain.action_kinds import HIDING, RESTRICTING
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as moderators read it."""

    id: UUID
    case_id: UUID | None
    kind: str
    target_kind: str
    target_id: UUID
    subject_id: UUID | None
    moderator_id: UUID | None
    reason: str
    ends_at: datetime | None
    undone_at: datetime | None
    undoes_id: UUID | None
    created_at: datetime
    contact: dict[str, str] | None = None
    """Of whom it concerns, where it was just done: `email`, `language`."""


@dataclass(frozen=True, slots=True)
class SanctionRow:
    """A sanction in force."""

    action_id: UUID
    kind: str
    reason: str
    ends_at: datetime | None


COLUMNS: Final = """a.id, a.case_id, a.kind, a.target_kind, a.target_id, a.subject_id, a.moderator_id, a.reason,
    a.ends_at, a.undone_at, a.undoes_id, a.created_at"""
_INSERT: Final = f"""
INSERT INTO moderation_actions AS a (case_id, kind, target_kind, target_id, subject_id, moderator_id, reason, ends_at,
    undoes_id)
VALUES (%(case_id)s, %(kind)s, %(target_kind)s, %(target_id)s, %(subject_id)s, %(moderator_id)s, %(reason)s,
    %(ends_at)s, %(undoes_id)s)
RETURNING {COLUMNS}, (SELECT jsonb_build_object('email', c.email, 'language', c.language)
    FROM identity_contacts c WHERE c.id = a.subject_id) AS contact
"""
_SANCTION: Final = """
INSERT INTO sanctions (action_id, user_id, kind, reason, ends_at)
SELECT id, subject_id, kind, reason, ends_at FROM moderation_actions WHERE id = %(id)s
"""
_ONE: Final = f"SELECT {COLUMNS} FROM moderation_actions a WHERE a.id = %(id)s"
_IN_FORCE: Final = "a.undone_at IS NULL AND a.kind = ANY(%(kinds)s)"
_HIDING: Final = f"""
SELECT {COLUMNS} FROM moderation_actions a
WHERE a.target_kind = %(target_kind)s AND a.target_id = %(target_id)s AND {_IN_FORCE} ORDER BY a.id DESC
"""
_RESTRICTING: Final = f"""
SELECT {COLUMNS} FROM moderation_actions a
WHERE a.subject_id = %(subject_id)s AND {_IN_FORCE} AND (a.ends_at IS NULL OR a.ends_at > now()) ORDER BY a.id DESC
"""
_UNDO: Final = "UPDATE moderation_actions SET undone_at = now() WHERE id = ANY(%(ids)s) AND undone_at IS NULL"
_LIFT: Final = "UPDATE sanctions SET lifted_at = now() WHERE action_id = ANY(%(ids)s) AND lifted_at IS NULL"
# A ban weighs more than a suspension, and of two suspensions the one that ends later.
_HEAVIEST: Final = """
SELECT action_id, kind, reason, ends_at FROM sanctions
WHERE user_id = %(user_id)s AND kind <> 'warn' AND lifted_at IS NULL AND (ends_at IS NULL OR ends_at > now())
ORDER BY kind = 'ban' DESC, ends_at DESC NULLS FIRST, id DESC LIMIT 1
"""
_LIST: Final = f"""
SELECT {COLUMNS} FROM moderation_actions a
WHERE (%(subject_id)s::uuid IS NULL OR a.subject_id = %(subject_id)s::uuid)
    AND (%(moderator_id)s::uuid IS NULL OR a.moderator_id = %(moderator_id)s::uuid)
    AND (%(kind)s::text IS NULL OR a.kind = %(kind)s::text)
    AND (%(before)s::uuid IS NULL OR a.id < %(before)s::uuid)
ORDER BY a.id DESC LIMIT %(limit)s
"""
_STAFF: Final = "SELECT roles FROM identity_staff WHERE user_id = %(user_id)s"


def insert(connection: Connection, values: Mapping[str, Any]) -> ActionRow:
    """`values`: case_id, kind, target_kind, target_id, subject_id, moderator_id, reason, ends_at, undoes_id."""
    with connection.cursor(row_factory=class_row(ActionRow)) as cursor:
        row = cursor.execute(_INSERT, values).fetchone()
    assert row is not None
    return row


def add_sanction(connection: Connection, action_id: UUID) -> None:
    """The action's effect on its subject."""
    connection.execute(_SANCTION, {"id": action_id})


def one(connection: Connection, action_id: UUID) -> ActionRow | None:
    """An action by its id."""
    with connection.cursor(row_factory=class_row(ActionRow)) as cursor:
        return cursor.execute(_ONE, {"id": action_id}).fetchone()


def hiding(connection: Connection, kind: str, target_id: UUID) -> list[ActionRow]:
    """Actions that hide the target at present, the newest first."""
    values = {"target_kind": kind, "target_id": target_id, "kinds": [action.value for action in HIDING]}
    with connection.cursor(row_factory=class_row(ActionRow)) as cursor:
        return cursor.execute(_HIDING, values).fetchall()


def restricting(connection: Connection, subject_id: UUID) -> list[ActionRow]:
    """Suspensions and bans of the person that are in force, the newest first."""
    values = {"subject_id": subject_id, "kinds": [action.value for action in RESTRICTING]}
    with connection.cursor(row_factory=class_row(ActionRow)) as cursor:
        return cursor.execute(_RESTRICTING, values).fetchall()


def undo(connection: Connection, ids: Sequence[UUID]) -> None:
    """These actions have no effect any more."""
    connection.execute(_UNDO, {"ids": list(ids)})
    connection.execute(_LIFT, {"ids": list(ids)})


def heaviest_sanction(connection: Connection, user_id: UUID) -> SanctionRow | None:
    """What makes the person's standing."""
    with connection.cursor(row_factory=class_row(SanctionRow)) as cursor:
        return cursor.execute(_HEAVIEST, {"user_id": user_id}).fetchone()


def list_all(
    connection: Connection,
    *,
    subject_id: UUID | None,
    moderator_id: UUID | None,
    kind: str | None,
    limit: int,
    before: UUID | None,
) -> list[ActionRow]:
    """The newest first."""
    values = {
        "subject_id": subject_id,
        "moderator_id": moderator_id,
        "kind": kind,
        "limit": limit,
        "before": before,
    }
    with connection.cursor(row_factory=class_row(ActionRow)) as cursor:
        return cursor.execute(_LIST, values).fetchall()


def staff_roles(connection: Connection, user_id: UUID) -> frozenset[str]:
    """The roles of a moderator or administrator; empty for everybody else."""
    row = connection.execute(_STAFF, {"user_id": user_id}).fetchone()
    return frozenset() if row is None else frozenset(row["roles"])
