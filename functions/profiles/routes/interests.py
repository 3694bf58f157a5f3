"""What the caller is interested in, and which tickers they watch."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from functions.profiles.schemas.interests import InterestChoice, Interests, WatchedTicker
from functions.profiles.service import interests
from shared.web import Caller, Fields, Page, Reader, Transaction, no_content, respond, respond_page, respond_unvalidated
from shared.web.pages import Paging, next_cursor

router = APIRouter(prefix="/api/v1/users/me", tags=["interests"])

Symbol = Annotated[str, Path(max_length=40, description="`$` and case do not matter", examples=["AAPL"])]


@router.get("/interests", response_model=Interests, summary="My interests")
async def get_interests(request: Request, caller: Caller, reader: Reader) -> Response:
    """In alphabetical order."""
    return respond(request, Interests(topics=interests.topics(reader, caller.user_id)))


@router.put("/interests", response_model=Interests, summary="Choose my interests")
async def replace_interests(request: Request, body: InterestChoice, caller: Caller, tx: Transaction) -> Response:
    """These and no others."""
    return respond(request, Interests(topics=interests.choose(tx, caller.user_id, body.topics)))


@router.get("/watchlist", response_model=Page[WatchedTicker], summary="List the tickers that I watch")
async def list_watchlist(request: Request, caller: Caller, reader: Reader, paging: Paging, fields: Fields) -> Response:
    """Newest first."""
    query = f"watchlist {caller.user_id}"
    rows, last = interests.watched(reader, caller.user_id, limit=paging.limit, after=paging.after(query))
    return respond_page(
        request,
        WatchedTicker,
        [row._asdict() for row in rows],
        next_cursor=next_cursor(query, last) if last is not None else None,
        fields=fields,
    )


@router.put(
    "/watchlist/{symbol}",
    response_model=WatchedTicker,
    summary="Watch a ticker",
    responses={409: {"description": "The watchlist is full (`watchlist_full`)"}},
)
async def add_watched_ticker(request: Request, symbol: Symbol, caller: Caller, tx: Transaction) -> Response:
    """Can be repeated."""
    return respond_unvalidated(request, WatchedTicker, interests.watch(tx, caller.user_id, symbol)._asdict())


@router.delete("/watchlist/{symbol}", status_code=204, summary="Watch a ticker no longer")
async def delete_watched_ticker(symbol: Symbol, caller: Caller, tx: Transaction) -> Response:
    """Can be repeated."""
    interests.unwatch(tx, caller.user_id, symbol)
    return no_content()
