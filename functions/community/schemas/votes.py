"""Votes, and the results of polls."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.web import RequestModel, ResponseModel


class NewVote(RequestModel):
    option: Annotated[int, Field(ge=0, le=3, strict=True, description="The first is 0", examples=[1])]


class PollOptionResult(ResponseModel):
    text: str
    votes: Annotated[int | None, Field(description="Null while the results are hidden")]
    percentage: Annotated[float | None, Field(description="Of all votes, to a tenth", examples=[33.3])]


class PollResults(ResponseModel):
    """Where the author hides the results, they are told to who has voted, to the author, and to all after the end."""

    id: UUID
    post_id: UUID
    options: list[PollOptionResult]
    vote_count: int
    ends_at: datetime
    is_over: bool
    hides_results: bool
    vote: Annotated[int | None, Field(description="The caller's option")]
