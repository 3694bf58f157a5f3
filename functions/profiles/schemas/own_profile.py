"""One's own profile."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, field_validator

from functions.profiles.schemas.fields import Bio, DisplayName, TimeZone, Username, refuse_null
from functions.profiles.schemas.people import PersonStats
from shared.contexts.identity.schemas import AcceptsMarketing, FullName, Language, Profile
from shared.contexts.media.schemas import Picture
from shared.permissions import Permission
from shared.web import ChangeModel, RequestModel, Version
from shared.web.fields import single_line

_REPLACED_ONLY = ("full_name", "language", "accepts_marketing", "username", "bio", "time_zone", "is_private")


def _one_line(value: str | None) -> str | None:
    return None if value is None else single_line(value)


class OwnProfileReplacement(RequestModel):
    """Of the public profile, what is left out stays."""

    full_name: FullName
    language: Language
    accepts_marketing: AcceptsMarketing
    username: Username | None = None
    display_name: DisplayName = None
    bio: Bio | None = None
    time_zone: TimeZone | None = None
    is_private: bool | None = None
    version: Version

    @field_validator("username", "bio", "time_zone", "is_private", mode="before")
    @classmethod
    def _cannot_be_removed(cls, value: Any) -> Any:
        return refuse_null(value)

    @field_validator("display_name")
    @classmethod
    def _is_one_line(cls, value: str | None) -> str | None:
        return _one_line(value)


class OwnProfileChange(ChangeModel):
    """Only what is named changes."""

    full_name: FullName | None = Field(default=None, examples=["Ada King"])
    language: Language | None = Field(default=None, examples=["zh-CN"])
    accepts_marketing: AcceptsMarketing | None = None
    username: Username | None = None
    display_name: DisplayName = None
    bio: Bio | None = None
    time_zone: TimeZone | None = None
    is_private: bool | None = None
    version: Version

    @field_validator(*_REPLACED_ONLY, mode="before")
    @classmethod
    def _cannot_be_removed(cls, value: Any) -> Any:
        return refuse_null(value)

    @field_validator("display_name")
    @classmethod
    def _is_one_line(cls, value: str | None) -> str | None:
        return _one_line(value)


class Onboarding(RequestModel):
    """The country is found by the network address, of which only a keyed hash is stored."""

    username: Username
    display_name: DisplayName = None
    time_zone: TimeZone

    @field_validator("display_name")
    @classmethod
    def _is_one_line(cls, value: str | None) -> str | None:
        return _one_line(value)


class OwnProfile(Profile):
    """A person, as they see themselves. What others see is null until a username is chosen (`POST
    /users/me/onboarding`).
    """

    permissions: Annotated[list[Permission], Field(description="What the roles may do")]
    username: str | None
    display_name: Annotated[str | None, Field(description="The username where none was chosen")]
    bio: str | None
    picture: Picture | None
    country: Annotated[str | None, Field(description="ISO 3166-1 alpha-2, by the network of the onboarding")]
    time_zone: str | None
    is_private: bool | None
    standing: Annotated[str | None, Field(description="`good`, `suspended` or `banned`")]
    standing_until: datetime | None
    standing_reason: str | None
    stats: PersonStats | None
    interest_count: int | None
    follow_request_count: Annotated[int | None, Field(description="Requests of others that wait for an answer")]
