"""Reports, cases and actions as they stand in the database."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from shared.contexts.identity.models.accounts import User
from shared.contexts.moderation.models.actions import ModerationAction
from shared.contexts.moderation.models.keywords import KeywordRule
from shared.contexts.moderation.models.reports import Report, ReportCase


def case(db: Session, kind: str, target_id: UUID, owner: User | None, **columns: Any) -> ReportCase:
    """A committed open case without reports, unless `columns` say otherwise."""
    snapshot = {"version": 1, "taken_at": "2026-03-01T00:00:00Z", "content": {"text": "Buy now"}}
    made = ReportCase(
        target_kind=kind,
        target_id=target_id,
        owner_id=owner and owner.id,
        **{"snapshots": [snapshot], "report_count": 1, **columns},
    )
    db.add(made)
    db.commit()
    return made


def report(db: Session, of: ReportCase, reporter: User, **columns: Any) -> Report:
    """A committed report in the case; the case's number of reports is not changed."""
    made = Report(
        case_id=of.id,
        reporter_id=reporter.id,
        target_kind=of.target_kind,
        target_id=of.target_id,
        **{"reason": "spam", **columns},
    )
    db.add(made)
    db.commit()
    return made


def action(db: Session, kind: str, of: ReportCase, moderator: User | None, **columns: Any) -> ModerationAction:
    """A committed action in the case, about whose the target is; its effect is not made."""
    made = ModerationAction(
        case_id=of.id,
        kind=kind,
        target_kind=of.target_kind,
        target_id=of.target_id,
        subject_id=of.owner_id,
        moderator_id=moderator and moderator.id,
        **{"reason": "Spam", **columns},
    )
    db.add(made)
    db.commit()
    return made


def keyword_rule(db: Session, phrase: str, action: str = "flag", **columns: Any) -> KeywordRule:
    made = KeywordRule(phrase=phrase, action=action, **columns)
    db.add(made)
    db.commit()
    return made
