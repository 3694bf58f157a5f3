"""One search over people, tickers, hashtags, posts and products."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

from functions.discovery.domain.search_words import is_long_enough, search_words
from functions.discovery.errors import QueryTooShortError
from functions.discovery.repository import hashtag_search, people_search, post_search, product_search, ticker_search
from functions.discovery.repository.hashtag_search import HashtagHit
from functions.discovery.repository.people_search import PersonHit
from functions.discovery.repository.post_search import PostHit
from functions.discovery.repository.ticker_search import TickerHit
from shared.clients.database import Connection
from shared.contexts.catalog.product_lists import ListedProduct
from shared.pages import split_page
from shared.search import query as search_query
from shared.search import spelling, terms
from shared.search.query import Group, Part

Kind = Literal["users", "tickers", "hashtags", "posts", "products"]
KINDS: Final[tuple[Kind, ...]] = ("users", "tickers", "hashtags", "posts", "products")
_EXACT: Final = "exact"
_LOOSE: Final = "loose"
_SUGGESTED: Final = 4
"""Of each kind."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """`after` continues posts."""

    query: str
    kinds: Collection[str]
    viewer: UUID | None
    limit: int
    after: list[Any] | None = None


@dataclass(slots=True)
class Hits:
    """What was found of each kind; None for kinds that were not asked for. Inexact products and
    posts have what is spelt alike, or parts of a phrase.
    """

    people: Sequence[PersonHit] | None = None
    tickers: Sequence[TickerHit] | None = None
    hashtags: Sequence[HashtagHit] | None = None
    posts: Sequence[PostHit] | None = None
    next_post: list[Any] | None = None
    products: Sequence[ListedProduct] | None = None
    inexact: set[str] = field(default_factory=set)


class Suggestion(NamedTuple):
    """`key` is a username, a symbol, a hashtag's key or a slug; `text` is what is shown."""

    kind: str
    key: str
    text: str


def search(connection: Connection, request: SearchRequest) -> Hits:
    """What the viewer may find. Raises QueryTooShortError."""
    _require_length(request.query)
    words, groups, hits = search_words(request.query), search_query.query(request.query), Hits()
    if "users" in request.kinds:
        hits.people = people_search.search(connection, words, request.viewer, limit=request.limit)
    if "tickers" in request.kinds:
        hits.tickers = ticker_search.search(connection, words, request.viewer, limit=request.limit)
    if "hashtags" in request.kinds:
        hits.hashtags = hashtag_search.search(connection, words, request.viewer, limit=request.limit)
    if "posts" in request.kinds:
        _search_posts(connection, request, groups, hits)
    if "products" in request.kinds:
        _search_products(connection, request, groups, hits)
    return hits


def suggest(connection: Connection, query: str, viewer: UUID | None) -> list[Suggestion]:
    """For a query that is being written. Raises QueryTooShortError."""
    _require_length(query)
    words, groups = search_words(query), search_query.beginning(query)
    people = people_search.search(connection, words, viewer, limit=_SUGGESTED)
    tickers = ticker_search.search(connection, words, viewer, limit=_SUGGESTED)
    hashtags = hashtag_search.search(connection, words, viewer, limit=_SUGGESTED)
    products = product_search.by_name(connection, search_query.tsquery(groups), limit=_SUGGESTED) if groups else []
    return [
        *(Suggestion("ticker", hit.symbol, hit.name or hit.name_zh or hit.symbol) for hit in tickers),
        *(Suggestion("hashtag", hit.key, hit.name) for hit in hashtags),
        *(Suggestion("user", hit.username, hit.display_name or hit.username) for hit in people),
        *(Suggestion("product", hit.slug, hit.name) for hit in products),
    ]


def _require_length(query: str) -> None:
    if not is_long_enough(query):
        raise QueryTooShortError


def _search_posts(connection: Connection, request: SearchRequest, groups: list[Group], hits: Hits) -> None:
    """A page; the first one of what is spelt alike, or has parts of the phrases, where nothing has all."""
    hits.posts = []
    mode, *position = request.after or (_EXACT,)
    if groups and mode == _EXACT:
        _page_posts(connection, request, groups, hits, [_EXACT, *position])
    if not groups or hits.posts or (mode == _EXACT and position):
        return
    loose = _alternatives(groups, post_search.nearest_words(connection, _spelt_words(groups)))
    if loose != groups:
        _page_posts(connection, request, loose, hits, [_LOOSE, *position])


def _page_posts(
    connection: Connection, request: SearchRequest, groups: list[Group], hits: Hits, after: list[Any]
) -> None:
    mode, *position = after
    rows = post_search.search(
        connection, search_query.tsquery(groups), request.viewer, limit=request.limit + 1, after=position
    )
    hits.posts, hits.next_post = split_page(rows, request.limit, lambda row: [mode, row.published_at, row.id])
    if mode == _LOOSE and rows:
        hits.inexact.add("posts")


def _search_products(connection: Connection, request: SearchRequest, groups: list[Group], hits: Hits) -> None:
    hits.products = (
        product_search.search(connection, search_query.tsquery(groups), limit=request.limit) if groups else []
    )
    if hits.products or not groups:
        return
    alternatives = _alternatives(groups, product_search.nearest_words(connection, _spelt_words(groups)))
    if alternatives != groups:
        hits.products = product_search.search(connection, search_query.tsquery(alternatives), limit=request.limit)
        hits.inexact |= {"products"} if hits.products else set()


def _spelt_words(groups: list[Group]) -> list[str]:
    """What may be misspelt."""
    return [group[0].text for group in groups if not group[0].unspaced and group[0].text.isalpha()]


def _alternatives(groups: list[Group], nearest: Mapping[str, Sequence[str]]) -> list[Group]:
    """With what is spelt alike, and with the parts of phrases."""
    return [[*group, *_spelt_alike(group[0], nearest.get(group[0].text, [])), *_pairs(group[0])] for group in groups]


def _spelt_alike(part: Part, nearest: Sequence[str]) -> list[Part]:
    return [Part(word) for word in spelling.candidates(part.text, nearest)]


def _pairs(part: Part) -> list[Part]:
    """Of a phrase without spaces, the pairs of its characters."""
    if not part.unspaced:
        return []
    return [pair for text in terms.pairs(part.text) if (pair := Part(text, unspaced=True)) != part]
