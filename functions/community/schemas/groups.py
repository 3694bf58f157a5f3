"""Groups as people found, change and read them. Texts are plain, never HTML."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from functions.community.schemas.group_posts import Flair
from functions.community.schemas.group_texts import GroupSlug, seen, seen_line, seen_or_empty
from shared.web import ChangeModel, Page, RequestModel, ResponseModel, Version

Access = Annotated[
    Literal["public", "request", "invitation"],
    Field(description="Who may join; posts of groups that are not public are for members"),
]
Name = Annotated[str, Field(min_length=2, max_length=80, examples=["Value investors"]), AfterValidator(seen_line)]
Description = Annotated[str, Field(max_length=1000), AfterValidator(seen_or_empty)]
Rule = Annotated[
    str, Field(min_length=1, max_length=300, examples=["No advice without a source"]), AfterValidator(seen)
]
Rules = Annotated[list[Rule], Field(max_length=20)]


class NewGroup(RequestModel):
    name: Name
    slug: Annotated[
        GroupSlug | None, Field(description="Its address, for good; made of the name where it is left out")
    ] = None
    description: Description = ""
    rules: Rules = Field(default_factory=list)
    access: Access = "public"


class GroupChange(ChangeModel):
    """What is left out stays as it is."""

    version: Version
    name: Name = ""
    description: Description = ""
    rules: Rules = Field(default_factory=list)
    access: Access = "public"


class JoinRequest(RequestModel):
    message: Annotated[str, Field(max_length=500, description="For those who decide about a request")] = ""


class GroupBan(ResponseModel):
    reason: str | None
    until: datetime | None


class GroupViewer(ResponseModel):
    """Where the caller stands in the group, and what they may do there."""

    membership: Literal["owner", "moderator", "member", "requested", "invited", "none"]
    ban: Annotated[GroupBan | None, Field(description="Why the caller may not come in, and until when")]
    is_following: Annotated[bool, Field(description="The group's posts are in the caller's feed")]
    can_read: bool
    can_join: Annotated[bool, Field(description="By `PUT membership`, which asks to join where access is `request`")]
    can_post: bool
    can_moderate: Annotated[bool, Field(description="Decide about requests, members and what is shown")]
    can_manage: Annotated[bool, Field(description="Change the group and who has which role")]


class Group(ResponseModel):
    """A group as the caller sees it."""

    id: UUID
    slug: str
    name: str
    description: str
    rules: list[str]
    access: Literal["public", "request", "invitation"]
    member_count: int
    flairs: list[Flair]
    closed_at: datetime | None
    hidden_reason: Annotated[
        str | None, Field(description="Why the platform's moderators have hidden and closed it; members read that")
    ]
    viewer: GroupViewer | None
    version: int
    created_at: datetime
    updated_at: datetime


class GroupList(Page[Group]):
    pass


Membership = Literal["member", "staff", "requested", "invited"]
