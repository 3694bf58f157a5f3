"""People of groups."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from shared.contexts.community.schemas import Author
from shared.web import Page, RequestModel, ResponseModel

_LONGEST_BAN: Final = timedelta(days=3660)


def _ahead(moment: datetime) -> datetime:
    if not timedelta(0) < moment - datetime.now(UTC) <= _LONGEST_BAN:
        raise ValueError("a moment of the next ten years")
    return moment


Role = Literal["owner", "moderator", "member"]
Reason = Annotated[str, Field(max_length=500, examples=["Advertises in every thread"])]


class Member(ResponseModel):
    person: Author
    role: Role
    joined_at: datetime


class MemberList(Page[Member]):
    pass


class RoleChange(RequestModel):
    role: Role


class GroupRequest(ResponseModel):
    """Somebody asks to join, or is invited to."""

    person: Author
    message: str
    created_at: datetime


class GroupRequestList(Page[GroupRequest]):
    pass


class RequestDecision(RequestModel):
    decision: Literal["accept", "decline"]


class NewBan(RequestModel):
    reason: Reason = ""
    until: Annotated[
        Annotated[AwareDatetime, AfterValidator(_ahead)] | None,
        Field(description="When it ends by itself; left out: never"),
    ] = None


class Ban(ResponseModel):
    person: Author
    reason: str
    until: datetime | None
    created_at: datetime


class BanList(Page[Ban]):
    pass
