"""Reports as people send them and read them again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from functions.moderation.domain.reasons import CaseStatus, ReportReason
from shared import report_targets
from shared.web import RequestModel, ResponseModel


def _known_kind(kind: str) -> str:
    if kind not in report_targets.registered():
        raise ValueError(f"one of {', '.join(report_targets.registered())}")
    return kind


TargetKind = Annotated[
    str,
    AfterValidator(_known_kind),
    Field(max_length=20, json_schema_extra={"enum": [*report_targets.registered()]}, examples=["post"]),
]
"""A kind that some context has registered (`shared.report_targets`)."""


class ReportTarget(RequestModel):
    """What is reported."""

    kind: TargetKind
    id: Annotated[UUID, Field(examples=["01931b6e-7b7a-7c3e-9d5c-2f1a6b0c4d1e"])]


class NewReport(RequestModel):
    target: ReportTarget
    reason: ReportReason
    text: Annotated[str, Field(max_length=2000, description="What moderators should know")] = ""


class TargetReference(ResponseModel):
    kind: str
    id: UUID


class PersonReference(ResponseModel):
    """The name is null for who has no profile."""

    id: UUID
    username: str | None


class Report(ResponseModel):
    """A report of the caller's, and what became of it."""

    id: UUID
    target: TargetReference
    reason: ReportReason
    text: str
    status: CaseStatus
    created_at: datetime
