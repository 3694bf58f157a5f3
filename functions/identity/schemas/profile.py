"""The profile of a user."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field, field_validator

from functions.identity.schemas.fields import AcceptsMarketing, FullName, Language
from shared.permissions import Role
from shared.web import ChangeModel, RequestModel, ResponseModel, Version


class ProfileReplacement(RequestModel):
    full_name: FullName
    language: Language
    accepts_marketing: AcceptsMarketing
    version: Version


class ProfileChange(ChangeModel):
    """Only what is named changes."""

    full_name: FullName | None = Field(default=None, examples=["Ada King"])
    language: Language | None = Field(default=None, examples=["zh-CN"])
    accepts_marketing: AcceptsMarketing | None = None
    version: Version

    @field_validator("full_name", "language", "accepts_marketing", mode="before")
    @classmethod
    def _cannot_be_removed(cls, value: Any) -> Any:
        if value is None:
            raise ValueError("cannot be removed, only replaced")
        return value


class Profile(ResponseModel):
    """A user, as they see themselves."""

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
