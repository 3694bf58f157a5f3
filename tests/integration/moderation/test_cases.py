"""Moderators work through what was reported."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from shared.contexts.community.models.posts import Post
from shared.contexts.identity.models.accounts import User
from shared.contexts.moderation.models.reports import ReportCase
from shared.permissions import Role
from shared.tables.platform import AuditEntry
from tests.factories import community, identity, moderation, profiles
from tests.integration.moderation.conftest import SignedIn
from tests.support.cloud import Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient

CASES = "/api/v1/admin/reports"
MakeCase = Callable[..., ReportCase]


@pytest.fixture
def case(db: Session) -> MakeCase:
    """A case about a post of somebody's."""

    def made(author: User | None = None, **columns: Any) -> ReportCase:
        author = author or profiles.person(db)
        return moderation.case(db, "post", community.post(db, author).id, author, **columns)

    return made


def ids(client: LambdaClient, **query: Any) -> list[str]:
    page = client.get(CASES, query=query)
    assert page.status == 200, page.json()
    return [item["id"] for item in page.json()["items"]]


def test_reports_of_one_target_are_one_case(moderator: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db, "ada")
    post = community.post(db, ada, "Buy $AAPL now")
    for reason in ("spam", "spam", "scam"):
        body = {"target": {"kind": "post", "id": str(post.id)}, "reason": reason}
        assert signed_in(profiles.person(db)).post("/api/v1/reports", json=body).status == 201
    page = moderator.get(CASES).json()
    [item] = page["items"]
    assert (item["report_count"], item["reasons"]) == (3, {"spam": 2, "scam": 1})
    assert item["owner"]["username"] == "ada"
    assert item["snapshot"]["text"] == "Buy $AAPL now"
    assert [(counts["target_kind"], counts["cases"]) for counts in page["open"]] == [("post", 1)]


def test_the_queue_is_filtered_and_paged_in_each_order(moderator: LambdaClient, case: MakeCase, db: Session) -> None:
    ada = profiles.person(db)
    made = [case(ada, report_count=count) for count in (2, 1, 2, 3)]
    moderation.report(db, made[1], profiles.person(db), reason="hate")
    by_id = [str(one.id) for one in made]
    orders = {
        "oldest": by_id,
        "newest": by_id[::-1],
        "-reports": [by_id[3], by_id[2], by_id[0], by_id[1]],
    }
    for order, expected in orders.items():
        assert ids(moderator, sort=order) == expected
        seen, cursor = [], None
        while True:
            query = {"sort": order, "limit": 2, **({"cursor": cursor} if cursor else {})}
            page = moderator.get(CASES, query=query).json()
            seen += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert seen == expected
    assert ids(moderator, reason="hate") == [by_id[1]]
    assert ids(moderator, target_kind="comment") == ids(moderator, user_id=str(uuid.uuid4())) == []
    assert ids(moderator, status="resolved") == []
    foreign = moderator.get(CASES, query={"limit": 2}).json()["next_cursor"]
    assert moderator.get(CASES, query={"cursor": foreign, "sort": "newest"}).status == 400


def test_two_who_claim_at_once_do_not_both_have_the_case(signed_in: SignedIn, case: MakeCase, db: Session) -> None:
    made, people = case(), [identity.user(db, Role.MODERATOR, full_name=f"Moderator {n}") for n in (1, 2)]
    clients = [signed_in(person) for person in people]
    first, second = (client.post(f"{CASES}/{made.id}/claim") for client in clients)
    assert first.status == 200
    assert (second.status, second.json()["code"]) == (409, "case_claimed")
    assert second.json()["claimed_by"]["name"] == "Moderator 1"
    for refused in (
        clients[1].patch(f"{CASES}/{made.id}", json={"status": "dismissed", "version": 1}),
        clients[1].post(f"{CASES}/{made.id}/actions", json={"kind": "hide", "reason": "Spam"}),
    ):
        assert (refused.status, refused.json()["code"]) == (409, "case_claimed")
    assert ids(clients[0], claimed="mine") == [str(made.id)]
    assert ids(clients[1], claimed="nobody") == []
    assert clients[0].delete(f"{CASES}/{made.id}/claim").status == 204
    assert clients[1].post(f"{CASES}/{made.id}/claim").status == 200


