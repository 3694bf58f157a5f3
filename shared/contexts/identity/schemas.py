"""Fields of an account, as requests and answers have them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from shared import languages
from shared.permissions import Role
from shared.web.fields import SingleLine
from shared.web.schemas import ResponseModel

FullName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    SingleLine,
    Field(examples=["Ada Lovelace"]),
]
Language = Annotated[
    str,
    StringConstraints(min_length=2, max_length=languages.MAX_LENGTH),
    AfterValidator(languages.normalise),
    Field(description="A BCP 47 tag: language, and script and region if need be", examples=["zh-CN"]),
]
AcceptsMarketing = Annotated[
    bool, Field(description="Whether mails that were not asked for are welcome: left carts, offers", examples=[False])
]


class Profile(ResponseModel):
    """An account, as its owner sees it."""

    id: UUID
    email: str
    email_verified_at: datetime | None
    full_name: str
    language: str
    accepts_marketing: bool
    marketing_consent_at: datetime | None
    """When `accepts_marketing` became true."""
    roles: list[Role]
    version: int
    created_at: datetime
    updated_at: datetime
