"""Moderators act on what is reported, and on whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from functions.moderation.domain.action_kinds import (
    APPEAL_DAYS,
    APPEALABLE,
    CONCERNING_PEOPLE,
    HIDING,
    MAX_SUSPENSION_DAYS,
    RESTRICTING,
    SANCTIONS,
    ActionKind,
)
from functions.moderation.domain.reasons import CaseStatus
from functions.moderation.errors import (
    ActionNotPossibleError,
    InvalidActionError,
    RemovedForGoodError,
    StaffTargetError,
)
from functions.moderation.repository import actions, cases
from functions.moderation.repository.actions import ActionRow
from functions.moderation.repository.cases import CaseState
from functions.moderation.service import effects
from functions.moderation.service.cases import close, require_free
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.moderation.events import ModerationActionTaken
from shared.errors import FieldError
from shared.pages import split_page
from shared.permissions import Role


@dataclass(frozen=True, slots=True)
class NewAction:
    """What a moderator wants done. The reason is read by whom it concerns."""

    kind: ActionKind
    reason: str
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Moderator:
    """Who acts."""

    id: UUID
    is_admin: bool


def act(connection: Connection, case_id: UUID, wanted: NewAction, moderator: Moderator, *, closes: bool) -> ActionRow:
    """Act on a case's target or on whose it is; `closes` resolves the case where it is open.

    Raises what `require_free` does, InvalidActionError, ActionNotPossibleError, StaffTargetError, RemovedForGoodError.
    """
    _check(wanted)
    cases.lock_owner(connection, case_id)
    case = require_free(cases.state(connection, case_id), moderator.id)
    values: dict[str, object] = {
        "case_id": case.id,
        "kind": wanted.kind.value,
        "target_kind": case.target_kind,
        "target_id": case.target_id,
        "subject_id": case.owner_id,
        "moderator_id": moderator.id,
        "reason": wanted.reason,
        "ends_at": wanted.ends_at,
        "undoes_id": None,
    }
    if wanted.kind in CONCERNING_PEOPLE:
        if case.owner_id is None:
            raise ActionNotPossibleError("The target belongs to nobody who could be told")
        require_not_above(connection, case.owner_id, moderator)
        row = _to_person(connection, case.owner_id, wanted, values)
    else:
        row = _to_target(connection, case, wanted, moderator, values)
    changes = audit.created({"case_id": case.id, "user_id": row.subject_id, "ends_at": row.ends_at, "note": row.reason})
    if closes and case.status == CaseStatus.OPEN:
        close(connection, case, moderator.id, status=CaseStatus.RESOLVED, note="", version=None)
        changes["case_status"] = (case.status, CaseStatus.RESOLVED.value)
    audit.record(connection, f"moderation.{row.kind}", Subject(row.target_kind, row.target_id), changes=changes)
    announce(connection, row)
    return row


def require_not_above(connection: Connection, user_id: UUID, moderator: Moderator) -> None:
    """Raises StaffTargetError where a moderator would act on a member of the staff."""
    if not moderator.is_admin and actions.staff_roles(connection, user_id) & {Role.MODERATOR, Role.ADMIN}:
        raise StaffTargetError


def listed(
    connection: Connection,
    *,
    subject_id: UUID | None,
    moderator_id: UUID | None,
    kind: ActionKind | None,
    limit: int,
    before: UUID | None,
) -> tuple[Sequence[ActionRow], UUID | None]:
    """A page of what moderators did, the newest first, and where the next one starts."""
    rows = actions.list_all(
        connection, subject_id=subject_id, moderator_id=moderator_id, kind=kind, limit=limit + 1, before=before
    )
    return split_page(rows, limit, lambda row: row.id)


def announce(connection: Connection, row: ActionRow) -> None:
    """Put the action on the bus."""
    outbox.record(
        connection,
        ModerationActionTaken(
            action_id=row.id,
            kind=row.kind,
            target_kind=row.target_kind,
            target_id=row.target_id,
            user_id=row.subject_id,
            reason=row.reason,
            ends_at=row.ends_at,
            appeal_ends_at=row.created_at + timedelta(days=APPEAL_DAYS) if row.kind in APPEALABLE else None,
            **(row.contact or {}),
        ),
    )


def _check(wanted: NewAction) -> None:
    now = datetime.now(UTC)
    if wanted.kind is ActionKind.SUSPEND:
        if wanted.ends_at is None:
            raise InvalidActionError(field=FieldError(("ends_at",), "a suspension has an end"))
        if not now < wanted.ends_at <= now + timedelta(days=MAX_SUSPENSION_DAYS):
            raise InvalidActionError(
                field=FieldError(("ends_at",), f"in the future, within {MAX_SUSPENSION_DAYS} days")
            )
    elif wanted.ends_at is not None:
        raise InvalidActionError(field=FieldError(("ends_at",), "only suspensions have an end"))


def _to_person(connection: Connection, user_id: UUID, wanted: NewAction, values: dict[str, object]) -> ActionRow:
    if wanted.kind in SANCTIONS:
        row = actions.insert(connection, values)
        actions.add_sanction(connection, row.id)
    else:
        undone = actions.restricting(connection, user_id)
        if not undone:
            raise ActionNotPossibleError("Nothing restricts this person")
        actions.undo(connection, [action.id for action in undone])
        row = actions.insert(connection, {**values, "undoes_id": undone[0].id})
    if wanted.kind in RESTRICTING or wanted.kind is ActionKind.LIFT:
        effects.apply_standing(connection, user_id)
    return row


def _to_target(
    connection: Connection, case: CaseState, wanted: NewAction, moderator: Moderator, values: dict[str, object]
) -> ActionRow:
    kind, target_id = case.target_kind, case.target_id
    if wanted.kind in HIDING:
        effects.hide(connection, kind, target_id, moderator=moderator.id, reason=wanted.reason)
        return actions.insert(connection, values)
    undone = actions.hiding(connection, kind, target_id)
    if not undone:
        raise ActionNotPossibleError("No action hides this")
    if not moderator.is_admin and any(action.kind == ActionKind.REMOVE for action in undone):
        raise RemovedForGoodError
    actions.undo(connection, [action.id for action in undone])
    effects.show(connection, kind, target_id, moderator=moderator.id, reason=wanted.reason)
    return actions.insert(connection, {**values, "undoes_id": undone[0].id})
