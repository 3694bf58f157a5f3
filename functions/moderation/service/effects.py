"""What actions do to their targets, by the published use cases of these targets' owners."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from functions.moderation.errors import ActionNotPossibleError
from functions.moderation.repository import actions
from shared import report_targets
from shared.clients.database import Connection
from shared.contexts.community import group_succession
from shared.contexts.identity import session_ends
from shared.contexts.profiles import standing_changes
from shared.contexts.profiles.standing import Standing

_STANDINGS: Final = {"suspend": Standing.SUSPENDED, "ban": Standing.BANNED}


def hide(connection: Connection, kind: str, target_id: UUID, *, moderator: UUID, reason: str) -> None:
    """Nobody but its author sees it any more. Raises ActionNotPossibleError for people, and for what is gone."""
    target = report_targets.registered().get(kind)
    if target is None or target.hide is None:
        raise ActionNotPossibleError("People are warned, suspended or banned")
    is_done = target.hide(connection, target_id, moderator=moderator, reason=reason)
    if not is_done and not actions.hiding(connection, kind, target_id):
        raise ActionNotPossibleError("There is nothing to hide any more")


def show(connection: Connection, kind: str, target_id: UUID, *, moderator: UUID, reason: str) -> None:
    """Everybody sees it again who saw it before, unless its author or another moderator's action keeps it hidden."""
    target = report_targets.registered().get(kind)
    if target is None or target.hide is None or target.show is None:
        raise ActionNotPossibleError("People are restored by lifting what restricts them")
    others = actions.hiding(connection, kind, target_id)
    if others:
        target.hide(connection, target_id, moderator=moderator, reason=others[0].reason)
    else:
        target.show(connection, target_id, moderator=moderator, reason=reason)


def apply_standing(connection: Connection, user_id: UUID) -> None:
    """Give the person the standing that their sanctions make; whoever is banned is signed out everywhere.

    Whoever has no profile yet will have one in this standing; whatever needs none, such as reviews, is theirs no more.
    The person is locked: two who sanction at once would each see only their own.
    """
    sanction = actions.heaviest_sanction(connection, user_id)
    if sanction is None:
        standing_changes.set_standing(connection, user_id, Standing.GOOD, reason=None)
        return
    level = _STANDINGS[sanction.kind]
    standing_changes.set_standing(connection, user_id, level, until=sanction.ends_at, reason=sanction.reason)
    if level is Standing.BANNED:
        session_ends.end_sessions(connection, user_id, "banned")
        group_succession.lock(connection, user_id)
        group_succession.hand_over(connection, user_id)
