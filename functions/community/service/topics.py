"""Pages of tickers and hashtags, following them, and completion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from functions.community.domain.entity_candidates import hashtag_key
from functions.community.errors import HashtagNotFoundError, TickerNotFoundError, TooManyTopicsError
from functions.community.repository import topic_completion, topic_posts, topics
from functions.community.repository.post_lists import Place
from functions.community.repository.topic_completion import HashtagCompletion, TickerCompletion
from functions.community.repository.topics import DAYS, DayFigures, HashtagRow, TickerRow, TopicKind
from functions.community.service import posts
from functions.community.service.posts import Cards
from shared import days
from shared.clients.database import Connection
from shared.contexts.community.symbols import canonical_symbol, possible_symbols, typed_code
from shared.pages import split_page

MOST_FOLLOWED: Final = 500
"""Tickers, and as many hashtags, that somebody may follow."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Every day of the last `DAYS`, the first first, also those without posts."""

    days: Sequence[DayFigures]


def ticker(connection: Connection, written: str, viewer: UUID | None) -> TickerRow:
    """By any form of its symbol, also a code of six digits. Raises TickerNotFoundError."""
    code = typed_code(written)
    symbol = canonical_symbol(code)
    symbols = [symbol] if symbol else possible_symbols(code)
    row = topics.ticker(connection, symbols, viewer) if symbols else None
    if row is None:
        raise TickerNotFoundError
    return row


def hashtag(connection: Connection, tag: str, viewer: UUID | None) -> HashtagRow:
    """In any spelling. Raises HashtagNotFoundError."""
    row = topics.hashtag(connection, hashtag_key(tag.removeprefix("#")), viewer)
    if row is None:
        raise HashtagNotFoundError
    return row


def figures(connection: Connection, kind: TopicKind, topic_id: UUID) -> Figures:
    """What was written of a topic, day by day in the shop's time zone."""
    since = days.today() - timedelta(days=DAYS - 1)
    return _filled(topics.figures(connection, kind, topic_id, since=since, zone=days.zone_name()), since)


def _filled(found: Sequence[DayFigures], since: date) -> Figures:
    by_day = {figures.day: figures for figures in found}
    every = [since + timedelta(days=number) for number in range(DAYS)]
    return Figures([by_day.get(day, DayFigures(day, 0, 0, 0, 0)) for day in every])


def page(
    connection: Connection, kind: TopicKind, topic_id: UUID, *, viewer: UUID | None, limit: int, after: Place | None
) -> tuple[Cards, Place | None]:
    """A page of the topic's posts, and where the next begins."""
    places, last = split_page(
        topic_posts.newest(connection, kind, topic_id, viewer, limit=limit + 1, after=after), limit, lambda place: place
    )
    return posts.page(connection, [place.id for place in places], viewer), last


def follow(connection: Connection, kind: TopicKind, topic_id: UUID, user_id: UUID) -> None:
    """Also where it is followed already. Raises TooManyTopicsError."""
    values = {"user_id": user_id, "kind": kind, "topic_id": topic_id}
    if not topics.follow(connection, values, most=MOST_FOLLOWED):
        raise TooManyTopicsError


def unfollow(connection: Connection, kind: TopicKind, topic_id: UUID, user_id: UUID) -> None:
    """Also where it is not followed."""
    topics.unfollow(connection, {"user_id": user_id, "kind": kind, "topic_id": topic_id})


def list_tickers(connection: Connection, prefix: str, *, limit: int) -> list[TickerCompletion]:
    """Tickers whose symbol or name begins so."""
    return topic_completion.tickers(connection, typed_code(prefix), limit=limit)


def list_hashtags(connection: Connection, prefix: str, *, limit: int) -> list[HashtagCompletion]:
    """Hashtags that begin so, in any spelling."""
    return topic_completion.hashtags(connection, hashtag_key(prefix.strip().removeprefix("#")), limit=limit)
