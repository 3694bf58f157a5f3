"""Invoked by an operator: makes the search index of products anew, for example after the tokenizer changed."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from shared import startup

with startup.initializing():
    from aws_lambda_powertools.utilities.typing import LambdaContext

    from shared.clients import database
    from shared.log import logger
    from shared.transactions import product_search

_BATCH: Final = 200
_MILLISECONDS_FOR_A_BATCH: Final = 15_000


def handler(event: dict[str, Any] | None, context: LambdaContext) -> dict[str, Any]:
    """`{"after": ...}` goes on behind a product's id; an empty event begins at the start.

    Answers how many products were indexed, and in `next` what `after` has to be where the time did not suffice for all.
    The shop goes on meanwhile: searches find what they found, and products can be changed.
    """
    given = (event or {}).get("after")
    after = UUID(given) if given else None
    indexed = 0
    while True:
        with database.transaction() as connection:
            done = product_search.rebuild(connection, after=after, limit=_BATCH)
        indexed += len(done)
        if not done:
            after = None
            break
        after = done[-1]
        if context.get_remaining_time_in_millis() < _MILLISECONDS_FOR_A_BATCH:
            break
    summary = {"indexed": indexed, "next": None if after is None else str(after)}
    logger().info("search index rebuilt", extra=summary)
    return summary
