"""Votes in polls, and their results."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.community.errors import PollOverError
from functions.community.service import votes
from shared.contexts.community.models.posts import PollVote
from shared.contexts.profiles.models import Profile
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient


def test_a_vote_is_counted_and_answers_with_the_results(signed_in: SignedIn, db: Session) -> None:
    post = community.post(db, profiles.person(db))
    address = f"/api/v1/polls/{community.poll(db, post, 'Up', 'Down', 'Flat').id}"
    for option in (0, 2):
        signed_in(profiles.person(db)).post(f"{address}/votes", json={"option": option})
    voted = signed_in(profiles.person(db)).post(f"{address}/votes", json={"option": 2})
    assert voted.status == 201
    results = voted.json()
    assert [(option["text"], option["votes"], option["percentage"]) for option in results["options"]] == [
        ("Up", 1, 33.3),
        ("Down", 0, 0.0),
        ("Flat", 2, 66.7),
    ]
    assert (results["vote"], results["vote_count"], results["is_over"]) == (2, 3, False)


def test_a_second_vote_by_the_same_user_is_refused(signed_in: SignedIn, db: Session) -> None:
    client = signed_in(profiles.person(db))
    address = f"/api/v1/polls/{community.poll(db, community.post(db, profiles.person(db))).id}"
    client.post(f"{address}/votes", json={"option": 1})
    again = client.post(f"{address}/votes", json={"option": 0})
    assert (again.status, again.json()["code"], again.json()["vote"]) == (409, "already_voted", 1)
    assert client.get(f"{address}/results").json()["vote_count"] == 1


def test_of_many_votes_of_one_person_at_once_one_counts(signed_in: SignedIn, db: Session) -> None:
    address = f"/api/v1/polls/{community.poll(db, community.post(db, profiles.person(db))).id}/votes"
    clients = [signed_in(profiles.person(db)) for _ in range(2)]
    db.rollback()
    statuses = at_once(
        8,
        lambda number: clients[number % 2].post(address, json={"option": number // 4}).status,
    )
    assert Counter(statuses) == {201: 2, 409: 6}
    assert db.query(PollVote).count() == 2
    assert db.execute(text(community.MISCOUNTED)).all() == []


@pytest.mark.parametrize("body", [{}, {"option": -1}, {"option": 2}, {"option": 4}, {"option": None}, {"option": [0]}])
def test_a_vote_is_for_one_of_the_options(body: dict[str, object], signed_in: SignedIn, db: Session) -> None:
    poll = community.poll(db, community.post(db, profiles.person(db)))
    refused = signed_in(profiles.person(db)).post(f"/api/v1/polls/{poll.id}/votes", json=body)
    assert refused.status == 422
    assert refused.json()["errors"][0]["field"] == "body.option"
    assert db.query(PollVote).count() == 0


@pytest.mark.parametrize(("milliseconds", "is_over"), [(1, False), (0, True), (-1, True)])
def test_the_end_is_by_the_clock_of_the_database(
    milliseconds: int, is_over: bool, db: Session, database_url: str
) -> None:
    voter = profiles.person(db)
    poll_id = community.poll(db, community.post(db, profiles.person(db))).id
    db.rollback()
    with psycopg.connect(database_url, row_factory=dict_row) as connection:
        # Within a transaction the clock of the database stands still.
        connection.execute(
            "UPDATE polls SET ends_at = now() + %s * interval '1 ms' WHERE id = %s", (milliseconds, poll_id)
        )
        if is_over:
            with pytest.raises(PollOverError):
                votes.vote(connection, poll_id, 0, user_id=voter.id)
        else:
            assert votes.vote(connection, poll_id, 0, user_id=voter.id).vote == 0
        assert votes.results(connection, poll_id, viewer=None).is_over is is_over


def test_hidden_results_are_withheld_until_one_has_voted_or_the_poll_is_over(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob, eve = (profiles.person(db) for _ in range(3))
    post = community.post(db, ada)
    poll = community.poll(db, post, hides_results=True)
    address = f"/api/v1/polls/{poll.id}"
    signed_in(bob).post(f"{address}/votes", json={"option": 0})

    def told(client: LambdaClient) -> set[bool]:
        results = client.get(f"{address}/results").json()
        [listed] = client.get("/api/v1/posts").json()["items"]
        assert results == listed["poll"] == client.get(f"/api/v1/posts/{post.id}").json()["poll"]
        return {
            all(option["votes"] is not None for option in results["options"]),
            all(option["percentage"] is not None for option in results["options"]),
        }

    assert [told(client) for client in (guest, signed_in(eve))] == [{False}, {False}]
    assert [told(client) for client in (signed_in(ada), signed_in(bob))] == [{True}, {True}]
    poll.ends_at = datetime.now(UTC) - timedelta(seconds=1)
    db.commit()
    assert [told(client) for client in (guest, signed_in(eve))] == [{True}, {True}]


def test_percentages_are_of_the_votes_that_there_are(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    first, second = profiles.person(db), profiles.person(db)
    address = f"/api/v1/polls/{community.poll(db, community.post(db, profiles.person(db))).id}"
    assert [option["percentage"] for option in guest.get(f"{address}/results").json()["options"]] == [0.0, 0.0]
    signed_in(first).post(f"{address}/votes", json={"option": 0})
    community.erase(db, first)
    signed_in(second).post(f"{address}/votes", json={"option": 1})
    assert [option["percentage"] for option in guest.get(f"{address}/results").json()["options"]] == [0.0, 100.0]


@pytest.mark.parametrize("reason", ["blocks", "is blocked", "followers", "hidden", "deleted"])
def test_polls_that_one_may_not_read_are_not_there(reason: str, signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    now = datetime.now(UTC)
    columns: dict[str, Any] = {
        "followers": {"visibility": "followers"},
        "hidden": {"hidden_at": now, "hidden_reason": "Spam"},
        "deleted": {"deleted_at": now},
    }
    poll = community.poll(db, community.post(db, ada, **columns.get(reason, {})))
    if reason == "blocks":
        profiles.block(db, ada, bob)
    if reason == "is blocked":
        profiles.block(db, bob, ada)
    client = signed_in(bob)
    voted = client.post(f"/api/v1/polls/{poll.id}/votes", json={"option": 0})
    assert voted.status == client.get(f"/api/v1/polls/{poll.id}/results").status == 404
    assert voted.json()["code"] == "poll_not_found"
    assert db.query(PollVote).count() == 0


def test_new_accounts_vote_in_some_polls_a_day(signed_in: SignedIn, db: Session) -> None:
    bob, post = profiles.person(db), community.post(db, profiles.person(db))
    for _ in range(20):
        db.add(PollVote(poll_id=community.poll(db, community.post(db, bob)).id, user_id=bob.id, option=0))
    db.commit()
    address = f"/api/v1/polls/{community.poll(db, post).id}/votes"
    refused = signed_in(bob).post(address, json={"option": 0})
    assert (refused.status, refused.json()["code"]) == (429, "new_account_limit")
    db.get_one(Profile, bob.id).created_at = datetime.now(UTC) - timedelta(days=2)
    db.commit()
    assert signed_in(bob).post(address, json={"option": 0}).status == 201


def test_the_suspended_do_not_vote(signed_in: SignedIn, db: Session) -> None:
    poll = community.poll(db, community.post(db, profiles.person(db)))
    bob = profiles.person(db, standing="suspended", standing_reason="Spam")
    refused = signed_in(bob).post(f"/api/v1/polls/{poll.id}/votes", json={"option": 0})
    assert (refused.status, refused.json()["code"]) == (403, "suspended")
