"""The community of the demo shop, as people see it."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from demo import portraits
from demo.client import request_parts
from demo.contents.community.groups import GROUPS
from demo.contents.community.people import PEOPLE
from demo.contents.community.script import illustrated, posts
from demo.contents.customers import PASSWORD
from tests.contract.applications import entry_point
from tests.contract.demo_shop.shop import Made, all_items, api, signed_in
from tests.support import triggers
from tests.support.lambda_client import Context, LambdaClient

pytestmark = pytest.mark.xdist_group("demo_shop")


def as_person(context: str, key: str) -> LambdaClient:
    return api(context, signed_in(PEOPLE[key].address, PASSWORD))


def test_all_that_was_written_is_there(db: Session) -> None:
    written = posts()
    said = sum(1 for post in written for _ in post.all_comments())
    row = db.execute(
        text(
            "SELECT (SELECT count(*) FROM posts WHERE is_live) AS posts,"
            " (SELECT count(DISTINCT published_at::date) FROM posts) AS days,"
            " (SELECT count(*) FROM comments WHERE is_live) AS comments,"
            " (SELECT count(DISTINCT ticker_id) FROM post_tickers) AS tickers,"
            " (SELECT count(*) FROM polls) AS polls,"
            " (SELECT count(*) FROM profiles WHERE bio <> '') AS people,"
            " (SELECT count(*) FROM groups) AS groups"
        )
    ).one()
    assert (row.posts, row.comments, row.people) == (len(written), said, len(PEOPLE))
    assert row.days >= 30
    assert row.tickers >= 12
    assert row.polls >= 8
    assert row.groups == len(GROUPS)


def test_thirty_threads_are_three_levels_deep(db: Session) -> None:
    deep = db.execute(
        text(
            "SELECT count(DISTINCT a.post_id) FROM comments a JOIN comments b ON b.parent_id = a.id"
            " JOIN comments c ON c.parent_id = b.id"
        )
    ).scalar()
    assert deep is not None
    assert deep >= 30


def test_what_answers_comes_after_what_it_answers(db: Session) -> None:
    wrong = db.execute(
        text(
            "SELECT c.id FROM comments c JOIN posts p ON p.id = c.post_id LEFT JOIN comments q ON q.id = c.parent_id"
            " WHERE c.created_at <= p.published_at OR c.created_at <= q.created_at"
            " UNION ALL SELECT r.id FROM reactions r JOIN posts p ON p.id = r.post_id"
            " WHERE r.created_at <= p.published_at"
        )
    ).all()
    assert wrong == []


def test_counts_are_those_of_the_rows(db: Session) -> None:
    """Also after they were copied, where no trigger may count them again."""
    wrong = db.execute(
        text(
            "SELECT p.id FROM posts p WHERE p.comment_count <>"
            " (SELECT count(*) FROM comments c WHERE c.post_id = p.id AND c.is_live)"
            " OR (SELECT sum(n) FROM unnest(p.reaction_counts) AS n) <>"
            " (SELECT count(*) FROM reactions r WHERE r.post_id = p.id)"
            " OR p.repost_count <> (SELECT count(*) FROM reposts r WHERE r.post_id = p.id)"
            " OR p.quote_count <> (SELECT count(*) FROM posts q WHERE q.quoted_post_id = p.id AND q.is_live)"
            " UNION ALL SELECT f.user_id FROM profiles f WHERE"
            " f.follower_count <> (SELECT count(*) FROM follows WHERE followed_id = f.user_id)"
            " OR f.following_count <> (SELECT count(*) FROM follows WHERE follower_id = f.user_id)"
            " UNION ALL SELECT g.id FROM groups g WHERE"
            " g.member_count <> (SELECT count(*) FROM group_members m WHERE m.group_id = g.id)"
        )
    ).all()
    assert wrong == []


def test_triggers_count_again_after_the_copy(db: Session, ada: dict[str, str]) -> None:
    [post] = api("community").get("/api/v1/posts?limit=1").json()["items"]
    before = post["stats"]["comments"]
    reply = api("community", ada).post(f"/api/v1/posts/{post['id']}/comments", json={"text": "Good morning."})
    assert reply.status == 201, reply.body
    after = api("community").get(f"/api/v1/posts/{post['id']}").json()
    assert after["stats"]["comments"] == before + 1


def test_every_picture_has_a_text_and_its_files_are_handed_over(made: Made, db: Session) -> None:
    shown = db.execute(text("SELECT alt, media FROM post_media")).all()
    assert len(shown) == sum(len(post.pictures) for post in illustrated())
    assert all(row.alt for row in shown)
    keys = {variant["url"].partition("/media/")[2] for row in shown for variant in row.media["variants"]}
    assert {key.removeprefix("media/") for key in made.result["objects"]} == keys


def test_a_guest_reads_what_is_public_and_nothing_else() -> None:
    community = api("community")
    public = [post for post in posts() if not post.is_for_followers and not PEOPLE[post.author].is_private]
    outside = sum(post.group is None for post in public)
    assert len(list(all_items(community, "/api/v1/posts"))) == outside
    statuses = {group.slug: community.get(f"/api/v1/groups/{group.slug}/posts").status for group in GROUPS}
    assert statuses["balcony-gardens"] == 200
    assert 200 not in {statuses["slow-notes"], statuses["kiln-table"]}


def test_groups_have_rules_a_pinned_post_and_an_accepted_answer() -> None:
    for group in GROUPS:
        community = as_person("community", group.owner)
        found = community.get(f"/api/v1/groups/{group.slug}").json()
        assert (found["rules"], found["access"]) == (list(group.rules), group.access)
        assert found["member_count"] == 1 + len(group.moderators) + len(group.members)
        first = community.get(f"/api/v1/groups/{group.slug}/posts").json()["items"][0]
        pinned = next(post for post in posts() if post.group == group.slug and post.is_pinned)
        assert first["text"] == pinned.text


def test_somebody_waits_to_be_let_in_and_somebody_is_invited() -> None:
    waiting = as_person("community", "chen").get("/api/v1/groups/slow-notes/requests").json()["items"]
    assert [item["person"]["username"] for item in waiting] == [PEOPLE["sam"].username]
    invited = as_person("community", "hana").get("/api/v1/groups/kiln-table/invitations").json()["items"]
    assert [item["person"]["username"] for item in invited] == [PEOPLE["ning"].username]


def test_polls_end_as_the_scenes_say(db: Session) -> None:
    rows = db.execute(text("SELECT p.body, q.vote_counts, q.ends_at FROM polls q JOIN posts p ON p.id = q.post_id"))
    counts = {row.body: row.vote_counts for row in rows if row.ends_at < datetime.now(UTC)}
    written = {post.text: list(post.poll.votes) for post in posts() if post.poll}
    assert counts == written


def test_people_say_where_they_are_and_what_they_like(ada: dict[str, str]) -> None:
    profiles = api("profiles", ada)
    for person in PEOPLE.values():
        reply = profiles.get(f"/api/v1/users/{person.username}")
        assert reply.status == 200, reply.body
        found = reply.json()
        assert (found["display_name"], found["bio"]) == (person.display_name, person.bio)
    own = profiles.get("/api/v1/users/me").json()
    assert (own["country"], own["time_zone"]) == ("US", "America/Los_Angeles")


def test_people_were_there_on_the_days_on_which_they_wrote(db: Session) -> None:
    missing = db.execute(
        text(
            "SELECT p.id FROM posts p WHERE NOT EXISTS (SELECT FROM user_sessions s WHERE s.user_id = p.author_id"
            " AND (s.started_at AT TIME ZONE 'UTC')::date = (p.published_at AT TIME ZONE 'UTC')::date)"
        )
    ).all()
    assert missing == []
    assert (db.execute(text("SELECT count(*) FROM user_sessions")).scalar() or 0) > 300


class Caller:
    """The demo's client over the functions of the test; a picture that was uploaded is made ready at once."""

    def __init__(self, token: str | None = None) -> None:
        self.token = token

    def call(self, method: str, path: str, document: object = None, *, key: str | None = None) -> Any:
        headers, body = request_parts(document, token=self.token, key=key)
        context = {"auth": "identity", "media": "media", "users": "profiles"}[path.split("/")[3]]
        reply = LambdaClient(entry_point(context), headers).request(method, path, body=body)
        assert 200 <= reply.status < 300, reply.body
        if path.endswith("/media/upload"):
            for upload in reply.json()["items"]:
                _process(upload["id"])
        return reply.json()

    def signed_in(self, token: str) -> Caller:
        return Caller(token)


