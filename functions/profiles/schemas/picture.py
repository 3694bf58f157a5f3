"""The picture of one's profile."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.web import RequestModel


class ProfilePicture(RequestModel):
    media_id: Annotated[UUID, Field(description="Of an upload for a profile that is `ready`")]
