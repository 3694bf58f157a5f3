"""No page of a group, and no act in it, reads a whole table."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from shared.clients import database
from shared.contexts.community import group_succession
from tests.factories import community, groups, profiles
from tests.integration.community.conftest import SignedIn
from tests.integration.community.test_groups import GROUPS
from tests.support.database_logins import logged_in
from tests.support.plans import executed, table_scans

PAGES = ("members", "requests", "invitations", "bans", "posts", "removed-posts")


def test_every_statement_finds_its_rows_by_index(signed_in: SignedIn, db: Session, database_url: str) -> None:
    ada, bob, eve = (profiles.person(db) for _ in range(3))
    group = groups.group(db, ada, access="request")
    path, owner, guest = f"{GROUPS}/{group.slug}", signed_in(ada), signed_in(bob)
    for person in (bob, eve):
        groups.member(db, group, person)
        groups.request(db, group, profiles.person(db))
        groups.request(db, group, profiles.person(db), invited_by=ada)
        groups.ban(db, group, profiles.person(db))
        groups.group(db, ada)
        inside: dict[str, Any] = {"visibility": "group", "group_id": group.id}
        community.post(db, bob, hidden_at=datetime.now(UTC), hidden_by_group=True, **inside)
        post = community.post(db, bob, **inside)
    comment = community.comment(db, post, bob)
    asker = person.id
    owner_id = ada.id
    db.rollback()
    with executed() as statements:
        for name, query in (*((name, {}) for name in PAGES), ("posts", {"order": "hot"})):
            page = owner.get(f"{path}/{name}", query={**query, "limit": 1}).json()
            owner.get(f"{path}/{name}", query={**query, "limit": 1, "cursor": page["next_cursor"]})
        owner.get(f"{path}/members", query={"role": "moderator"})
        for query in ({"membership": "member"}, {"membership": "invited"}, {"q": "value"}, {}):
            owner.get(GROUPS, query=query)
        flair = owner.post(f"{path}/flairs", json={"name": "Question"}).json()["id"]
        guest.put(f"{path}/posts/{post.id}/flair", json={"flair_id": flair})
        guest.put(f"{path}/posts/{post.id}/accepted-answer", json={"comment_id": str(comment.id)})
        for act in (owner.put, owner.delete):
            act(f"{path}/posts/{post.id}/pin")
            act(f"{path}/posts/{post.id}/lock")
            act(f"{path}/posts/{post.id}/removal", json={"reason": "Advertising"})
            act(f"{path}/comments/{comment.id}/removal", json={"reason": "Advertising"})
            act(f"{path}/bans/{asker}")
            act(f"{path}/invitations/{asker}")
        owner.put(f"{path}/members/{bob.id}/role", json={"role": "moderator"})
        guest.delete(f"{path}/membership")
        guest.put(f"{path}/membership")
        owner.post(f"{path}/requests/{bob.id}/decision", json={"decision": "accept"})
        with logged_in("identity"), database.transaction() as connection:
            group_succession.lock(connection, owner_id)
            group_succession.hand_over(connection, owner_id)
    assert len(statements) > 50
    assert table_scans(database_url, statements) == {}
