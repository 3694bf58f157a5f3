"""People as others see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from shared.contexts.profiles.schemas import PersonSummary
from shared.web import ResponseModel


class PersonStats(ResponseModel):
    """Public counts, the same for everybody."""

    followers: int
    following: int
    posts: Annotated[int, Field(description="Live ones, outside of groups")]


class Relation(ResponseModel):
    """What the caller is to the person."""

    following: bool
    followed_by: bool
    requested: Annotated[bool, Field(description="The caller has asked to follow the private account")]
    muting: bool
    blocking: bool


class Person(PersonSummary):
    """A person as others see them."""

    bio: Annotated[str, Field(description="Plain text")]
    stats: PersonStats
    relation: Annotated[Relation | None, Field(description="Null for a guest and of oneself")]
    created_at: datetime


class ListedPerson(PersonSummary):
    """A person in a list of people."""

    since: Annotated[datetime, Field(description="Since when they are in it")]
    relation: Annotated[Relation | None, Field(description="Null for a guest and of oneself")]
