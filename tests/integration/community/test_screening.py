"""What people write is screened before others read it, and new accounts write within limits."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from shared import process
from shared.contexts.community.models.posts import Post
from shared.contexts.identity.models.accounts import User
from shared.contexts.moderation import keyword_rules, spam_limits
from shared.contexts.moderation.models.reports import ReportCase
from shared.permissions import Role
from tests.factories import community, identity, moderation, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.tokens import TestSigningKey

POSTS = "/api/v1/posts"


@pytest.fixture
def moderator(guest: LambdaClient, signing_key: TestSigningKey, db: Session) -> LambdaClient:
    from functions.moderation.handlers.api import handler

    return LambdaClient(handler).signed_in(signing_key.authorization(identity.user(db, Role.MODERATOR)))


@pytest.fixture
def ada(db: Session) -> User:
    """Somebody who has been here for long enough, and said something."""
    return community.established_person(db)


def write(client: LambdaClient, text: str, **changed: Any) -> Answer:
    return write_to(client, POSTS, text, **changed)


def write_to(client: LambdaClient, address: str, text: str, **changed: Any) -> Answer:
    return client.post(address, json={"text": text, **changed})


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """The middle of an hour; the function moves the clock on by so many seconds."""
    now = [1_800_001_800.0]
    monkeypatch.setattr(spam_limits, "clock", lambda: now[0])

    def move(seconds: float) -> None:
        now[0] += seconds

    return move


@pytest.mark.parametrize("text", ["come to my CHANNEL", "*c.h.a.n.n.e.l*", "ｃｈａｎｎｅｌ", "my сhannel"])
@pytest.mark.parametrize("action", ["flag", "hold", "refuse"])
def test_a_word_is_the_same_for_every_action(
    action: str, text: str, signed_in: SignedIn, ada: User, db: Session
) -> None:
    """Traps, row 64: inside of markup, too."""
    moderation.keyword_rule(db, "channel", action)
    answer = write(signed_in(ada), text)
    if action == "refuse":
        assert (answer.status, answer.json()["code"]) == (422, "text_refused")
        assert answer.json()["errors"][0]["field"] == "body.text"
        assert db.scalar(select(func.count()).select_from(ReportCase)) == 0
        return
    assert answer.status == 201, answer.json()
    case = db.scalars(select(ReportCase)).one()
    assert (case.is_screened, case.is_held, case.report_count) == (True, action == "hold", 0)
    assert (answer.json()["hidden"] is not None) == (action == "hold")


def test_what_is_held_is_read_by_its_author_until_it_is_dismissed(
    signed_in: SignedIn, guest: LambdaClient, moderator: LambdaClient, ada: User, db: Session
) -> None:
    moderation.keyword_rule(db, "加微信", "hold")
    made = write(signed_in(ada), "加·微·信").json()
    address = f"{POSTS}/{made['id']}"
    assert made["hidden"]["reason"] == "Held until a moderator has read it"
    assert (guest.get(address).status, signed_in(ada).get(address).status) == (404, 200)
    [case] = moderator.get("/api/v1/admin/reports", query={"screened": "true"}).json()["items"]
    decision = {"status": "dismissed", "version": case["version"]}
    assert moderator.patch(f"/api/v1/admin/reports/{case['id']}", json=decision).status == 200
    assert guest.get(address).status == 200


def test_what_is_held_stays_hidden_where_a_moderator_removes_it(
    signed_in: SignedIn, moderator: LambdaClient, ada: User, db: Session
) -> None:
    moderation.keyword_rule(db, "加微信", "hold")
    made = write(signed_in(ada), "加微信").json()
    [case] = moderator.get("/api/v1/admin/reports").json()["items"]
    removal = {"kind": "remove", "reason": "Touting"}
    assert moderator.post(f"/api/v1/admin/reports/{case['id']}/actions", json=removal).status == 201
    post = db.get_one(Post, UUID(made["id"]))
    assert (post.is_live, post.hidden_reason) == (False, "Touting")


def test_a_case_keeps_the_rule_as_it_was(signed_in: SignedIn, moderator: LambdaClient, ada: User, db: Session) -> None:
    """Traps, row 67."""
    rule = moderation.keyword_rule(db, "moon", "flag")
    write(signed_in(ada), "To the m-o-o-n!")
    rule.phrase, rule.version = "sun", 2
    db.commit()
    [case] = moderator.get("/api/v1/admin/reports").json()["items"]
    opened = moderator.get(f"/api/v1/admin/reports/{case['id']}").json()
    [screening] = opened["screenings"]
    assert (screening["phrase"], screening["rule_version"], screening["is_changed"]) == ("moon", 1, True)
    text = opened["snapshots"][0]["content"][screening["field"]]
    assert text[screening["start"] : screening["end"]] == "m-o-o-n"


def test_a_new_rule_applies_within_a_minute(
    signed_in: SignedIn, ada: User, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(keyword_rules, "clock", lambda: now[0])
    assert write(signed_in(ada), "pump one").status == 201
    moderation.keyword_rule(db, "pump", "refuse")
    now[0] = keyword_rules.REFRESH_SECONDS - 1
    assert write(signed_in(ada), "pump two").status == 201
    now[0] += 1
    assert write(signed_in(ada), "pump three").status == 422


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("Number {}", spam_limits.TEXTS.most),
        ("Number {} at https://example.com", spam_limits.LINKS.most),
        ("Number {} for @grace and @ada", spam_limits.MENTIONS.most // 2),
        ("The same again, and again", spam_limits.REPETITIONS.most),
        ("THE same; again, and... again", spam_limits.REPETITIONS.most),
    ],
)
def test_a_new_account_writes_within_limits(
    text: str, most: int, signed_in: SignedIn, hour: Callable[[float], None], db: Session
) -> None:
    client = signed_in(profiles.person(db))
    for number in range(most):
        assert write(client, text.format(number)).status == 201
    refused = write(client, text.format(most))
    assert (refused.status, refused.json()["code"]) == (429, "new_account_limit")
    wait = int(refused.headers["retry-after"])
    assert 0 < wait <= spam_limits.DAY
    hour(wait)
    assert write(client, text.format(most)).status == 201


def test_the_same_text_of_many_new_accounts_is_stopped(
    signed_in: SignedIn, hour: Callable[[float], None], db: Session
) -> None:
    text = "Join our group for signals that never fail, today only"
    statuses = [write(signed_in(profiles.person(db)), text).status for _ in range(spam_limits.COPIES.most + 1)]
    assert statuses == [201] * spam_limits.COPIES.most + [429]


def test_an_account_is_new_until_it_is_old_enough_and_has_posts_that_stand(
    signed_in: SignedIn, hour: Callable[[float], None], db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spam_limits, "TEXTS", spam_limits.Allowance("texts", 1, spam_limits.HOUR, "posts"))
    silent = profiles.person(db, created_at=datetime.now(UTC) - timedelta(days=30))
    hasty = profiles.person(db)
    for _ in range(spam_limits.ACCEPTED_POSTS):
        community.post(db, hasty)
    for person, second in ((silent, 429), (hasty, 429), (community.established_person(db), 201)):
        client = signed_in(person)
        assert [write(client, f"Number {number}").status for number in range(2)] == [201, second]


def test_comments_are_screened_and_counted_as_posts_are(
    signed_in: SignedIn, hour: Callable[[float], None], ada: User, db: Session
) -> None:
    moderation.keyword_rule(db, "refused", "refuse")
    moderation.keyword_rule(db, "held", "hold")
    post = community.post(db, ada)
    address = f"{POSTS}/{post.id}/comments"
    assert write_to(signed_in(ada), address, "This is refused").json()["code"] == "text_refused"
    assert write_to(signed_in(ada), address, "This is held").status == 201
    case = db.scalars(select(ReportCase)).one()
    assert (case.target_kind, case.is_held) == ("comment", True)
    db.refresh(post)
    assert post.comment_count == 0
    newcomer = signed_in(profiles.person(db))
    statuses = [write_to(newcomer, address, f"Number {n}").status for n in range(spam_limits.TEXTS.most + 1)]
    assert statuses == [201] * spam_limits.TEXTS.most + [429]


def test_an_edit_is_judged_as_a_new_text(signed_in: SignedIn, guest: LambdaClient, ada: User, db: Session) -> None:
    moderation.keyword_rule(db, "refused", "refuse")
    moderation.keyword_rule(db, "held", "hold")
    made = write(signed_in(ada), "Harmless").json()
    address = f"{POSTS}/{made['id']}"
    refused = signed_in(ada).patch(address, json={"version": 1, "text": "Now refused"})
    assert (refused.status, refused.json()["code"]) == (422, "text_refused")
    held = signed_in(ada).patch(address, json={"version": 1, "text": "Now held"})
    assert held.status == 200, held.json()
    assert held.json()["hidden"] is not None
    assert guest.get(address).status == 404
    assert db.scalars(select(ReportCase)).one().snapshots[-1]["version"] == 2


def test_a_scheduled_post_is_judged_when_it_is_published(
    signed_in: SignedIn, guest: LambdaClient, ada: User, db: Session
) -> None:
    """Traps, row 15: the rules of that moment count."""
    from functions.community.service import due_posts

    times = {"status": "scheduled", "publish_at": (datetime.now(UTC) + timedelta(hours=1)).isoformat()}
    made = [write(signed_in(ada), text, **times) for text in ("Soon refused", "Soon held")]
    assert [answer.status for answer in made] == [201, 201], made[0].json()
    moderation.keyword_rule(db, "refused", "refuse")
    moderation.keyword_rule(db, "held", "hold")
    process.reset()
    db.execute(update(Post).where(Post.status == "scheduled").values(publish_at=datetime.now(UTC)))
    db.commit()
    run = due_posts.publish(lambda: True)
    assert (run.published, run.returned, run.failed) == (1, 1, 0)
    states = {post.body: (post.status, post.is_live) for post in db.scalars(select(Post)) if "Soon" in post.body}
    assert states == {"Soon refused": ("draft", False), "Soon held": ("published", False)}


def test_all_that_is_shown_of_a_post_in_words_is_judged(signed_in: SignedIn, ada: User, db: Session) -> None:
    moderation.keyword_rule(db, "channel", "refuse")
    poll = {"options": ["Yes", "My channel"], "duration_minutes": 1440}
    refused = write(signed_in(ada), "Where to?", poll=poll)
    assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "body.poll.options.1")
    refused = write(signed_in(ada), "Look", content_warning="Channel")
    assert (refused.status, refused.json()["errors"][0]["field"]) == (422, "body.content_warning")


def test_a_group_s_name_is_refused_or_flagged(signed_in: SignedIn, ada: User, db: Session) -> None:
    moderation.keyword_rule(db, "signals", "hold")
    moderation.keyword_rule(db, "profit", "flag")
    client = signed_in(ada)
    refused = client.post("/api/v1/groups", json={"name": "Best S1gnals"})
    assert (refused.status, refused.json()["code"]) == (422, "text_refused")
    made = client.post("/api/v1/groups", json={"name": "Value", "rules": ["Profit only"]})
    group_id = uuid.UUID(made.json()["id"])
    case = db.scalars(select(ReportCase)).one()
    assert (case.target_kind, case.target_id, case.is_held) == ("group", group_id, False)
