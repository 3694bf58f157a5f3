"""What actions do to their targets, by the published use cases of these targets' owners."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from functions.moderation.domain.reasons import TargetKind
from functions.moderation.errors import ActionNotPossibleError
from functions.moderation.repository import actions
from shared.clients.database import Connection
from shared.contexts.catalog import product_listing, review_status
from shared.contexts.community import group_succession, hiding
from shared.contexts.identity import session_ends
from shared.contexts.profiles import pending_standings, standing_changes
from shared.contexts.profiles.standing import Standing

_STANDINGS: Final = {"suspend": Standing.SUSPENDED, "ban": Standing.BANNED}


def hide(connection: Connection, kind: TargetKind, target_id: UUID, *, moderator: UUID, reason: str) -> None:
    """Nobody but its author sees it any more. Raises ActionNotPossibleError for people, and for what is gone."""
    match kind:
        case TargetKind.POST:
            is_done = hiding.hide(connection, "post", target_id, reason)
        case TargetKind.COMMENT:
            is_done = hiding.hide(connection, "comment", target_id, reason)
        case TargetKind.REVIEW:
            is_done = review_status.moderate(connection, target_id, "hidden", moderator=moderator, reason=reason)
            is_done = is_done or bool(actions.hiding(connection, kind, target_id))
        case TargetKind.PRODUCT:
            is_done = product_listing.set_listed(connection, target_id, False)
            is_done = is_done or bool(actions.hiding(connection, kind, target_id))
        case TargetKind.USER:
            raise ActionNotPossibleError("People are warned, suspended or banned")
    if not is_done:
        raise ActionNotPossibleError("There is nothing to hide any more")


def show(connection: Connection, kind: TargetKind, target_id: UUID, *, moderator: UUID, reason: str) -> None:
    """Everybody sees it again who saw it before, unless its author or another moderator's action keeps it hidden."""
    others = actions.hiding(connection, kind, target_id)
    if others:
        if kind in (TargetKind.POST, TargetKind.COMMENT):
            hide(connection, kind, target_id, moderator=moderator, reason=others[0].reason)
        return
    match kind:
        case TargetKind.POST:
            hiding.unhide(connection, "post", target_id)
        case TargetKind.COMMENT:
            hiding.unhide(connection, "comment", target_id)
        case TargetKind.REVIEW:
            review_status.moderate(connection, target_id, "published", moderator=moderator, reason=reason)
        case TargetKind.PRODUCT:
            product_listing.set_listed(connection, target_id, True)
        case TargetKind.USER:
            raise ActionNotPossibleError("People are restored by lifting what restricts them")


def lock_person(connection: Connection, user_id: UUID) -> None:
    """Others who sanction the person wait until this transaction ends: two at once would each see only their own."""
    pending_standings.lock(connection, user_id)


def apply_standing(connection: Connection, user_id: UUID) -> None:
    """Give the person the standing that their sanctions make; whoever is banned is signed out everywhere.

    Whoever has no profile yet will have one in this standing; whatever needs none, such as reviews, is theirs no more.
    The person is locked.
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
