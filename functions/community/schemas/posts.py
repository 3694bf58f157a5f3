"""Posts as people write and read them. Texts are plain, never HTML."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from shared.contexts.media.schemas import Image, Picture
from shared.web import Page, RequestModel, ResponseModel

Sentiment = Literal["bullish", "bearish"]
ReplyPolicy = Literal["everybody", "followers", "mentioned", "nobody"]


class NewPost(RequestModel):
    """Plain text; what looks like HTML is shown as it was typed."""

    text: Annotated[str, Field(min_length=1, max_length=20_000, examples=["$AAPL looks strong before the event"])]
    visibility: Literal["public", "followers"] = "public"
    reply_policy: ReplyPolicy = "everybody"
    sentiment: Sentiment | None = None
    language: Annotated[str | None, Field(max_length=35, examples=["zh-CN"])] = None
    content_warning: Annotated[str | None, Field(max_length=200)] = None


class Author(ResponseModel):
    """Who wrote something."""

    id: UUID
    username: str
    display_name: str | None
    picture: Picture | None


class PostPoll(ResponseModel):
    id: UUID
    options: list[str]
    counts: Annotated[list[int] | None, Field(description="Votes by option; null while they are hidden")]
    vote_count: int
    ends_at: datetime | None
    is_over: bool
    hides_results: bool
    vote: Annotated[int | None, Field(description="The caller's option; the first is 0")]


class PostStats(ResponseModel):
    """The same for every viewer."""

    reactions: dict[str, int]
    comments: int
    reposts: int
    quotes: int


class PostViewer(ResponseModel):
    """What the caller has done with the post, and what they may do."""

    reaction: str | None
    is_reposted: bool
    is_bookmarked: bool
    follows_author: bool
    mutes_author: bool
    is_folded: Annotated[bool, Field(description="It has a word that the caller wants folded")]
    is_author: bool


class QuotedPost(ResponseModel):
    """A post inside of another; `post` is null where the caller may not read it, or it is gone."""

    post: dict[str, Any] | None


class PostGroup(ResponseModel):
    """The group that a post is in, and what became of it there."""

    id: UUID
    slug: str
    name: str
    is_pinned: bool
    is_locked: Annotated[bool, Field(description="Nobody comments any more")]
    accepted_comment_id: Annotated[UUID | None, Field(description="The answer that the post's author took")]


class Post(ResponseModel):
    """A post as the caller sees it."""

    id: UUID
    author: Author
    text: str
    entities: list[dict[str, Any]]
    language: str | None
    sentiment: Sentiment | None
    content_warning: str | None
    visibility: Literal["public", "followers", "group"]
    reply_policy: ReplyPolicy
    group: PostGroup | None
    flair: str | None
    media: list[Image]
    poll: PostPoll | None
    quoted: QuotedPost | None
    stats: PostStats
    viewer: PostViewer | None
    status: Literal["draft", "scheduled", "published"]
    publish_at: datetime | None
    published_at: datetime | None
    edited_at: datetime | None
    hidden: Annotated[dict[str, Any] | None, Field(description="When and why moderators hid it; its author reads that")]
    version: int


class PostList(Page[Post]):
    pass