def _process(media_id: str) -> None:
    stored = {"bucket": {"name": os.environ["MEDIA_BUCKET"]}, "object": {"key": f"uploads/{media_id}"}}
    triggers.handler("media.process_image")({"Records": [{"s3": stored}]}, Context())


def test_people_get_their_faces_once_the_shop_is_open() -> None:
    portraits.show(Caller(), [PEOPLE["lin"], PEOPLE["chen"]])
    found = api("profiles").get(f"/api/v1/users/{PEOPLE['chen'].username}").json()
    assert found["picture"]["url"].startswith("http")
    assert api("profiles").get(f"/api/v1/users/{PEOPLE['gao'].username}").json()["picture"] is None


def test_tickers_are_trending_when_the_shop_opens() -> None:
    triggers.handler("community.refresh_trending_tickers")({}, Context())
    found = api("community").get("/api/v1/tickers/trending").json()["items"]
    assert {"NVDA", "0700.HK", "600519.SH", "AAPL"} <= {ticker["symbol"] for ticker in found}


@pytest.mark.parametrize(
    ("query", "kind"),
    [("香菜", "posts"), ("courgette", "posts"), ("小满", "users"), ("NVDA", "tickers"), ("茅台", "tickers")],
)
def test_what_the_community_says_is_found(query: str, kind: str) -> None:
    reply = api("discovery").get("/api/v1/search", query={"q": query})
    assert reply.status == 200, reply.body
    assert reply.json()[kind]["items"]
