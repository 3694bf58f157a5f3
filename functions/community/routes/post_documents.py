"""`Post` as JSON has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from functions.community.domain import emoji
from functions.community.domain.group_roles import GroupRole
from functions.community.domain.post_content import PostStatus
from functions.community.repository.post_cards import PostCard
from functions.community.repository.votes import PollState
from functions.community.routes.people_documents import author
from functions.community.routes.poll_documents import poll
from functions.community.service.feed import FeedPage
from functions.community.service.posts import Cards

_ITSELF: Final = {"reposted_by": None, "reposted_at": None, "is_pinned": False}


def documents(cards: Cards, viewer: UUID | None) -> list[dict[str, Any]]:
    """The posts in order, each with the post that it quotes, whose own quote is left out."""
    return [_post(card, cards, viewer) for card in cards.posts]


def feed_documents(page: FeedPage, viewer: UUID | None) -> list[dict[str, Any]]:
    """`FeedPost`: the posts at their places, each with who passed it on. What has gone in the meantime is left out."""
    shown = {document["id"]: document for document in documents(page.cards, viewer)}
    pinned = [{**shown[page.pinned], **_ITSELF, "is_pinned": True}] if page.pinned in shown else []
    return pinned + [
        {**shown[place.id], "reposted_by": place.reposter, "reposted_at": place.value, "is_pinned": False}
        if place.reposter
        else {**shown[place.id], **_ITSELF}
        for place in page.places
        if place.id in shown
    ]


def _post(card: PostCard, cards: Cards, viewer: UUID | None) -> dict[str, Any]:
    quoted = cards.quoted.get(card.quoted_post_id) if card.quoted_post_id else None
    return {
        **_alone(card, viewer),
        "quoted": {"post": None if quoted is None else _alone(quoted, viewer)} if card.is_quote else None,
    }


def _alone(card: PostCard, viewer: UUID | None) -> dict[str, Any]:
    state = _poll(card)
    return {
        "id": card.id,
        "author": author(card),
        "text": card.body,
        "entities": card.entities,
        "language": card.language,
        "sentiment": card.sentiment,
        "content_warning": card.content_warning,
        "visibility": card.visibility,
        "reply_policy": card.reply_policy,
        "group": card.group,
        "flair": card.flair,
        "media": card.media or [],
        "poll": None if state is None else poll(state, viewer),
        "quoted": {"post": None} if card.is_quote else None,
        "stats": {
            "reactions": emoji.by_name(card.reaction_counts),
            "comments": card.comment_count,
            "reposts": card.repost_count,
            "quotes": card.quote_count,
        },
        "viewer": None if viewer is None else _viewer(card, state, is_author=card.author_id == viewer),
        "status": card.status,
        "publish_at": card.publish_at,
        "held_reason": card.held_reason,
        "published_at": card.published_at,
        "edited_at": card.edited_at,
        "imported_at": card.imported_at,
        "hidden": {"at": card.hidden_at, "reason": card.hidden_reason} if card.hidden_at else None,
        "version": card.version,
    }


def _poll(card: PostCard) -> PollState | None:
    if card.poll is None:
        return None
    # The database writes the moment with an offset, as answers do not.
    end = card.poll["ends_at"]
    ends_at = None if end is None else datetime.fromisoformat(end)
    return PollState(**{**card.poll, "ends_at": ends_at}, post_id=card.id, author_id=card.author_id)


def _viewer(card: PostCard, state: PollState | None, *, is_author: bool) -> dict[str, Any]:
    is_live = card.status == PostStatus.PUBLISHED and card.hidden_at is None
    # Authors read what they wrote in a group also when they have left it; to act they have to be let in.
    acts = card.may_write and is_live and (card.group is None or card.role is not None or card.is_passable)
    has_place = card.group is None or (card.role is not None and not card.group["is_closed"])
    moderates = card.may_write and card.role is not None and GroupRole(card.role).includes(GroupRole.MODERATOR)
    return {
        "reaction": None if card.reaction is None else emoji.ORDER[card.reaction].value,
        "is_reposted": card.is_reposted,
        "is_bookmarked": card.is_bookmarked,
        "follows_author": card.is_followed,
        "mutes_author": card.is_muted,
        "is_folded": card.is_folded,
        "is_author": is_author,
        "can_edit": is_author and card.may_write and has_place and card.hidden_at is None,
        "can_delete": is_author,
        "can_reply": acts and card.replies == "open",
        "can_repost": acts and card.is_passable,
        "can_vote": acts and state is not None and not state.is_over and state.vote is None,
        "can_pin": acts and is_author and card.group is None,
        "can_set_flair": is_live and (moderates or (is_author and card.may_write and card.role is not None)),
        "can_accept_answer": acts and is_author and card.role is not None,
        "can_moderate": moderates,
    }
