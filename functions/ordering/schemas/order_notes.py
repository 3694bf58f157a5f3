"""What notes about orders look like from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from shared.web import RequestModel, ResponseModel


class NewOrderNote(RequestModel):
    """What the next one who opens the order should know."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"body": "Rings twice: the bell is broken."}]})

    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class OrderNote(ResponseModel):
    """A note of staff's; no customer sees it, but it is in the copy of the customer's data."""

    id: UUID
    author_id: Annotated[UUID | None, Field(description="Null where the author has no account any more")]
    body: str
    created_at: datetime
