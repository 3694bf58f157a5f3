"""How people and tickers look beside posts, wherever these are shown."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.contexts.media.schemas import Picture
from shared.web.schemas import ResponseModel


class Author(ResponseModel):
    """Who wrote something."""

    id: UUID
    username: str
    display_name: Annotated[str, Field(description="The username where none was chosen")]
    picture: Picture | None


class _Place(ResponseModel):
    """From `start` to before `end`, in code points of the text."""

    start: int
    end: int


class TickerEntity(_Place):
    kind: Literal["ticker"]
    symbol: Annotated[str, Field(examples=["AAPL"])]


class HashtagEntity(_Place):
    kind: Literal["hashtag"]
    hashtag: Annotated[str, Field(description="Its key, by which all spellings are found", examples=["earnings"])]


class MentionEntity(_Place):
    kind: Literal["mention"]
    user_id: UUID
    username: str


Entity = Annotated[TickerEntity | HashtagEntity | MentionEntity, Field(discriminator="kind")]
"""What a text names, and where; in the order of the text."""


class TickerSummary(ResponseModel):
    """A security. Without a name where it is known from posts only."""

    symbol: Annotated[str, Field(examples=["AAPL", "0700.HK", "600519.SH"])]
    market: str | None
    name: str | None
    name_zh: str | None


class TickerSummaryList(ResponseModel):
    items: list[TickerSummary]
