"""People read what moderators did that concerns them, and appeal; another moderator decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from functions.moderation.domain.action_kinds import APPEAL_DAYS, HIDING, ActionKind
from functions.moderation.errors import (
    ActionNotFoundError,
    AlreadyAppealedError,
    AppealDecidedError,
    AppealNotFoundError,
    AppealNotPossibleError,
    AppealTooLateError,
    OwnActionError,
    OwnCaseError,
)
from functions.moderation.repository import actions, appeals
from functions.moderation.repository.actions import ActionRow
from functions.moderation.repository.appeals import AppealRow, ConcernedRow
from functions.moderation.service import effects
from functions.moderation.service.actions import Moderator, announce, require_not_above
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.moderation.events import AppealDecided
from shared.pages import split_page

ACCEPTED: Final = "accepted"


def concerning(
    connection: Connection, user_id: UUID, *, limit: int, before: UUID | None
) -> tuple[Sequence[ConcernedRow], UUID | None]:
    """A page of what moderators did that concerns somebody, the newest first, and where the next one starts."""
    return split_page(
        appeals.concerning(connection, user_id, limit=limit + 1, before=before), limit, lambda row: row.id
    )


def make(connection: Connection, action_id: UUID, body: str, *, user_id: UUID) -> AppealRow:
    """Appeal once against an action that concerns the person, whatever their standing.

    Raises ActionNotFoundError, AlreadyAppealedError, AppealNotPossibleError, AppealTooLateError.
    """
    appeal_id = appeals.insert(connection, action_id, user_id, body)
    if appeal_id is None:
        state = appeals.why_not(connection, action_id, user_id)
        if state is None:
            raise ActionNotFoundError
        if state["appeal_id"] is not None:
            raise AlreadyAppealedError(appeal_id=str(state["appeal_id"]))
        if not state["is_in_force"]:
            raise AppealNotPossibleError
        raise AppealTooLateError(f"An appeal is made within {APPEAL_DAYS} days")
    return show(connection, appeal_id)


def own(
    connection: Connection, user_id: UUID, *, limit: int, before: UUID | None
) -> tuple[Sequence[AppealRow], UUID | None]:
    """A page of somebody's appeals, the newest first, and where the next one starts."""
    return split_page(appeals.own(connection, user_id, limit=limit + 1, before=before), limit, lambda row: row.id)


def queue(
    connection: Connection, status: str, *, limit: int, after: UUID | None
) -> tuple[Sequence[AppealRow], UUID | None]:
    """A page of everybody's appeals, the oldest first, and where the next one starts."""
    return split_page(appeals.queue(connection, status, limit=limit + 1, after=after), limit, lambda row: row.id)


def show(connection: Connection, appeal_id: UUID) -> AppealRow:
    """Raises AppealNotFoundError."""
    row = appeals.one(connection, appeal_id)
    if row is None:
        raise AppealNotFoundError
    return row


def decide(connection: Connection, appeal_id: UUID, moderator: Moderator, *, status: str, note: str) -> AppealRow:
    """Accept an appeal, which undoes its action, or reject it.

    Raises AppealNotFoundError, AppealDecidedError, OwnCaseError, OwnActionError, StaffTargetError.
    """
    appeals.lock_person(connection, appeal_id)
    appeal = show(connection, appeal_id)
    action = actions.one(connection, appeal.action_id)
    assert action is not None
    if appeal.user_id == moderator.id:
        raise OwnCaseError
    if action.moderator_id == moderator.id and appeals.is_there_another(
        connection, moderator=moderator.id, appellant=appeal.user_id
    ):
        raise OwnActionError
    require_not_above(connection, appeal.user_id, moderator)
    if not appeals.decide(connection, appeal_id, moderator.id, status=status, note=note):
        raise AppealDecidedError
    if status == ACCEPTED:
        _undo(connection, action, moderator.id, note)
    changes = audit.differences({"status": appeal.status}, {"status": status, "action_id": action.id, "note": note})
    audit.record(connection, "appeal.decided", Subject("appeal", appeal_id), changes=changes)
    outbox.record(
        connection,
        AppealDecided(
            appeal_id=appeal_id,
            action_id=action.id,
            user_id=appeal.user_id,
            is_accepted=status == ACCEPTED,
            action_kind=action.kind,
            target_kind=action.target_kind,
            note=note,
            **(appeal.contact or {}),
        ),
    )
    return show(connection, appeal_id)


def _undo(connection: Connection, action: ActionRow, moderator: UUID, note: str) -> None:
    """Take the action's effect back; what other actions do stays. One that was undone meanwhile has none."""
    if action.undone_at is not None:
        return
    hides = action.kind in HIDING
    values = {
        "case_id": action.case_id,
        "kind": ActionKind.UNHIDE if hides else ActionKind.LIFT,
        "target_kind": action.target_kind,
        "target_id": action.target_id,
        "subject_id": action.subject_id,
        "moderator_id": moderator,
        "reason": note[:500] or "The appeal was accepted",
        "ends_at": None,
        "undoes_id": action.id,
    }
    if hides:
        actions.undo(connection, [action.id])
        effects.show(
            connection,
            action.target_kind,
            action.target_id,
            moderator=moderator,
            reason=str(values["reason"]),
        )
    elif action.subject_id is not None:
        actions.undo(connection, [action.id])
        effects.apply_standing(connection, action.subject_id)
    announce(connection, actions.insert(connection, values))
