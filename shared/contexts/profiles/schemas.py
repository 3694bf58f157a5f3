"""How people look in answers."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.contexts.media.schemas import Picture
from shared.web.schemas import ResponseModel

Username = Annotated[str, Field(description="As its owner typed it; any case finds it", examples=["ada_l"])]
DisplayName = Annotated[str, Field(description="The username where none was chosen", examples=["Ada Lovelace"])]


class PersonSummary(ResponseModel):
    """A person beside what they wrote, or in a list of people."""

    id: UUID
    username: Username
    display_name: DisplayName
    picture: Picture | None
    is_private: Annotated[bool, Field(description="Whether only followers see what the person publishes")]
