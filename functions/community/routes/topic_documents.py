"""Tickers and hashtags as JSON has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from functions.community.repository.topics import DayFigures, HashtagRow, TickerRow
from functions.community.service.topics import Figures


def ticker(row: TickerRow, figures: Figures, viewer: UUID | None) -> dict[str, Any]:
    """`Ticker`."""
    bullish, bearish = _sum(figures.days, "bullish"), _sum(figures.days, "bearish")
    return {
        "id": row.id,
        "symbol": row.symbol,
        "market": row.market,
        "name": row.name,
        "name_zh": row.name_zh,
        "stats": {
            "posts": _sum(figures.days, "posts"),
            "bullish": bullish,
            "bearish": bearish,
            "bullish_ratio": _ratio(bullish, bearish),
            "followers": row.followers,
            "watchers": row.watchers,
        },
        "days": [_day(day) for day in figures.days],
        "viewer": None if viewer is None else {"is_followed": row.is_followed, "is_watched": row.is_watched},
    }


def hashtag(row: HashtagRow, figures: Figures, viewer: UUID | None) -> dict[str, Any]:
    """`Hashtag`."""
    return {
        "id": row.id,
        "key": row.key,
        "name": row.name,
        "stats": {"posts": _sum(figures.days, "posts"), "followers": row.followers},
        "days": [_day(day) for day in figures.days],
        "viewer": None if viewer is None else {"is_followed": row.is_followed},
    }


def _day(figures: DayFigures) -> dict[str, Any]:
    return {**figures._asdict(), "bullish_ratio": _ratio(figures.bullish, figures.bearish)}


def _sum(figures: Sequence[DayFigures], name: str) -> int:
    return sum(getattr(day, name) for day in figures)


def _ratio(bullish: int, bearish: int) -> float | None:
    return round(bullish / (bullish + bearish), 4) if bullish + bearish else None
