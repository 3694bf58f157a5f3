"""People appeal against what moderators did; somebody else decides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.contexts.community.models.posts import Post
from shared.contexts.identity.models.accounts import User
from shared.contexts.moderation.models.actions import ModerationAction
from shared.contexts.moderation.models.reports import ReportCase
from shared.contexts.profiles.models import Profile
from shared.permissions import Role
from tests.factories import community, identity, moderation, profiles
from tests.integration.moderation.conftest import SignedIn
from tests.integration.moderation.test_actions import OWN, act, in_days
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient

APPEALS = "/api/v1/appeals"
QUEUE = "/api/v1/admin/appeals"


@pytest.fixture
def ada(db: Session) -> User:
    return profiles.person(db, "ada")


@pytest.fixture
def case(ada: User, db: Session) -> ReportCase:
    return moderation.case(db, "post", community.post(db, ada).id, ada)


def appeal(client: LambdaClient, action_id: object) -> Answer:
    return client.post(APPEALS, json={"action_id": str(action_id), "text": "It was a joke"})


def decide(client: LambdaClient, appeal_id: str, status: str) -> Answer:
    return client.post(f"{QUEUE}/{appeal_id}/decision", json={"status": status, "note": "We looked again"})


def test_an_accepted_appeal_undoes_the_action(
    moderator: LambdaClient, signed_in: SignedIn, case: ReportCase, ada: User, db: Session
) -> None:
    action_id = act(moderator, case, "remove").json()["id"]
    made = appeal(signed_in(ada), action_id)
    assert made.status == 201, made.json()
    second = signed_in(identity.user(db, Role.MODERATOR))
    [queued] = second.get(QUEUE).json()["items"]
    assert (queued["text"], queued["user"]["username"], queued["action"]["kind"]) == ("It was a joke", "ada", "remove")
    decided = decide(second, queued["id"], "accepted")
    assert (decided.status, decided.json()["status"]) == (200, "accepted")
    assert db.scalar(select(Post.is_live).where(Post.id == case.target_id)) is True
    [own] = signed_in(ada).get(APPEALS).json()["items"]
    assert (own["status"], own["note"]) == ("accepted", "We looked again")
    assert second.get(QUEUE).json()["items"] == []
    again = decide(second, queued["id"], "rejected")
    assert (again.status, again.json()["code"]) == (409, "appeal_decided")


def test_a_rejected_appeal_changes_nothing(
    moderator: LambdaClient, signed_in: SignedIn, case: ReportCase, ada: User, db: Session
) -> None:
    made = appeal(signed_in(ada), act(moderator, case, "hide").json()["id"]).json()
    assert decide(signed_in(identity.user(db, Role.ADMIN)), made["id"], "rejected").status == 200
    assert db.scalar(select(Post.is_live).where(Post.id == case.target_id)) is False
    assert signed_in(ada).get(OWN).json()["items"][0]["appeal"]["status"] == "rejected"


def test_what_another_action_does_stays_after_an_accepted_appeal(
    moderator: LambdaClient, signed_in: SignedIn, case: ReportCase, ada: User, db: Session
) -> None:
    long = act(moderator, case, "suspend", "long", ends_at=in_days(9)).json()
    act(moderator, case, "suspend", "short", ends_at=in_days(1))
    hidden = act(moderator, case, "hide", "first").json()
    act(moderator, case, "hide", "second")
    second = signed_in(identity.user(db, Role.MODERATOR))
    for action in (long, hidden):
        made = appeal(signed_in(ada), action["id"])
        assert decide(second, made.json()["id"], "accepted").status == 200
    profile = db.get_one(Profile, ada.id)
    assert (profile.standing, profile.standing_reason) == ("suspended", "short")
    post = db.get_one(Post, case.target_id)
    assert (post.is_live, post.hidden_reason) == (False, "second")


def test_the_banned_may_appeal(moderator: LambdaClient, signed_in: SignedIn, case: ReportCase, ada: User) -> None:
    action_id = act(moderator, case, "ban").json()["id"]
    assert signed_in(ada).get(OWN).json()["items"][0]["appeal_until"] is not None
    assert appeal(signed_in(ada), action_id).status == 201


def test_there_is_one_appeal_against_each_action(
    moderator: LambdaClient, signed_in: SignedIn, case: ReportCase, ada: User
) -> None:
    action_id, client = act(moderator, case, "hide").json()["id"], signed_in(ada)
    assert sorted(at_once(3, lambda _: appeal(client, action_id).status)) == [201, 409, 409]
    again = appeal(client, action_id)
    assert again.json()["code"] == "already_appealed"
    assert again.json()["appeal_id"] == client.get(APPEALS).json()["items"][0]["id"]


def test_only_whom_an_action_concerns_appeals_and_in_time(
    moderator: LambdaClient, signed_in: SignedIn, case: ReportCase, ada: User, db: Session
) -> None:
    action_id = act(moderator, case, "hide").json()["id"]
    stranger = appeal(signed_in(profiles.person(db)), action_id)
    assert (stranger.status, stranger.json()["code"]) == (404, "action_not_found")
    action = db.get_one(ModerationAction, UUID(action_id))
    action.created_at = datetime.now(UTC) - timedelta(days=30, seconds=1)
    db.commit()
    late = appeal(signed_in(ada), action_id)
    assert (late.status, late.json()["code"]) == (409, "appeal_too_late")
    act(moderator, case, "unhide")
    undone = appeal(signed_in(ada), action_id)
    assert (undone.status, undone.json()["code"]) == (409, "appeal_not_possible")


def test_who_acted_decides_only_where_there_is_nobody_else(
    signed_in: SignedIn, case: ReportCase, ada: User, db: Session
) -> None:
    alone = signed_in(identity.user(db, Role.MODERATOR))
    first = appeal(signed_in(ada), act(alone, case, "hide").json()["id"]).json()
    second = appeal(signed_in(ada), act(alone, case, "warn").json()["id"]).json()
    assert decide(alone, first["id"], "rejected").status == 200
    identity.user(db, Role.ADMIN)
    refused = decide(alone, second["id"], "rejected")
    assert (refused.status, refused.json()["code"]) == (403, "own_action")
