"""`Post` as JSON has it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from functions.community.domain import emoji
from functions.community.repository.post_cards import PostCard
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
    is_author = card.author_id == viewer
    return {
        "id": card.id,
        "author": {
            "id": card.author_id,
            "username": card.username,
            "display_name": card.display_name,
            "picture": card.picture,
        },
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
        "poll": _poll(card, is_author=is_author),
        "quoted": {"post": None} if card.is_quote else None,
        "stats": {
            "reactions": emoji.by_name(card.reaction_counts),
            "comments": card.comment_count,
            "reposts": card.repost_count,
            "quotes": card.quote_count,
        },
        "viewer": None if viewer is None else _viewer(card, is_author=is_author),
        "status": card.status,
        "publish_at": card.publish_at,
        "held_reason": card.held_reason,
        "published_at": card.published_at,
        "edited_at": card.edited_at,
        "hidden": {"at": card.hidden_at, "reason": card.hidden_reason} if card.hidden_at else None,
        "version": card.version,
    }


def _poll(card: PostCard, *, is_author: bool) -> dict[str, Any] | None:
    if card.poll is None:
        return None
    poll = dict(card.poll)
    poll["vote_count"] = sum(poll["counts"])
    # Withheld here, where every route with a poll in it passes.
    if poll["hides_results"] and not poll["is_over"] and poll["vote"] is None and not is_author:
        poll["counts"] = None
    return poll


def _viewer(card: PostCard, *, is_author: bool) -> dict[str, Any]:
    return {
        "reaction": None if card.reaction is None else emoji.ORDER[card.reaction].value,
        "is_reposted": card.is_reposted,
        "is_bookmarked": card.is_bookmarked,
        "follows_author": card.is_followed,
        "mutes_author": card.is_muted,
        "is_folded": card.is_folded,
        "is_author": is_author,
    }
