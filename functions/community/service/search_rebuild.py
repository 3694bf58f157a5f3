"""Rebuilds the search index of posts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from shared.contexts.community import post_index
from shared.search import rebuilding
from shared.search.rebuilding import BATCH, Rebuild


def rebuild(after: UUID | None, has_time: Callable[[], bool], *, batch: int = BATCH) -> Rebuild:
    """Index the posts behind `after`, until all are done or the time is over; at least one batch."""
    return rebuilding.rebuild(post_index.rebuild, after, has_time, batch=batch)
