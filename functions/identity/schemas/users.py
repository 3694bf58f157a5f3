"""Users as administrators read and write them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints, field_validator

from shared.permissions import Role
from shared.web import ChangeModel, ResponseModel, Version


class UserChange(ChangeModel):
    """Only what is named changes; the reason is recorded."""

    roles: list[Role] | None = Field(
        default=None,
        min_length=1,
        max_length=len(Role),
        description="All roles that the user shall have",
        examples=[["customer", "moderator"]],
    )
    is_active: bool | None = Field(default=None, examples=[True])
    reason: Annotated[
        str,
        StringConstraints(min_length=3, max_length=500),
        Field(description="Why; shown to administrators", examples=["Moderates reviews from today on"]),
    ]
    version: Version

    @field_validator("roles", "is_active", mode="before")
    @classmethod
    def _cannot_be_removed(cls, value: Any) -> Any:
        if value is None:
            raise ValueError("cannot be removed, only replaced")
        return value


class UserSummary(ResponseModel):
    id: UUID
    email: str
    full_name: str
    roles: list[Role]
    is_active: bool
    email_verified_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class AccountValueChange(ResponseModel):
    before: list[Role] | bool
    after: list[Role] | bool


class AccountChange(ResponseModel):
    """Who changed what, when and why."""

    actor_id: UUID | None
    changes: dict[str, AccountValueChange]
    """By name of the field."""
    reason: str
    created_at: datetime


class AdminUser(UserSummary):
    language: str
    marketing_consent_at: datetime | None
    sessions: int
    """How many go on."""
    changes: list[AccountChange]
    """By administrators: the last 50, the newest first."""