def test_a_claim_ends_by_itself(signed_in: SignedIn, case: MakeCase, db: Session) -> None:
    made, clients = case(), [signed_in(identity.user(db, Role.MODERATOR)) for _ in range(2)]
    clients[0].post(f"{CASES}/{made.id}/claim")
    db.refresh(made)
    made.claimed_until = datetime.now(UTC) - timedelta(seconds=1)
    db.commit()
    assert clients[1].post(f"{CASES}/{made.id}/claim").status == 200


def test_a_decided_case_closes_its_reports_and_is_decided_once(
    moderator: LambdaClient, signed_in: SignedIn, db: Session, aws: Cloud
) -> None:
    reporter = profiles.person(db)
    post, bob = community.post(db, profiles.person(db)), signed_in(reporter)
    body = {"target": {"kind": "post", "id": str(post.id)}, "reason": "spam"}
    bob.post("/api/v1/reports", json=body)
    [made] = moderator.get(CASES).json()["items"]
    address = f"{CASES}/{made['id']}"
    stale = moderator.patch(address, json={"status": "dismissed", "version": made["version"] - 1 or 99})
    assert (stale.status, stale.json()["code"]) == (409, "version_conflict")
    decision = {"status": "dismissed", "note": "An opinion", "version": made["version"]}
    decided = moderator.patch(address, json=decision)
    assert decided.status == 200, decided.json()
    assert decided.json()["decision"]["note"] == "An opinion"
    again = moderator.patch(address, json=decision)
    assert (again.status, again.json()["code"], again.json()["case_status"]) == (409, "case_decided", "dismissed")
    assert bob.get("/api/v1/reports").json()["items"][0]["status"] == "dismissed"
    events = {event["detail-type"]: event["detail"]["data"] for event in aws.published()}
    assert "ReportCaseDecided" in events
    told = events["ReportDecided"]
    assert (told["email"], told["status"], told["target_kind"]) == (reporter.email, "dismissed", "post")
    assert "An opinion" not in str(told), "notes are for the staff"
    assert bob.post("/api/v1/reports", json=body).status == 201
    assert [item["id"] for item in moderator.get(CASES).json()["items"]] != [made["id"]]


def test_the_evidence_outlives_what_was_reported(moderator: LambdaClient, case: MakeCase, db: Session) -> None:
    """Traps, row 68."""
    made = case()
    db.execute(delete(Post).where(Post.id == made.target_id))
    db.commit()
    opened = moderator.get(f"{CASES}/{made.id}").json()
    assert opened["present"] is None
    assert opened["snapshots"][0]["content"] == {"text": "Buy now"}


def test_a_case_shows_what_is_known_of_the_person(moderator: LambdaClient, case: MakeCase, db: Session) -> None:
    ada = profiles.person(db)
    before = case(ada, status="resolved", decided_at=datetime.now(UTC))
    moderation.action(db, "warn", before, None)
    history = moderator.get(f"{CASES}/{case(ada).id}").json()["history"]
    assert history["cases"] == {"resolved": 1}
    assert [action["kind"] for action in history["actions"]] == ["warn"]
    assert (history["standing"]["standing"], history["posts"]) == ("good", 2)


def test_moderators_decide_nothing_about_themselves(signed_in: SignedIn, case: MakeCase, db: Session) -> None:
    own = identity.user(db, Role.MODERATOR)
    profiles.profile(db, own)
    made, client = case(own), signed_in(own)
    answers = [
        client.post(f"{CASES}/{made.id}/claim"),
        client.patch(f"{CASES}/{made.id}", json={"status": "dismissed", "version": 1}),
        client.post(f"{CASES}/{made.id}/actions", json={"kind": "unhide", "reason": "Fine"}),
    ]
    assert {(answer.status, answer.json()["code"]) for answer in answers} == {(403, "own_case")}


def test_what_moderators_do_stands_in_the_audit_log(moderator: LambdaClient, case: MakeCase, db: Session) -> None:
    made = case()
    moderator.post(f"{CASES}/{made.id}/claim")
    moderator.delete(f"{CASES}/{made.id}/claim")
    moderator.post(f"{CASES}/{made.id}/actions", json={"kind": "hide", "reason": "Spam"})
    actions = [entry.action for entry in db.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions == ["report_case.claimed", "report_case.released", "moderation.hide"]


def test_of_those_who_claim_at_once_one_has_the_case(signed_in: SignedIn, case: MakeCase, db: Session) -> None:
    address = f"{CASES}/{case().id}/claim"
    clients = [signed_in(identity.user(db, Role.MODERATOR)) for _ in range(4)]
    assert sorted(at_once(4, lambda number: clients[number].post(address).status)) == [200, 409, 409, 409]
