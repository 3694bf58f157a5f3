"""Tickers: pages, posts, what is trending, and following."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from functions.community.routes import topic_documents
from functions.community.routes.post_pages import place_after, respond_posts
from functions.community.schemas.posts import PostList
from functions.community.schemas.topics import Ticker, TickerNames, TrendingTickerList
from functions.community.service import ticker_names, topics, trending
from shared.contexts.community.schemas import TickerSummary, TickerSummaryList
from shared.permissions import Permission
from shared.web import (
    Caller,
    Fields,
    MaybeCaller,
    Reader,
    Transaction,
    no_content,
    requires,
    respond_unvalidated,
)
from shared.web.pages import Paging
from shared.web.query import from_query

router = APIRouter(prefix="/api/v1/tickers", tags=["tickers"])

Symbol = Annotated[
    str, Path(max_length=20, description="Symbol in any form, or a code of six digits", examples=["AAPL"])
]
Most = Annotated[int, Query(ge=1, le=50, description="Items, at most")]


async def _completion(
    prefix: Annotated[str, Query(min_length=1, max_length=50, description="What the symbol or a name begins with")],
    limit: Most = 10,
) -> tuple[str, int]:
    return prefix, limit


async def _trending(limit: Most = 20) -> int:
    return limit


@router.get("", response_model=TickerSummaryList, summary="Complete a ticker")
async def list_tickers(
    request: Request, reader: Reader, wanted: Annotated[tuple[str, int], from_query(_completion)]
) -> Response:
    """By the beginning of its symbol, first, or of its English or Chinese name."""
    prefix, limit = wanted
    found = topics.list_tickers(reader, prefix, limit=limit)
    return respond_unvalidated(request, TickerSummaryList, {"items": [ticker._asdict() for ticker in found]})


@router.get("/trending", response_model=TrendingTickerList, summary="List what is trending")
async def list_trending_tickers(
    request: Request, reader: Reader, limit: Annotated[int, from_query(_trending)]
) -> Response:
    """Tickers by velocity: how many people wrote of them in public in the last hour, against the same hour of the seven
    days before. A person counts once, and reposts do not count. Computed every hour.
    """
    found = trending.tickers(reader, limit=limit)
    items = [ticker._asdict() for ticker in found]
    refreshed_at = items[0]["refreshed_at"] if items else None
    for item in items:
        del item["refreshed_at"]
    return respond_unvalidated(request, TrendingTickerList, {"items": items, "refreshed_at": refreshed_at})


@router.get("/{symbol}", response_model=Ticker, summary="Read a ticker")
async def get_ticker(request: Request, symbol: Symbol, caller: MaybeCaller, reader: Reader, fields: Fields) -> Response:
    """With the posts of the last 30 days, and how many of them are bullish and bearish."""
    viewer = caller.user_id if caller else None
    row = topics.ticker(reader, symbol, viewer)
    figures = topics.figures(reader, "ticker", row.id)
    return respond_unvalidated(request, Ticker, topic_documents.ticker(row, figures, viewer), fields=fields)


@router.get("/{symbol}/posts", response_model=PostList, summary="List posts of a ticker")
async def list_ticker_posts(
    *, request: Request, symbol: Symbol, caller: MaybeCaller, reader: Reader, paging: Paging, fields: Fields
) -> Response:
    """The newest first; without those of people whom the caller mutes or who block."""
    viewer = caller.user_id if caller else None
    row = topics.ticker(reader, symbol, viewer)
    query = f"posts of ticker {row.id} for {viewer}"
    after = place_after(paging, query)
    cards, last = topics.page(reader, "ticker", row.id, viewer=viewer, limit=paging.limit, after=after)
    return respond_posts(request, cards, last, query=query, viewer=viewer, fields=fields)


@router.put(
    "/{symbol}",
    response_model=TickerSummary,
    summary="Name a ticker",
    dependencies=[requires(Permission.TICKERS_WRITE)],
)
async def replace_ticker(request: Request, symbol: Symbol, body: TickerNames, tx: Transaction) -> Response:
    """What has a name is known: from then on a hashtag like it names it, and so does a code of six digits, and it is
    found by its names. Can be repeated; without a name it is known no longer.
    """
    named = ticker_names.name(tx, symbol, english=body.name, chinese=body.name_zh)
    document = {field: getattr(named, field) for field in TickerSummary.model_fields}
    return respond_unvalidated(request, TickerSummary, document)


@router.put(
    "/{symbol}/follow",
    status_code=204,
    summary="Follow a ticker",
    responses={409: {"description": "Too many are followed"}},
)
async def add_ticker_follow(symbol: Symbol, caller: Caller, tx: Transaction) -> Response:
    """Its posts come into one's feed. Also where it is followed already."""
    topics.follow(tx, "ticker", topics.ticker(tx, symbol, caller.user_id).id, caller.user_id)
    return no_content()


@router.delete("/{symbol}/follow", status_code=204, summary="No longer follow a ticker")
async def delete_ticker_follow(symbol: Symbol, caller: Caller, tx: Transaction) -> Response:
    """Also where it is not followed."""
    topics.unfollow(tx, "ticker", topics.ticker(tx, symbol, caller.user_id).id, caller.user_id)
    return no_content()
