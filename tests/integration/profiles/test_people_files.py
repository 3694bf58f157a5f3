"""Lists of people out and in, as files."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from functions.profiles.service import people_files
from shared.contexts.identity.models.accounts import User
from shared.contexts.profiles.models import ContentFilter, Follow, FollowRequest
from tests.factories import identity, profiles
from tests.integration.profiles.conftest import SignIn
from tests.support.lambda_client import Answer, LambdaClient

FILES = "/api/v1/users/me/people-files"


@pytest.fixture
def ada(db: Session) -> User:
    return profiles.person(db, "ada")


@pytest.fixture
def client(ada: User, sign_in: SignIn) -> LambdaClient:
    return sign_in(ada)


def take(client: LambdaClient, name: str, *lines: str) -> Answer:
    return client.post(f"{FILES}/{name}", body="\r\n".join(lines), headers={"Content-Type": "text/csv"})


def test_what_comes_out_goes_in_again(db: Session, client: LambdaClient, ada: User, sign_in: SignIn) -> None:
    for name in ("grace", "贵州茅台"):
        profiles.follow(db, ada, profiles.person(db, name))
    reply = client.get(f"{FILES}/following")
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.body.decode() == "Account address\r\ngrace\r\n贵州茅台\r\n"
    other = sign_in(profiles.person(db))
    assert take(other, "following", reply.body.decode()).json()["created"] == 2
    assert other.get(f"{FILES}/following").body == reply.body


def test_every_line_is_accounted_for(db: Session, client: LambdaClient, ada: User) -> None:
    grace, eve = profiles.person(db, "grace"), profiles.person(db, "eve")
    profiles.person(db, "secret", is_private=True)
    profiles.block(db, eve, ada)
    profiles.block(db, ada, profiles.person(db, "spam"))
    profiles.follow(db, ada, profiles.person(db, "known"))
    lines = ["username", "Grace", "@grace@127.0.0.1:8000", "known", "secret", "ada", "eve", "spam", "nobody_here",
             "x@y.org", "=1"]  # fmt: skip
    report = take(client, "following", *lines).json()
    assert (report["read"], report["created"], report["unchanged"]) == (10, 2, 2)
    assert {line["name"]: (line["line"], line["reason"]) for line in report["refused"]} == {
        "ada": (6, "oneself"),
        "eve": (7, "user_not_found"),
        "spam": (8, "blocking"),
        "nobody_here": (9, "user_not_found"),
        "x@y.org": (10, "elsewhere"),
        "=1": (11, "not_a_username"),
    }
    assert db.query(Follow).filter_by(follower_id=ada.id, followed_id=grace.id).count() == 1
    assert db.query(FollowRequest).count() == 1


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_lines_end_as_any_program_ends_them(db: Session, client: LambdaClient, end: str) -> None:
    profiles.person(db, "grace")
    file = f"Account address{end}grace{end}nobody_here"
    report = client.post(f"{FILES}/mutes", body=file, headers={"Content-Type": "text/csv"}).json()
    assert (report["read"], report["created"]) == (2, 1)
    assert [(line["line"], line["name"]) for line in report["refused"]] == [(3, "nobody_here")]


def test_blocks_that_come_in_end_follows(db: Session, client: LambdaClient, ada: User, guest: LambdaClient) -> None:
    eve = profiles.person(db, "eve")
    profiles.follow(db, eve, ada)
    assert take(client, "blocks", "eve").json()["created"] == 1
    assert take(client, "blocks", "eve").json()["unchanged"] == 1
    assert take(client, "mutes", "eve").json()["created"] == 1
    assert {row.kind for row in db.query(ContentFilter)} == {"block", "mute"}
    assert guest.get("/api/v1/users/ada").json()["stats"]["followers"] == 0


def test_limits_are_told_by_line(db: Session, client: LambdaClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_files, "MAX_FOLLOWS", 1)
    monkeypatch.setattr(people_files, "MAX_FILTERS", 1)
    for name in ("grace", "eve"):
        profiles.person(db, name)
    for name in ("following", "mutes"):
        report = take(client, name, "grace", "eve").json()
        assert (report["created"], [line["reason"] for line in report["refused"]]) == (1, ["limit"])


def test_a_file_is_a_bounded_csv(client: LambdaClient) -> None:
    assert client.post(f"{FILES}/blocks", json={}).status == 415
    assert take(client, "blocks", "x" * 200_000).status == 422
    refused = take(client, "blocks", "a\0b")
    assert (refused.status, [error["field"] for error in refused.json()["errors"]]) == (422, ["body"])
    assert client.post(f"{FILES}/blocks", body=b"\xff\xfe", headers={"Content-Type": "text/csv"}).status == 422
    assert take(client, "friends", "eve").status == 422


def test_who_has_no_username_follows_nobody_by_a_file(db: Session, sign_in: SignIn) -> None:
    assert take(sign_in(identity.user(db)), "following", "eve").json()["code"] == "onboarding_required"
