"""What moderation keeps about people: for how long, and what of it stays when an account ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.clients import database
from shared.contexts.identity.models.accounts import User
from shared.contexts.moderation import personal_data
from shared.contexts.moderation.models.actions import ModerationAction
from shared.contexts.moderation.models.reports import Report, ReportCase
from shared.privacy import Erasure, Person
from tests.factories import community, moderation, profiles
from tests.support.cloud import Cloud


@pytest.fixture(autouse=True)
def _cloud(aws: Cloud) -> None:
    """What the functions need."""


def erase(user: User) -> None:
    person = Person(user.id, user.email, is_proven=True)
    with database.transaction() as connection:
        personal_data.PERSONAL_DATA.erase(connection, Erasure(person, frozenset({user.email}), with_publications=True))


def days_ago(days: float) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def test_who_reported_is_unknown_after_the_erasure_and_the_report_counts(db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    case = moderation.case(db, "post", community.post(db, bob).id, bob)
    report = moderation.report(db, case, ada, body="I know him")
    erase(ada)
    db.refresh(report)
    assert (report.reporter_id, report.body, report.reason) == (None, "", "spam")
    db.refresh(case)
    assert case.report_count == 1


def test_evidence_stays_while_the_case_is_open(db: Session) -> None:
    """Traps, row 68: leaving is no way to be rid of it."""
    ada = profiles.person(db)
    post_id = community.post(db, ada).id
    decided = moderation.case(db, "post", post_id, ada, status="resolved", decided_at=days_ago(1))
    still_open = moderation.case(db, "post", post_id, ada)
    erase(ada)
    db.expire_all()
    assert (decided.snapshots, decided.owner_id) == ([], None)
    assert (still_open.snapshots[0]["content"], still_open.owner_id) == ({"text": "Buy now"}, None)


def test_decided_cases_are_kept_for_a_year(db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    kept, gone = (
        moderation.case(db, "user", ada.id, ada, status="resolved", decided_at=days_ago(days)) for days in (364, 366)
    )
    still_open = moderation.case(db, "user", ada.id, ada, created_at=days_ago(900))
    moderation.report(db, gone, bob, closed_at=days_ago(366))
    kept_id, open_id = kept.id, still_open.id
    with database.transaction() as connection:
        assert personal_data.purge_cases(connection, 10) == 1
    assert set(db.scalars(select(ReportCase.id))) == {kept_id, open_id}
    assert db.scalars(select(Report)).all() == []


def test_actions_are_kept_for_three_years_and_while_they_are_in_force(db: Session) -> None:
    ada = profiles.person(db)
    case = moderation.case(db, "user", ada.id, ada)
    old = days_ago(3 * 365 + 1)
    kept = {
        moderation.action(db, "ban", case, None, created_at=old).id,
        moderation.action(db, "warn", case, None, created_at=days_ago(3 * 365 - 1)).id,
    }
    moderation.action(db, "warn", case, None, created_at=old)
    moderation.action(db, "ban", case, None, created_at=old, undone_at=old)
    moderation.action(db, "suspend", case, None, created_at=old, ends_at=days_ago(900))
    with database.transaction() as connection:
        assert personal_data.purge_actions(connection, 10) == 3
    assert set(db.scalars(select(ModerationAction.id))) == kept
