"""What a search finds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from shared.contexts.catalog.schemas import ProductSummary
from shared.contexts.community.schemas import Author, TickerSummary
from shared.contexts.media.schemas import Picture
from shared.web import ResponseModel

IsExact = Annotated[bool, Field(description="False where nothing has all of the query, and these have it nearly")]


class FoundUser(ResponseModel):
    id: UUID
    username: str
    display_name: Annotated[str, Field(description="The username where none was chosen")]
    picture: Picture | None
    bio: str
    is_private: bool
    follower_count: int
    is_followed: Annotated[bool, Field(description="By the caller")]


class FoundTicker(TickerSummary):
    is_followed: Annotated[bool, Field(description="By the caller")]


class FoundHashtag(ResponseModel):
    """`name` is how most write it, `key` what its spellings have in common."""

    key: str
    name: str
    is_followed: Annotated[bool, Field(description="By the caller")]


class FoundPostStats(ResponseModel):
    reactions: int
    comments: int
    reposts: int
    quotes: int


class FoundPost(ResponseModel):
    """A post in short; the whole one has its own address."""

    id: UUID
    author: Author
    text: str
    entities: list[dict[str, Any]]
    language: str | None
    sentiment: Literal["bullish", "bearish"] | None
    content_warning: str | None
    visibility: Literal["public", "followers", "group"]
    published_at: datetime
    imported_at: Annotated[datetime | None, Field(description="When it was brought from elsewhere")]
    stats: FoundPostStats


class FoundUsers(ResponseModel):
    items: list[FoundUser]


class FoundTickers(ResponseModel):
    items: list[FoundTicker]


class FoundHashtags(ResponseModel):
    items: list[FoundHashtag]


class FoundPostList(ResponseModel):
    items: list[FoundPost]
    exact: IsExact
    next_cursor: Annotated[str | None, Field(description="Null on the last page; asked for with `type=posts`")]


class FoundProducts(ResponseModel):
    items: list[ProductSummary]
    exact: IsExact


class SearchResults(ResponseModel):
    """Null for kinds that were not asked for."""

    users: FoundUsers | None
    tickers: FoundTickers | None
    hashtags: FoundHashtags | None
    posts: FoundPostList | None
    products: FoundProducts | None


class FoundSuggestion(ResponseModel):
    kind: Literal["user", "ticker", "hashtag", "product"]
    key: Annotated[str, Field(description="Username, symbol, hashtag or slug")]
    text: str


class FoundSuggestionList(ResponseModel):
    items: list[FoundSuggestion]
