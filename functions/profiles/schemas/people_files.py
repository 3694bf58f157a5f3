"""Lists of people as files."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from functions.profiles.domain.people_files import RefusalReason
from shared.web import ResponseModel

PeopleList = Literal["following", "mutes", "blocks"]


class RefusedLine(ResponseModel):
    line: Annotated[int, Field(description="From 1, with the header")]
    name: str
    reason: RefusalReason


class PeopleFileReport(ResponseModel):
    """What became of the lines that name somebody: `read` is the sum of the others."""

    read: int
    created: int
    unchanged: Annotated[int, Field(description="In the list already, or named twice")]
    refused: list[RefusedLine]
