"""What people write about posts of a group."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from functions.community.schemas.group_texts import seen_line
from shared.web import RequestModel


class NewFlair(RequestModel):
    name: Annotated[str, Field(min_length=1, max_length=40, examples=["Question"]), AfterValidator(seen_line)]


class PostFlair(RequestModel):
    flair_id: UUID


class AcceptedAnswer(RequestModel):
    comment_id: UUID


class Removal(RequestModel):
    reason: Annotated[str, Field(min_length=1, max_length=500, examples=["Advertising"])]
