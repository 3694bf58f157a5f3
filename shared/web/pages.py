"""Keyset pages: the cursor holds the sort values of the last item, signed, and fits only the query that made it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated, Any, Final, Generic, TypeVar
from uuid import UUID

import orjson
from fastapi import Query

from shared import tokens
from shared.errors import ProblemError
from shared.web.query import from_query
from shared.web.schemas import ResponseModel

T = TypeVar("T")


class InvalidCursorError(ProblemError):
    status, code, title = 400, "invalid_cursor", "The cursor does not belong to this list"


class Page(ResponseModel, Generic[T]):
    """One page of a list; `next_cursor` is null on the last."""

    items: list[T]
    next_cursor: str | None

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """`OrderSummaryList` for `Page[OrderSummary]`: the name in OpenAPI, which clients generate types from."""
        return f"{params[0].__name__}List"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many items are wanted (1 to 100), after which."""

    limit: int
    cursor: str | None

    def after(self, query: str) -> list[Any] | None:
        """The sort values to continue after, or None at the start. `query` names the list, its filters and its sort.

        Raises InvalidCursorError for a cursor that was tampered with or that another query made.
        """
        if self.cursor is None:
            return None
        payload = tokens.unsign("cursor", self.cursor)
        if payload is None:
            raise InvalidCursorError
        made_by, values = orjson.loads(payload)
        if made_by != _fingerprint(query):
            raise InvalidCursorError
        return list(values)


def next_cursor(query: str, values: list[Any]) -> str:
    """The cursor that continues after an item with these sort values (JSON-able; dates and ids become strings)."""
    return tokens.sign("cursor", orjson.dumps([_fingerprint(query), values]))


def id_before(paging: PageRequest, query: str) -> UUID | None:
    """Of a list that is sorted by id alone: the id below which the page begins. Raises InvalidCursorError."""
    values = paging.after(query)
    return UUID(values[0]) if values else None


def id_cursor(query: str, position: UUID | None) -> str | None:
    """The cursor of the page below an id, where there is one."""
    return next_cursor(query, [str(position)]) if position else None


def _fingerprint(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()[:12]


DEFAULT_LIMIT: Final = 20
Limit = Annotated[int, Query(ge=1, le=100, description="Items per page")]
Cursor = Annotated[str | None, Query(max_length=1000, description="`next_cursor` of the page before")]


async def _page_request(limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> PageRequest:
    return PageRequest(limit, cursor)


Paging = Annotated[PageRequest, from_query(_page_request)]
"""Query parameters `limit` and `cursor`. A list with many more reads them together with these (`from_query`)."""
