"""Whatever people do in groups, in whatever order and at the same moment: members are counted as they are, and a group
that is open has an owner.
"""

from __future__ import annotations

import random
from contextvars import copy_context
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.community.domain.group_roles import GroupRole
from functions.community.service import group_bans, group_members, group_requests
from shared import audit
from shared.clients import database
from shared.clients.database import Connection
from shared.contexts.community import group_succession
from shared.errors import ProblemError
from tests.factories import groups, profiles
from tests.integration.community.conftest import SignedIn
from tests.integration.community.test_groups import GROUPS
from tests.support.cloud import Cloud
from tests.support.contenders import at_once

PEOPLE = 4
BROKEN = """
SELECT g.id FROM groups g
WHERE g.member_count <> (SELECT count(*) FROM group_members m WHERE m.group_id = g.id)
UNION ALL SELECT g.id FROM groups g WHERE g.closed_at IS NULL
    AND NOT EXISTS (SELECT FROM group_members m WHERE m.group_id = g.id AND m.role = 'owner')
UNION ALL SELECT m.user_id FROM group_members m JOIN group_bans b ON (b.group_id, b.user_id) = (m.group_id, m.user_id)
    WHERE b.until IS NULL OR b.until > now()
UNION ALL SELECT m.user_id FROM group_members m
    JOIN group_requests r ON (r.group_id, r.user_id) = (m.group_id, m.user_id)
"""
"""Finds groups that are miscounted or have no owner, members who are banned, and members who still ask to join."""

people = st.integers(0, PEOPLE - 1)
operations = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["join", "leave", "hand over"]), people, people),
        st.tuples(st.sampled_from(["remove", "ban", "unban", "invite", "accept"]), people, people),
        st.tuples(st.sampled_from(list(GroupRole)), people, people),
    ),
    min_size=6,
    max_size=30,
)


def do(connection: Connection, slug: str, users: list[UUID], step: tuple[str, int, int]) -> None:
    """What one does in the group, to another; what is refused must leave everything as it was."""
    operation, who, whom = step
    user_id, other_id = users[who], users[whom]
    try:
        with connection.transaction():
            if isinstance(operation, GroupRole):
                group_members.set_role(connection, slug, other_id, operation, user_id=user_id)
            elif operation == "join":
                group_members.join(connection, slug, message="", user_id=user_id)
            elif operation == "leave":
                group_members.leave(connection, slug, user_id=user_id)
            elif operation == "remove":
                group_members.remove(connection, slug, other_id, user_id=user_id)
            elif operation == "ban":
                group_bans.ban(connection, slug, other_id, reason="", until=None, user_id=user_id)
            elif operation == "unban":
                group_bans.unban(connection, slug, other_id, user_id=user_id)
            elif operation == "invite":
                group_requests.invite(connection, slug, other_id, user_id=user_id)
            elif operation == "accept":
                group_requests.decide(connection, slug, other_id, accepted=True, user_id=user_id)
            else:
                group_succession.lock(connection, user_id)
                group_succession.hand_over(connection, user_id)
    except ProblemError:
        pass


@settings(max_examples=20)
@given(access=st.sampled_from(["public", "request", "invitation"]), done=operations)
def test_members_are_counted_after_any_sequence(db: Session, access: str, done: list[tuple[str, int, int]]) -> None:
    owner, *others = [profiles.person(db) for _ in range(PEOPLE)]
    group = groups.group(db, owner, access=access)
    slug, users = group.slug, [owner.id, *(other.id for other in others)]
    db.rollback()
    as_system = copy_context()
    as_system.run(audit.acting, audit.SYSTEM)
    with database.transaction() as connection:
        for step in done:
            as_system.run(do, connection, slug, users, step)
            assert connection.execute(BROKEN).fetchall() == [], step


def test_members_are_counted_when_many_come_and_go_at_once(aws: Cloud, db: Session) -> None:
    owner, *others = [profiles.person(db) for _ in range(PEOPLE)]
    group = groups.group(db, owner)
    groups.member(db, group, others[0], "owner")
    slug, users = group.slug, [owner.id, *(other.id for other in others)]
    db.rollback()

    def act(number: int) -> None:
        chance = random.Random(number)
        audit.acting(audit.SYSTEM)
        choices = ["join", "join", "leave", "ban", "unban", "invite", "hand over", "remove", *GroupRole]
        for _ in range(25):
            step: tuple[Any, int, int] = (chance.choice(choices), chance.randrange(PEOPLE), chance.randrange(PEOPLE))
            do(database.connection(), slug, users, step)

    at_once(4, act)
    assert db.execute(text(BROKEN)).all() == []


def test_owners_who_all_leave_at_once_leave_one(signed_in: SignedIn, db: Session) -> None:
    owners = [profiles.person(db) for _ in range(4)]
    group = groups.group(db, owners[0])
    for owner in owners[1:]:
        groups.member(db, group, owner, "owner")
    path = f"{GROUPS}/{group.slug}/membership"
    clients = [signed_in(owner) for owner in owners]
    db.rollback()
    statuses = at_once(4, lambda number: clients[number].delete(path).status)
    assert sorted(statuses) == [204, 204, 204, 409]
    assert db.execute(text(BROKEN)).all() == []
