"""Categories as admins write and read them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from functions.catalog.schemas.slugs import VALID_SLUG
from shared.web import RequestModel, ResponseModel, Version
from shared.web.fields import SingleLine

Name = Annotated[str, Field(min_length=1, max_length=200, examples=["Garden"]), SingleLine]
Slug = Annotated[str, Field(min_length=1, max_length=200, description="Made from the name where absent"), VALID_SLUG]
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


class AdminCategory(ResponseModel):
    """A category as an admin edits it."""

    id: UUID
    version: int
    name: str
    slug: str
    parent_id: UUID | None
    position: int
    created_at: datetime
    updated_at: datetime
