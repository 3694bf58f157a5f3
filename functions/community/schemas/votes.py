"""Polls, and votes in them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.web import RequestModel, ResponseModel


class NewVote(RequestModel):
    option: Annotated[int, Field(ge=0, le=3, strict=True, description="The first is 0", examples=[1])]


class PollOption(ResponseModel):
    text: str
    votes: Annotated[int | None, Field(description="Null while the results are hidden from the caller")]
    percentage: Annotated[float | None, Field(description="Of all votes, to a tenth", examples=[33.3])]


class Poll(ResponseModel):
    """A poll as the caller sees it, in its post and by itself. Where the author hides the results, they are told to who
    has voted, to the author, and to all after the end.
    """

    id: UUID
    post_id: UUID
    options: list[PollOption]
    vote_count: int
    duration_minutes: int
    ends_at: Annotated[datetime | None, Field(description="Null until the post is published")]
    is_over: bool
    hides_results: bool
    vote: Annotated[int | None, Field(description="The caller's option; the first is 0")]
