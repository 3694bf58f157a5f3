"""What people write about posts of a group, and its labels for them."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, Field

from functions.community.schemas.group_texts import seen_line
from shared.web import RequestModel, ResponseModel

_ID: Final = "0197a2f4-5f2c-7c1e-9a53-2f1d0f6f5a10"


class NewFlair(RequestModel):
    name: Annotated[str, Field(min_length=1, max_length=40, examples=["Question"]), AfterValidator(seen_line)]


class Flair(ResponseModel):
    id: UUID
    name: str


class PostFlair(RequestModel):
    flair_id: Annotated[UUID, Field(examples=[_ID])]


class AcceptedAnswer(RequestModel):
    comment_id: Annotated[UUID, Field(examples=[_ID])]


class Removal(RequestModel):
    reason: Annotated[str, Field(min_length=1, max_length=500, examples=["Advertising"])]
