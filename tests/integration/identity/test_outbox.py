"""Own posts in the copy of one's data, as an outbox of ActivityPub that other networks and archives read."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from functions.identity.service import data_archive
from shared.clients import database
from shared.contexts.community.models.comments import Repost
from shared.contexts.community.models.groups import Group
from shared.contexts.community.models.posts import Post, PostMedia
from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.contexts.profiles.models import Profile
from shared.texts import DIRECTION_CHANGES
from tests.factories import community, profiles
from tests.support import database_logins
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.tokens import TestSigningKey

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
HERE = "http://127.0.0.1:8000/api/v1"
INSTANT = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)


def outbox(person: User) -> dict[str, Any]:
    """As the copy has it."""
    file = io.BytesIO()
    data_archive.write(database.connection(), person.id, file)
    with zipfile.ZipFile(file) as archive:
        found: dict[str, Any] = json.loads(archive.read("outbox.json"))
    assert found["totalItems"] == len(found["orderedItems"])
    return found


def notes(person: User) -> list[dict[str, Any]]:
    return [item["object"] for item in outbox(person)["orderedItems"]]


def picture(db: Session, owner: User) -> MediaFile:
    made = MediaFile(
        owner_id=owner.id, purpose="post", file_name="chart.png", content_type="image/png", size_bytes=1,
        status="ready", url="http://127.0.0.1:8000/media/1/large.webp",
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


def test_a_post_is_a_note_with_all_that_it_shows(environment: None, db: Session) -> None:
    ada, bob = profiles.person(db, "ada"), profiles.person(db, "Bob")
    quoted = community.post(db, bob)
    body = "Hello @Bob & <all>\nof you\n\n#Earnings soon"
    entities = [
        {"kind": "mention", "start": 6, "end": 10, "user_id": str(bob.id), "username": "Bob"},
        {"kind": "hashtag", "start": 27, "end": 36, "hashtag": "earnings"},
    ]
    post = community.post(
        db, ada, body, entities=entities, language="en", content_warning="Money", quoted_post_id=quoted.id,
        is_quote=True, published_at=INSTANT, edited_at=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip
    shown = picture(db, ada)
    media = {"width": 640, "height": 480, "blurhash": "LEHV6nWB2yk8", "variants": []}
    db.add(PostMedia(post_id=post.id, position=0, media_id=shown.id, url=shown.url, alt="A chart", media=media))
    db.commit()
    found = outbox(ada)
    assert (found["type"], found["@context"][0]) == ("OrderedCollection", "https://www.w3.org/ns/activitystreams")
    [created] = found["orderedItems"]
    note = created["object"]
    content = (
        "<p>Hello @Bob &amp; &lt;all&gt;<br>of you</p><p>#Earnings soon</p>"
        f'<p><span class="quote-inline">RE: <a href="{HERE}/posts/{quoted.id}">{HERE}/posts/{quoted.id}</a></span></p>'
    )
    me = f"{HERE}/users/{ada.id}"
    audience = {"to": [PUBLIC], "cc": [f"{me}/followers", f"{HERE}/users/{bob.id}"]}
    assert {name: created[name] for name in ("type", "actor", "published", "to", "cc")} == {
        "type": "Create", "actor": me, "published": "2026-03-01T10:30:00Z", **audience,
    }  # fmt: skip
    assert note == {
        "id": f"{HERE}/posts/{post.id}",
        "type": "Note",
        "attributedTo": me,
        "published": "2026-03-01T10:30:00Z",
        "updated": "2026-03-02T00:00:00Z",
        "url": f"{HERE}/posts/{post.id}",
        **audience,
        "summary": "Money",
        "sensitive": True,
        "content": content,
        "contentMap": {"en": content},
        "source": {"content": body, "mediaType": "text/plain"},
        "tag": [
            {"type": "Mention", "href": f"{HERE}/users/{bob.id}", "name": "@Bob"},
            {"type": "Hashtag", "href": f"{HERE}/hashtags/earnings", "name": "#Earnings"},
        ],
        "attachment": [
            {
                "type": "Image", "mediaType": "image/webp", "url": shown.url, "name": "A chart", "width": 640,
                "height": 480, "blurhash": "LEHV6nWB2yk8",
            }
        ],
        "quoteUrl": f"{HERE}/posts/{quoted.id}",
    }  # fmt: skip


def test_a_poll_is_a_question_with_the_votes_of_each_option(environment: None, db: Session) -> None:
    ada = profiles.person(db)
    community.poll(db, community.post(db, ada, "Up or down?"), "Up", "Down", ends_at=INSTANT)
    [question] = notes(ada)
    assert [(option["name"], option["replies"]["totalItems"]) for option in question["oneOf"]] == [
        ("Up", 0),
        ("Down", 0),
    ]
    assert (question["type"], question["endTime"], question["closed"]) == (
        "Question",
        "2026-03-01T10:30:00Z",
        "2026-03-01T10:30:00Z",
    )


def test_addressing_says_who_can_read_a_post_and_a_mention_opens_nothing(environment: None, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db, "bob")
    closed, public = (Group(slug=access, name=access, access=access) for access in ("request", "public"))
    db.add_all([closed, public])
    db.commit()
    mention = [{"kind": "mention", "start": 0, "end": 4, "user_id": str(bob.id), "username": "bob"}]
    places: list[dict[str, Any]] = [
        {"visibility": "followers", "entities": mention},
        {"visibility": "group", "group_id": closed.id},
        {"visibility": "group", "group_id": public.id},
        {},
    ]
    for place in places:
        community.post(db, ada, "@bob and all", **place)
    me = f"{HERE}/users/{ada.id}"
    assert [(note["to"], note["cc"]) for note in reversed(notes(ada))] == [
        ([f"{me}/followers"], []),
        ([f"{HERE}/groups/request/members"], []),
        ([PUBLIC], [f"{HERE}/groups/public"]),
        ([PUBLIC], [f"{me}/followers"]),
    ]
    db.execute(sa.update(Profile).where(Profile.user_id == ada.id).values(is_private=True))
    db.commit()
    assert not [note for note in notes(ada) if PUBLIC in note["to"]]


def test_a_repost_is_an_address_and_nothing_of_what_others_said(environment: None, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    theirs = community.post(db, bob, "A secret of Bob's")
    gone = community.post(db, bob, deleted_at=datetime.now(UTC))
    db.add_all([Repost(post_id=theirs.id, user_id=ada.id), Repost(post_id=gone.id, user_id=ada.id)])
    db.commit()
    found = outbox(ada)
    [announced] = found["orderedItems"]
    assert (announced["type"], announced["object"]) == ("Announce", f"{HERE}/posts/{theirs.id}")
    assert announced["cc"][0] == f"{HERE}/users/{bob.id}"
    assert "secret" not in json.dumps(found)


def test_no_name_or_text_of_a_file_turns_what_stands_behind_it_around(
    aws: Cloud, signing_key: TestSigningKey, db: Session
) -> None:
    """Nothing of the kind comes in by any door, so nothing goes out with a file."""
    from functions.community.handlers.api import handler as community_api
    from functions.profiles.handlers.api import handler as profiles_api

    ada, bob, turned = profiles.person(db), profiles.person(db), "Ada\u202e evil\u2066"
    profiles.follow(db, ada, bob)
    people, posts = (
        LambdaClient(api).signed_in(signing_key.authorization(ada)) for api in (profiles_api, community_api)
    )
    post = community.post(db, bob)
    with database_logins.logged_in("profiles"):
        doors = [
            *(people.patch("/api/v1/users/me", json={"version": 1, name: turned}) for name in ("display_name", "bio")),
            people.patch("/api/v1/users/me", json={"version": 1, "full_name": turned}),
            people.post("/api/v1/users/me/people-files/following", body=turned, headers={"content-type": "text/csv"}),
        ]
        listed = people.get("/api/v1/users/me/people-files/following").body.decode()
    with database_logins.logged_in("community"):
        doors += [
            *(posts.post("/api/v1/posts", json={"text": "x", name: turned}) for name in ("text", "content_warning")),
            posts.post(f"/api/v1/posts/{post.id}/comments", json={"text": turned}),
            posts.post("/api/v1/bookmarks/folders", json={"name": turned}),
            posts.post("/api/v1/groups", json={"slug": "x", "name": turned, "access": "public"}),
        ]
        assert posts.post("/api/v1/posts", json={"text": "plain"}).status == 201
    assert {door.status for door in doors} <= {200, 422}
    file = io.BytesIO()
    data_archive.write(database.connection(), ada.id, file)
    with zipfile.ZipFile(file) as archive:
        copied = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "plain" in copied
    assert not DIRECTION_CHANGES.search(copied + listed)


def test_what_nobody_else_can_read_is_not_in_it_and_the_newest_is_first(environment: None, db: Session) -> None:
    ada = profiles.person(db)
    for day in (1, 3, 2):
        community.post(db, ada, f"day {day}", published_at=datetime(2026, 3, day, tzinfo=UTC))
    community.post(db, ada, "draft", status="draft", published_at=None)
    community.post(db, ada, "hidden", hidden_at=datetime.now(UTC))
    community.post(db, ada, "deleted", deleted_at=datetime.now(UTC))
    assert [note["source"]["content"] for note in notes(ada)] == ["day 3", "day 2", "day 1"]
    db.execute(sa.delete(Post))
    db.commit()
    assert outbox(ada)["orderedItems"] == []
