"""Invoked by an operator: rebuilds the search index of posts, for example after the tokenizer changed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared import startup

with startup.initializing():
    from functions.community.service import search_rebuild
    from shared.schedule import Run, command


def rebuild(run: Run) -> dict[str, Any]:
    """`{"after": ...}` goes on behind a post's id; an empty event begins at the start.

    Answers how many posts were indexed, and in `next` what `after` has to be where the time did not suffice for all.
    Meanwhile searches work on the old index, and posts can be written and changed.
    """
    after = run.payload.get("after")
    rebuilt = search_rebuild.rebuild(UUID(after) if after else None, run.has_time)
    return {"indexed": rebuilt.indexed, "next": None if rebuilt.next is None else str(rebuilt.next)}


handler = command(rebuild, message="search index rebuilt", reserve=15)
