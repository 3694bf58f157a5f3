"""The category tree as the public reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.web import ResponseModel


class Category(ResponseModel):
    """A category, with all below it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "0199c0de-0000-7000-8000-000000000001",
                    "name": "Garden",
                    "slug": "garden",
                    "former_slugs": ["gardening"],
                    "updated_at": "2026-11-29T12:00:00Z",
                    "product_count": 12,
                    "children": [],
                }
            ]
        }
    )

    id: UUID
    name: str
    slug: str
    former_slugs: Annotated[list[str], Field(description="Slugs that it had; lists of products know it by them, too")]
    updated_at: datetime
    product_count: Annotated[int, Field(description="Products on sale in it and below")]
    children: list[Category]


class CategoryTree(ResponseModel):
    items: list[Category]
