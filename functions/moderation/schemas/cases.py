"""Cases as moderators read and decide them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from functions.moderation.domain.reasons import CaseStatus, ReportReason
from functions.moderation.schemas.actions import ModerationAction
from functions.moderation.schemas.reports import PersonReference, TargetReference
from shared.web import Page, RequestModel, ResponseModel, Version


class CaseOwner(ResponseModel):
    """Whose the target is; the names are null for who has no profile."""

    id: UUID
    username: str | None
    display_name: str | None
    standing: str | None


class CaseClaim(ResponseModel):
    """Which moderator has the case, and until when."""

    by: UUID | None
    name: str | None
    until: datetime


class CaseDecision(ResponseModel):
    by: UUID | None
    at: datetime
    note: str | None


class ReportCase(ResponseModel):
    """All that was reported of one target."""

    id: UUID
    target: TargetReference
    owner: CaseOwner | None
    status: CaseStatus
    report_count: int
    reasons: Annotated[dict[str, int], Field(description="Reports by reason")]
    is_screened: Annotated[bool, Field(description="A keyword rule matched")]
    is_held: Annotated[bool, Field(description="A keyword rule hides the target until the case is decided")]
    snapshot: Annotated[dict[str, Any] | None, Field(description="The target in the last version that was reported")]
    claim: CaseClaim | None
    decision: CaseDecision | None
    version: int
    created_at: datetime
    updated_at: datetime


class OpenCases(ResponseModel):
    """What there is to do with one kind of target."""

    target_kind: str
    cases: int
    claimed: int
    mine: int
    held: int
    oldest: datetime


class ReportCaseList(Page[ReportCase]):
    open: list[OpenCases]


class Snapshot(ResponseModel):
    version: int | None
    taken_at: datetime
    content: dict[str, Any]


class CaseReport(ResponseModel):
    id: UUID
    reporter: Annotated[PersonReference | None, Field(description="Null once the account is erased")]
    reason: ReportReason
    text: str
    target_version: int | None
    created_at: datetime


class CaseScreening(ResponseModel):
    """Where a keyword rule matched, with the rule as it was then."""

    rule_id: UUID
    rule_version: int
    phrase: str
    action: Literal["flag", "hold"]
    field: str
    start: int
    end: int
    target_version: int | None
    is_changed: Annotated[bool, Field(description="The rule is not what it was, or is deleted")]
    created_at: datetime


class PersonStanding(ResponseModel):
    standing: str
    until: datetime | None
    reason: str | None
    joined_at: datetime


class PersonHistory(ResponseModel):
    """What is known of whose the target is."""

    cases: Annotated[dict[str, int], Field(description="Other cases by status")]
    actions: list[ModerationAction]
    standing: PersonStanding | None
    posts: int


class PresentTarget(ResponseModel):
    """The target as it is now."""

    is_shown: bool
    version: int | None
    content: dict[str, Any]


class ReportCaseDetail(ReportCase):
    """With all that belongs to it: the newest hundred of each."""

    snapshots: list[Snapshot]
    reports: list[CaseReport]
    screenings: list[CaseScreening]
    actions: list[ModerationAction]
    history: PersonHistory | None
    present: Annotated[PresentTarget | None, Field(description="Null where the target is gone")]


class CaseChange(RequestModel):
    """The decision about a case."""

    status: Literal[CaseStatus.RESOLVED, CaseStatus.DISMISSED]
    note: Annotated[str, Field(max_length=1000, description="For other moderators")] = ""
    version: Version
