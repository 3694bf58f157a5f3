"""One search over people, tickers, hashtags, posts and products."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.discovery.errors import CursorWithoutPostsError
from functions.discovery.repository.post_search import PostHit
from functions.discovery.schemas.search import FoundSuggestionList, SearchResults
from functions.discovery.service import search
from functions.discovery.service.search import KINDS, Hits
from shared.contexts.catalog.product_lists import listed
from shared.web import MaybeCaller, Reader, respond_unvalidated
from shared.web.pages import Cursor, PageRequest, next_cursor
from shared.web.query import from_query

router = APIRouter(prefix="/api/v1/search", tags=["search"])

_KIND: Final = f"({'|'.join((*KINDS, 'all'))})"
Words = Annotated[
    str,
    Query(
        min_length=1,
        max_length=100,
        description="One character of Chinese, Japanese or Korean, or two of other scripts, at least",
        examples=["茅台"],
    ),
]


@dataclasses.dataclass(frozen=True, slots=True)
class SearchQuery:
    query: str
    kinds: frozenset[str]
    page: PageRequest


async def _search_query(
    q: Words,
    type: Annotated[  # noqa: A002
        str,
        Query(
            pattern=f"^{_KIND}(,{_KIND})*$", max_length=50, description="Kinds, separated by commas", examples=["all"]
        ),
    ] = "all",
    limit: Annotated[int, Query(ge=1, le=50, description="Items of each kind")] = 10,
    cursor: Cursor = None,
) -> SearchQuery:
    kinds = frozenset(type.split(","))
    return SearchQuery(q, frozenset(KINDS) if "all" in kinds else kinds, PageRequest(limit, cursor))


async def _words(q: Words) -> str:
    return q


@router.get("", response_model=SearchResults, summary="Search people, tickers, hashtags, posts and products")
async def search_everything(
    request: Request, wanted: Annotated[SearchQuery, from_query(_search_query)], caller: MaybeCaller, reader: Reader
) -> Response:
    """People by name, tickers by symbol or name, hashtags, and products by their words, also where they are spelt
    alike; posts by words and phrases, the newest first, by words that are spelt alike where nothing has them. Chinese
    is found by any part of a phrase. Nothing is found that the caller may not read, and nobody whom the caller mutes.
    More products are in the catalogue's own search.
    """
    viewer = caller.user_id if caller else None
    if wanted.page.cursor is not None and wanted.kinds != {"posts"}:
        raise CursorWithoutPostsError
    identity = f"search of posts {wanted.query!r} for {viewer}"
    hits = search.search(
        reader,
        search.SearchRequest(wanted.query, wanted.kinds, viewer, wanted.page.limit, wanted.page.after(identity)),
    )
    return respond_unvalidated(request, SearchResults, _results(hits, identity, viewer))


@router.get("/suggestions", response_model=FoundSuggestionList, summary="Suggest what to look for")
async def list_suggestions(
    request: Request, q: Annotated[str, from_query(_words)], caller: MaybeCaller, reader: Reader
) -> Response:
    """For a query that is being written: tickers, hashtags, people and products that begin so."""
    found = search.suggest(reader, q, caller.user_id if caller else None)
    return respond_unvalidated(request, FoundSuggestionList, {"items": [item._asdict() for item in found]})


def _results(hits: Hits, identity: str, viewer: UUID | None) -> dict[str, Any]:
    return {
        "users": None if hits.people is None else {"items": [hit._asdict() for hit in hits.people]},
        "tickers": None if hits.tickers is None else {"items": [hit._asdict() for hit in hits.tickers]},
        "hashtags": None if hits.hashtags is None else {"items": [hit._asdict() for hit in hits.hashtags]},
        "posts": None
        if hits.posts is None
        else {
            "items": [_post(hit) for hit in hits.posts],
            "exact": "posts" not in hits.inexact,
            "next_cursor": next_cursor(identity, hits.next_post) if hits.next_post else None,
        },
        "products": None
        if hits.products is None
        else {"items": [listed(row) for row in hits.products], "exact": "products" not in hits.inexact},
    }


def _post(hit: PostHit) -> dict[str, Any]:
    return {
        "id": hit.id,
        "author": {
            "id": hit.author_id,
            "username": hit.username,
            "display_name": hit.display_name or hit.username,
            "picture": hit.picture,
        },
        "text": hit.body,
        "entities": hit.entities,
        "language": hit.language,
        "sentiment": hit.sentiment,
        "content_warning": hit.content_warning,
        "visibility": hit.visibility,
        "published_at": hit.published_at,
        "imported_at": hit.imported_at,
        "stats": {
            "reactions": sum(hit.reaction_counts),
            "comments": hit.comment_count,
            "reposts": hit.repost_count,
            "quotes": hit.quote_count,
        },
    }
