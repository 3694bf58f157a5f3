"""Tickers and hashtags as people read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from functions.community.schemas.group_texts import seen_line
from shared.contexts.community.schemas import TickerSummary
from shared.web import RequestModel, ResponseModel


def _seen_line(name: str | None) -> str | None:
    return None if name is None else seen_line(name)


Ratio = Annotated[
    float | None, Field(description="Bullish among the bullish and bearish posts; null where there are none")
]


class TopicDay(ResponseModel):
    """Live public posts of a day, by authors in good standing."""

    day: date
    posts: int
    authors: int
    bullish: int
    bearish: int
    bullish_ratio: Ratio


class TickerNames(RequestModel):
    """What a security is called; one of the names at least makes its symbol known."""

    name: Annotated[str | None, Field(max_length=100, examples=["Kweichow Moutai"]), AfterValidator(_seen_line)] = None
    name_zh: Annotated[str | None, Field(max_length=100, examples=["贵州茅台"]), AfterValidator(_seen_line)] = None


class TickerStats(ResponseModel):
    """The same for every viewer; posts are those of the days below."""

    posts: int
    bullish: int
    bearish: int
    bullish_ratio: Ratio
    followers: int
    watchers: Annotated[int, Field(description="People who have it in their watchlist")]


class TickerViewer(ResponseModel):
    is_followed: bool
    is_watched: bool


class Ticker(TickerSummary):
    """A ticker's page; `days` are the last 30 of the shop's time zone, the first first."""

    id: UUID
    stats: TickerStats
    days: list[TopicDay]
    viewer: TickerViewer | None


class TrendingTicker(TickerSummary):
    """A ticker that more people write of than usual."""

    id: UUID
    authors: Annotated[int, Field(description="People who wrote of it in public in the hour before the refresh")]
    usual_authors: Annotated[float, Field(description="The average of that hour on the seven days before")]
    velocity: Annotated[float, Field(description="(authors + 1) / (usual authors + 1)")]


class TrendingTickerList(ResponseModel):
    items: list[TrendingTicker]
    refreshed_at: Annotated[datetime | None, Field(description="Null where nothing is trending")]


class HashtagSummary(ResponseModel):
    """`name` is how most write it, `key` what its spellings have in common."""

    key: str
    name: str


class HashtagCompletionItem(HashtagSummary):
    posts: Annotated[int, Field(description="Public ones among the latest twenty")]


class HashtagCompletionList(ResponseModel):
    items: list[HashtagCompletionItem]


class HashtagStats(ResponseModel):
    """The same for every viewer; posts are those of the days below."""

    posts: int
    followers: int


class HashtagViewer(ResponseModel):
    is_followed: bool


class Hashtag(HashtagSummary):
    """A hashtag's page; `days` as for tickers."""

    id: UUID
    stats: HashtagStats
    days: list[TopicDay]
    viewer: HashtagViewer | None
