"""Pages of posts by time of publication, as several addresses answer them."""

from __future__ import annotations

from uuid import UUID

from fastapi import Request
from starlette.responses import Response

from functions.community.repository.post_lists import Place
from functions.community.routes.post_documents import documents
from functions.community.schemas.posts import Post
from functions.community.service.posts import Cards
from shared.web import PageRequest, respond_page
from shared.web.pages import next_cursor


def place_after(paging: PageRequest, query: str) -> Place | None:
    """Behind which post the page begins; null for the first page. Raises InvalidCursorError."""
    after = paging.after(query)
    return Place(*after) if after else None


def respond_posts(
    request: Request,
    cards: Cards,
    last: Place | None,
    *,
    query: str,
    viewer: UUID | None,
    fields: frozenset[str] | None,
) -> Response:
    """The page, and from where the next one goes on."""
    cursor = next_cursor(query, list(last)) if last is not None else None
    return respond_page(request, Post, documents(cards, viewer), next_cursor=cursor, fields=fields)
