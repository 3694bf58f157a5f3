"""A moderator decides and an account ends at the same moment: one after the other, and each of them whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from functions.identity.service import erasures
from functions.identity.service.erasures import Erased
from shared.contexts.community.models.groups import GroupMember
from shared.contexts.community.models.posts import Post
from shared.contexts.identity.models.accounts import User
from shared.contexts.identity.models.privacy import AccountErasure
from shared.contexts.moderation.models.actions import ModerationAction, Sanction
from shared.contexts.profiles.models import PendingStanding, Profile
from shared.permissions import Role
from tests.factories import community, groups, identity, moderation, profiles
from tests.integration.moderation.conftest import SignedIn
from tests.support import database_logins
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient

CASES = "/api/v1/admin/reports"


def due(db: Session, user: User) -> None:
    user.is_active = False
    db.add(AccountErasure(user_id=user.id, with_reviews=True, due_at=datetime.now(UTC) - timedelta(minutes=1)))
    db.commit()


@database_logins.logged_in("identity")
def erase() -> Erased:
    return erasures.erase_due(lambda: True)


@pytest.mark.parametrize("kinds", [("hide", "hide", "hide"), ("ban", "suspend", "hide"), ("remove", "warn", "ban")])
def test_actions_and_the_erasure_of_whom_they_concern_take_turns(
    kinds: tuple[str, ...], signed_in: SignedIn, db: Session
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    group = groups.group(db, ada)
    groups.member(db, group, bob)
    posts = [community.post(db, ada) for _ in range(30)]
    cases = [moderation.case(db, "post", post.id, ada) for post in posts]
    ends_at = (datetime.now(UTC) + timedelta(days=7)).isoformat()
    acts: list[tuple[LambdaClient, str, dict[str, Any]]] = []
    for kind, case in zip(kinds, cases, strict=False):
        client = signed_in(identity.user(db, Role.MODERATOR))
        body: dict[str, Any] = {"kind": kind, "reason": "Spam", "closes_case": True}
        body |= {"ends_at": ends_at} if kind == "suspend" else {}
        address = f"{CASES}/{case.id}/actions"
        acts.append((client, address, body))
    ada_id, group_id, post_ids = ada.id, group.id, [post.id for post in posts]
    due(db, ada)

    def contend(number: int) -> tuple[int, int, int] | int:
        if number < len(acts):
            client, address, body = acts[number]
            return client.post(address, json=body).status
        done = erase()
        return done.accounts, done.postponed, done.failures

    *answers, erased = at_once(len(acts) + 1, contend)
    assert erased == (1, 0, 0)
    # An act that came after is refused where there is nobody whom it could concern any more.
    assert set(answers) <= {201, 409}
    assert db.scalar(select(func.count()).select_from(Post).where(Post.id.in_(post_ids), Post.body != "")) == 0
    left = [(ModerationAction, "subject_id"), (Sanction, "user_id"), (Profile, "user_id"), (PendingStanding, "user_id")]
    for table, column in left:
        assert db.scalar(select(func.count()).select_from(table).where(getattr(table, column) == ada_id)) == 0
    assert db.scalars(select(GroupMember.role).where(GroupMember.group_id == group_id)).all() == ["owner"]
    assert db.execute(text(community.MISCOUNTED)).all() == []
