"""`Comment` as JSON has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from functions.community.domain import emoji
from functions.community.repository.comment_cards import CommentCard
from functions.community.repository.comment_places import FIRST_REPLIES
from functions.community.routes.people_documents import author
from functions.community.service.comments import CommentPage, ThreadRights

RepliesCursor = Callable[[UUID, CommentCard], str]
"""The cursor of the answers to a comment behind one of them."""


def threads(page: CommentPage, viewer: UUID | None, replies_cursor: RepliesCursor) -> list[dict[str, Any]]:
    """`ThreadedComment`s: those of a page, each with the first answers to it."""
    documents = []
    for place in page.places:
        # One that was deleted for good between two statements is left out.
        replies = [page.cards[reply] for reply in place.replies[:FIRST_REPLIES] if reply in page.cards]
        if place.id not in page.cards:
            continue
        has_more = len(place.replies) > FIRST_REPLIES and bool(replies)
        document = comment(page.cards[place.id], viewer, rights=page.rights)
        document["replies"] = {
            "items": [comment(reply, viewer, rights=page.rights) for reply in replies],
            "next_cursor": replies_cursor(place.id, replies[-1]) if has_more else None,
        }
        documents.append(document)
    return documents


def comment(card: CommentCard, viewer: UUID | None, *, rights: ThreadRights) -> dict[str, Any]:
    """A comment alone. Of what is removed nothing is told but its place; and nobody learns that they are blocked."""
    state = _state(card)
    is_author = card.author_id == viewer
    is_told = state == "live" or (is_author and state != "deleted")
    return {
        "id": card.id,
        "post_id": card.post_id,
        "parent_id": card.parent_id,
        "depth": card.depth,
        "state": state,
        "author": author(card) if is_told else None,
        "text": card.body if is_told else None,
        "entities": card.entities if is_told else [],
        "reactions": emoji.by_name(card.reaction_counts if is_told else [0] * len(emoji.ORDER)),
        "reply_count": card.reply_count,
        "hidden_reason": card.hidden_reason if is_told and state == "hidden" else None,
        "viewer": _viewer(card, viewer, is_told=is_told, is_live=state == "live", rights=rights),
        "created_at": card.created_at,
        "edited_at": card.edited_at if is_told else None,
        "version": card.version,
    }


def _state(card: CommentCard) -> str:
    if card.deleted_at is not None:
        return "removed" if card.removed_by_post_author else "deleted"
    if not card.is_visible:
        return "deleted"
    return "live" if card.hidden_at is None else "hidden"


def _viewer(
    card: CommentCard, viewer: UUID | None, *, is_told: bool, is_live: bool, rights: ThreadRights
) -> dict[str, Any] | None:
    if viewer is None:
        return None
    is_author = card.author_id == viewer
    return {
        "reaction": emoji.ORDER[card.reaction].value if card.reaction is not None and is_told else None,
        "is_author": is_author,
        "mutes_author": card.is_muted and is_told,
        "is_folded": (card.is_muted or card.is_folded) and is_told,
        "can_reply": rights.may_reply and is_live,
        "can_edit": is_author and is_live and rights.may_edit,
        "can_delete": card.deleted_at is None and (is_author or (card.post_author_id == viewer and is_told)),
    }
