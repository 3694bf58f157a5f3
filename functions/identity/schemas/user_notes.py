"""What notes about users look like from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from shared.web import RequestModel, ResponseModel


class NewUserNote(RequestModel):
    """What the next one who helps them should know."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"body": "Prefers to be called in the morning."}]})

    body: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class UserNote(ResponseModel):
    """A note of staff's; the user does not see it in the shop, but it is in the copy of their data."""

    id: UUID
    author_id: Annotated[UUID | None, Field(description="Null where the author has no account any more")]
    body: str
    created_at: datetime
