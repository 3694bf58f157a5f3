"""The picture of one's profile."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.web import RequestModel


class ProfilePicture(RequestModel):
    media_id: Annotated[
        UUID,
        Field(
            description="Of an upload for a profile that is `ready`", examples=["0199c0de-7c1e-7d53-9a6e-2f6f4d1c0b5b"]
        ),
    ]
