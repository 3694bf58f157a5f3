"""Rebuilds the search index of products."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from functions.catalog.repository import search_index
from shared.search import rebuilding
from shared.search.rebuilding import BATCH, Rebuild


def rebuild(after: UUID | None, has_time: Callable[[], bool], *, batch: int = BATCH) -> Rebuild:
    """Index the products behind `after`, until all are done or the time is over; at least one batch."""
    return rebuilding.rebuild(search_index.rebuild, after, has_time, batch=batch)
