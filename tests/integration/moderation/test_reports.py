"""People report what they can see."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared import report_targets
from shared.contexts.moderation.models.reports import Report, ReportCase
from tests.factories import catalog, community, groups, identity, profiles
from tests.factories.reviews import review
from tests.integration.moderation.conftest import SignedIn
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient

REPORTS = "/api/v1/reports"


def report(client: LambdaClient, kind: str, target_id: Any, **changed: Any) -> Answer:
    body = {"target": {"kind": kind, "id": str(target_id)}, "reason": "spam", **changed}
    return client.post(REPORTS, json=body)


@pytest.mark.parametrize("kind", [*report_targets.registered()])
def test_everything_that_people_see_can_be_reported(kind: str, signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db, "ada")
    post, product = community.post(db, ada, "Buy now"), catalog.product(db)
    target_id = {
        "post": post.id,
        "comment": community.comment(db, post, ada).id,
        "product": product.id,
        "review": review(db, product, ada).id,
        "user": ada.id,
        "group": groups.group(db, ada).id,
    }[kind]
    bob = signed_in(identity.user(db))
    made = report(bob, kind, target_id, text="Look at this")
    assert made.status == 201, made.json()
    assert made.json()["status"] == "open"
    assert [item["target"] for item in bob.get(REPORTS).json()["items"]] == [{"kind": kind, "id": str(target_id)}]
    case = db.scalars(select(ReportCase)).one()
    assert (case.report_count, len(case.snapshots)) == (1, 1)


def test_a_report_is_open_once_for_each_reporter_and_target(signed_in: SignedIn, db: Session) -> None:
    post = community.post(db, profiles.person(db))
    bob, eve = signed_in(profiles.person(db)), signed_in(profiles.person(db))
    first, again = report(bob, "post", post.id), report(bob, "post", post.id, reason="scam")
    assert (first.status, again.status) == (201, 200)
    assert again.json() == first.json()
    assert report(eve, "post", post.id).status == 201
    assert db.scalars(select(ReportCase.report_count)).one() == 2


def test_what_the_reporter_may_not_see_is_not_there(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    hidden = community.post(db, ada, hidden_at=datetime.now(UTC))
    deleted = community.post(db, ada, deleted_at=datetime.now(UTC))
    followers = community.post(db, ada, visibility="followers")
    draft = community.post(db, ada, status="draft", published_at=None)
    answers = [report(signed_in(bob), "post", post.id) for post in (hidden, deleted, followers, draft)]
    answers.append(report(signed_in(bob), "comment", community.comment(db, followers, ada).id))
    answers.append(report(signed_in(bob), "post", uuid.uuid4()))
    answers.append(report(signed_in(bob), "group", groups.group(db, ada, access="invitation").id))
    assert {(answer.status, answer.json()["code"]) for answer in answers} == {(404, "target_not_found")}
    profiles.block(db, ada, bob)
    open_post = community.post(db, ada)
    assert report(signed_in(bob), "post", open_post.id).status == report(signed_in(bob), "user", ada.id).status == 404
    assert db.scalar(select(func.count()).select_from(Report)) == 0


def test_nobody_reports_their_own(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    refused = report(signed_in(ada), "post", community.post(db, ada).id)
    assert (refused.status, refused.json()["code"]) == (422, "own_target")


def test_the_target_is_kept_in_each_version_that_was_reported(signed_in: SignedIn, db: Session) -> None:
    post = community.post(db, profiles.person(db), "first")
    report(signed_in(profiles.person(db)), "post", post.id)
    report(signed_in(profiles.person(db)), "post", post.id)
    post.body, post.version = "second", 2
    db.commit()
    report(signed_in(profiles.person(db)), "post", post.id)
    case = db.scalars(select(ReportCase)).one()
    assert [kept["content"]["text"] for kept in case.snapshots] == ["first", "second"]


def test_a_kind_that_nobody_registered_is_refused(signed_in: SignedIn, db: Session) -> None:
    assert report(signed_in(identity.user(db)), "article", uuid.uuid4()).status == 422


def test_somebody_who_reports_all_day_is_told_when_to_go_on(
    signed_in: SignedIn, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("functions.moderation.service.reports.MOST_A_DAY", 1)
    ada, bob = profiles.person(db), signed_in(profiles.person(db))
    assert report(bob, "post", community.post(db, ada).id).status == 201
    refused = report(bob, "post", community.post(db, ada).id)
    assert (refused.status, refused.json()["code"]) == (429, "too_many_reports")
    assert 86_000 < int(refused.headers["retry-after"]) <= 86_400


def test_reports_sent_at_once_are_one_for_each_reporter(signed_in: SignedIn, db: Session) -> None:
    post_id = community.post(db, profiles.person(db)).id
    clients = [signed_in(profiles.person(db)) for _ in range(2)]
    statuses = at_once(6, lambda number: report(clients[number % 2], "post", post_id).status)
    assert sorted(statuses) == [200, 200, 200, 200, 201, 201]
    assert db.scalars(select(ReportCase.report_count)).one() == 2
