"""How people and tickers look beside posts, wherever these are shown."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.contexts.media.schemas import Picture
from shared.web.schemas import ResponseModel


class Author(ResponseModel):
    """Who wrote something."""

    id: UUID
    username: str
    display_name: str | None
    picture: Picture | None


class TickerSummary(ResponseModel):
    """A security. Without a name where it is known from posts only."""

    symbol: Annotated[str, Field(examples=["AAPL", "0700.HK", "600519.SH"])]
    market: str | None
    name: str | None
    name_zh: str | None


class TickerSummaryList(ResponseModel):
    items: list[TickerSummary]
