"""`Poll` as JSON has it, in a post and by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from functions.community.repository.votes import PollState


def poll(state: PollState, viewer: UUID | None) -> dict[str, Any]:
    """Results are withheld here, where every route with a poll in it passes."""
    is_hidden = state.hides_results and not state.is_over and state.vote is None and state.author_id != viewer
    total = sum(state.counts)
    return {
        "id": state.id,
        "post_id": state.post_id,
        "options": [
            {
                "text": text,
                "votes": None if is_hidden else count,
                "percentage": None if is_hidden else round(100 * count / total, 1) if total else 0.0,
            }
            for text, count in zip(state.options, state.counts, strict=True)
        ],
        "vote_count": total,
        "duration_minutes": state.minutes,
        "ends_at": state.ends_at,
        "is_over": state.is_over,
        "hides_results": state.hides_results,
        "vote": state.vote,
    }
