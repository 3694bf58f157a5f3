"""The same change to several things at once, with one answer for each: `POST …/changes`.

Each thing is changed as if it were alone, in a savepoint of the request's transaction: what is refused takes nothing
else with it. The answer is 200 also where some, or all, are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field

from shared.clients.database import Connection
from shared.errors import ProblemError
from shared.web.schemas import ResponseModel

MAX_ITEMS: Final = 100

BulkIds = Annotated[
    list[UUID],
    Field(min_length=1, max_length=MAX_ITEMS, description="What is to be changed; one that is named twice counts once"),
]


class BulkResult(ResponseModel):
    """How one of them ended. `code` and `detail` are those of the problem that the change alone would have met."""

    id: UUID
    outcome: Literal["done", "unchanged", "refused"]
    code: str | None = None
    detail: str | None = None


class BulkAnswer(ResponseModel):
    """One result for each, in the order in which they were named."""

    results: list[BulkResult]


def each(connection: Connection, ids: Sequence[UUID], change: Callable[[UUID], bool]) -> BulkAnswer:
    """Call `change` for each id, which says whether anything is another now; a `ProblemError` refuses that one alone.

    They are changed in the order of their ids, so that two requests about the same things wait for each other instead
    of in a circle.
    """
    results = {item: _one(connection, item, change) for item in sorted(set(ids))}
    return BulkAnswer(results=[results[item] for item in dict.fromkeys(ids)])


def _one(connection: Connection, item: UUID, change: Callable[[UUID], bool]) -> BulkResult:
    try:
        with connection.transaction():
            return BulkResult(id=item, outcome="done" if change(item) else "unchanged")
    except ProblemError as error:
        return BulkResult(id=item, outcome="refused", code=error.code, detail=error.detail)
