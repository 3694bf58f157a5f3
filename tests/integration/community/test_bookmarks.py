"""Bookmarks and their folders over HTTP."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from shared.contexts.community.models.comments import Bookmark, BookmarkFolder
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient

BOOKMARKS = "/api/v1/bookmarks"


def listed(client: LambdaClient, **query: Any) -> list[str]:
    page = client.get(BOOKMARKS, query=query)
    assert page.status == 200, page.json()
    return [item["post"]["text"] for item in page.json()["items"]]


def folder(client: LambdaClient, name: str) -> str:
    made = client.post(f"{BOOKMARKS}/folders", json={"name": name})
    assert made.status == 201, made.json()
    identifier: str = made.json()["id"]
    return identifier


def test_bookmarks_are_listed_by_when_they_were_made(signed_in: SignedIn, db: Session) -> None:
    ada, now = profiles.person(db), datetime.now(UTC)
    # The oldest post was bookmarked last.
    for number in range(5):
        post = community.post(db, ada, f"{number}", published_at=now - timedelta(days=number))
        db.add(Bookmark(user_id=ada.id, post_id=post.id, created_at=now + timedelta(minutes=number)))
    db.commit()
    client, seen, cursor = signed_in(ada), [], None
    while True:
        page = client.get(BOOKMARKS, query={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        seen += [item["post"]["text"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["4", "3", "2", "1", "0"]


def test_what_may_not_be_read_any_more_is_not_listed_and_can_be_removed(signed_in: SignedIn, db: Session) -> None:
    bob = profiles.person(db)
    client = signed_in(bob)
    authors = {name: profiles.person(db, name) for name in ("blocker", "muted", "deleter", "stays")}
    posts = {name: community.post(db, author, name) for name, author in authors.items()}
    for post in posts.values():
        assert client.put(f"/api/v1/posts/{post.id}/bookmarks").status == 200
    profiles.block(db, authors["blocker"], bob)
    profiles.mute(db, bob, authors["muted"])
    posts["deleter"].deleted_at = datetime.now(UTC)
    db.commit()
    assert listed(client) == ["stays"]
    for post in posts.values():
        assert client.delete(f"/api/v1/posts/{post.id}/bookmarks").status == 204
    assert db.query(Bookmark).count() == 0


def test_nobody_reads_the_bookmarks_of_others(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    post = community.post(db, ada)
    signed_in(bob).put(f"/api/v1/posts/{post.id}/bookmarks", json={"folder_id": folder(signed_in(bob), "Mine")})
    assert listed(signed_in(ada)) == []
    [shelf] = signed_in(bob).get(f"{BOOKMARKS}/folders").json()["items"]
    assert signed_in(ada).get(BOOKMARKS, query={"folder_id": shelf["id"]}).status == 404
    taken = signed_in(ada).put(f"/api/v1/posts/{post.id}/bookmarks", json={"folder_id": shelf["id"]})
    assert (taken.status, taken.json()["code"]) == (404, "folder_not_found")


def test_bookmarks_move_between_folders_and_outlive_them(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    client, post = signed_in(ada), community.post(db, ada, "keep")
    first, second = folder(client, "财报"), folder(client, "Later")
    for shelf in (first, second):
        kept = client.post(f"/api/v1/posts/{post.id}/bookmarks", json={"folder_id": shelf})
        assert (kept.status, kept.json()["folder_id"]) == (200, shelf)
    assert (listed(client, folder_id=first), listed(client, folder_id=second)) == ([], ["keep"])
    assert client.delete(f"{BOOKMARKS}/folders/{second}").status == 204
    assert client.get(BOOKMARKS).json()["items"][0]["folder_id"] is None
    assert client.get(f"/api/v1/posts/{post.id}").json()["viewer"]["is_bookmarked"] is True


def test_names_of_folders_are_one_persons_own_and_differ(signed_in: SignedIn, db: Session) -> None:
    client = signed_in(profiles.person(db))
    first, second = folder(client, "Earnings"), folder(client, "Later")
    folder(signed_in(profiles.person(db)), "Earnings")
    again = client.post(f"{BOOKMARKS}/folders", json={"name": " Earnings "})
    assert (again.status, again.json()["code"]) == (409, "folder_name_taken")
    renamed = client.patch(f"{BOOKMARKS}/folders/{second}", json={"name": "Earnings"})
    assert (renamed.status, renamed.json()["code"]) == (409, "folder_name_taken")
    assert client.patch(f"{BOOKMARKS}/folders/{first}", json={"name": "Results"}).json()["name"] == "Results"
    assert client.patch(f"{BOOKMARKS}/folders/{uuid.uuid4()}", json={"name": "New"}).status == 404
    names = [item["name"] for item in client.get(f"{BOOKMARKS}/folders").json()["items"]]
    assert names == ["Later", "Results"]


def test_of_folders_that_get_one_name_at_once_one_does(signed_in: SignedIn, db: Session) -> None:
    client = signed_in(profiles.person(db))
    made = [folder(client, f"Folder {number}") for number in range(6)]

    def rename(number: int) -> int:
        return client.patch(f"{BOOKMARKS}/folders/{made[number]}", json={"name": "Earnings"}).status

    assert sorted(at_once(6, rename)) == [200, *[409] * 5]


def test_a_folder_has_a_name_that_is_seen(signed_in: SignedIn, db: Session) -> None:
    made = signed_in(profiles.person(db)).post(f"{BOOKMARKS}/folders", json={"name": "\u200b"})
    assert (made.status, made.json()["errors"][0]["field"]) == (422, "body.name")


def test_folders_are_a_hundred_at_most(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    db.add_all(BookmarkFolder(user_id=ada.id, name=f"{number}") for number in range(100))
    db.commit()
    refused = signed_in(ada).post(f"{BOOKMARKS}/folders", json={"name": "One more"})
    assert (refused.status, refused.json()["code"]) == (409, "too_many_folders")
