"""Categories as admins write and read them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from functions.catalog.slugs import slug_problem
from shared.web import AnswerModel, RequestModel, Version


def _slug(value: str) -> str:
    if problem := slug_problem(value):
        raise ValueError(problem)
    return value


Name = Annotated[str, Field(min_length=1, max_length=200, examples=["Garden"])]
Slug = Annotated[
    str, Field(min_length=1, max_length=200, description="Made from the name where absent"), AfterValidator(_slug)
]
Position = Annotated[
    int, Field(ge=0, le=2**31 - 1, description="Among its siblings; then they go by name", examples=[1])
]
ParentId = Annotated[UUID | None, Field(description="Null at the root")]


class NewCategory(RequestModel):
    name: Name
    slug: Slug | None = None
    parent_id: ParentId = None
    position: Position = 0


class CategoryReplacement(RequestModel):
    """The whole category anew; an absent `slug` stays. Another parent moves it with all below it."""

    version: Version
    name: Name
    slug: Slug | None = None
    parent_id: ParentId
    position: Position


class AdminCategory(AnswerModel):
    """A category as an admin edits it."""

    id: UUID
    version: int
    name: str
    slug: str
    parent_id: UUID | None
    position: int
    created_at: datetime
    updated_at: datetime
