"""What others may read of community. Who may read a post decides `shared.contexts.profiles.audience`, with the groups'
memberships; these views show everything.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.views import View

POSTS: Final = View(
    "community_posts",
    id=UUID,
    author_id=UUID,
    body=str,
    folded_text=str,
    visibility=str,
    group_id=UUID | None,
    is_live=bool,
    published_at=datetime,
    deleted_at=datetime | None,
    hidden_at=datetime | None,
    sentiment=str | None,
    reaction_counts=list[int],
    comment_count=int,
    repost_count=int,
    quote_count=int,
    version=int,
    created_at=datetime,
    imported_at=datetime | None,
)
"""Published posts; `is_live` ones are neither deleted nor hidden by moderators."""

WRITTEN_POSTS: Final = View(
    "community_written_posts",
    id=UUID,
    author_id=UUID,
    body=str,
    folded_text=str,
    visibility=str,
    group_id=UUID | None,
    is_live=bool,
    published_at=datetime,
    deleted_at=datetime | None,
    hidden_at=datetime | None,
    sentiment=str | None,
    reaction_counts=list[int],
    comment_count=int,
    repost_count=int,
    quote_count=int,
    version=int,
    created_at=datetime,
)
"""The same without what people brought from elsewhere, whose times nobody here has seen: for figures."""

POST_STATS: Final = View(
    "post_stats", post_id=UUID, reactions=int, comments=int, reposts=int, quotes=int, bookmarks=int
)
"""What people did with each post, counted from the rows. Its name is that of document 001."""

COMMENTS: Final = View(
    "community_comments",
    id=UUID,
    post_id=UUID,
    parent_id=UUID | None,
    author_id=UUID,
    body=str,
    is_live=bool,
    deleted_at=datetime | None,
    hidden_at=datetime | None,
    version=int,
    created_at=datetime,
)

REACTIONS: Final = View(
    "community_reactions",
    id=UUID,
    user_id=UUID,
    post_id=UUID | None,
    comment_id=UUID | None,
    created_at=datetime,
)

REPOSTS: Final = View("community_reposts", user_id=UUID, post_id=UUID, created_at=datetime)

VOTES: Final = View("community_votes", poll_id=UUID, user_id=UUID, created_at=datetime)

AUTHOR_STATS: Final = View("community_author_stats", user_id=UUID, post_count=int)
"""Live posts outside of groups; who never had any is missing."""

TICKERS: Final = View(
    "community_tickers",
    id=UUID,
    symbol=str,
    code=str,
    market=str | None,
    name=str | None,
    name_zh=str | None,
)

POST_TICKERS: Final = View("community_post_tickers", post_id=UUID, ticker_id=UUID, published_at=datetime)

POST_TERMS: Final = View("community_post_terms", post_id=UUID, published_at=datetime, terms=str)
"""What posts are found by (`shared.search.terms`), also posts that are live no more."""

POST_WORDS: Final = View("community_post_words", word=str)
"""Words of public posts: one that a query misspells may be one of these."""

HASHTAGS: Final = View("community_hashtags", id=UUID, key=str, name=str)
"""Also those that nobody may read any more: who shows one asks for a post that the viewer may read."""

POST_HASHTAGS: Final = View(
    "community_post_hashtags", post_id=UUID, hashtag_id=UUID, spelling=str, published_at=datetime
)

TOPIC_FOLLOWS: Final = View("community_topic_follows", user_id=UUID, kind=str, topic_id=UUID)
"""`kind` is ticker, hashtag or group."""

POST_HITS: Final = View(
    "community_post_hits",
    id=UUID,
    author_id=UUID,
    body=str,
    folded_text=str,
    content_warning=str | None,
    entities=list[dict[str, Any]],
    language=str | None,
    sentiment=str | None,
    visibility=str,
    group_id=UUID | None,
    is_live=bool,
    published_at=datetime,
    reaction_counts=list[int],
    comment_count=int,
    repost_count=int,
    quote_count=int,
    imported_at=datetime | None,
)
"""Published posts with what a search shows of them."""

MEMBERSHIPS: Final = View("community_memberships", group_id=UUID, user_id=UUID, role=str, joined_at=datetime)

SHOWN_MEDIA: Final = View("community_shown_media", media_id=UUID)
"""Uploaded pictures of posts that their authors have not deleted."""

OPEN_GROUPS: Final = View("community_open_groups", group_id=UUID)
"""Groups that everybody may read."""
