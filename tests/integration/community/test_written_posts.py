"""What authors do with posts: write, edit, publish, delete; with polls, quotes and pictures."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from shared.contexts.community.models.groups import Group, GroupMember
from shared.contexts.community.models.posts import Poll, PollVote, Post
from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.contexts.profiles.models import Profile
from shared.tables.platform import OutboxEvent
from tests.factories import community, profiles
from tests.integration.community.conftest import SignedIn
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient

POSTS = "/api/v1/posts"
FAMILY = "👨\u200d👩\u200d👧\u200d👦"


def write(client: LambdaClient, body: str = "Good morning", **fields: Any) -> Answer:
    return client.post(POSTS, json={"text": body, **fields})


def written(client: LambdaClient, body: str = "Good morning", **fields: Any) -> dict[str, Any]:
    answer = write(client, body, **fields)
    assert answer.status == 201, answer.json()
    made: dict[str, Any] = answer.json()
    return made


def changed(client: LambdaClient, post: dict[str, Any], **fields: Any) -> Answer:
    return client.patch(f"{POSTS}/{post['id']}", json={"version": post["version"], **fields})


def refusal(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json()["code"]


def picture(db: Session, owner: User, number: int = 0) -> uuid.UUID:
    made = MediaFile(
        owner_id=owner.id,
        purpose="post",
        file_name="a.jpg",
        content_type="image/jpeg",
        size_bytes=1,
        status="ready",
        url=f"https://media.example.com/{number}.webp",
        width=4,
        height=3,
        blurhash="LEHV",
    )
    db.add(made)
    db.commit()
    return made.id


def group(db: Session, *members: User, access: str = "public", **columns: Any) -> Group:
    made = Group(slug=uuid.uuid4().hex, name="Value investors", access=access, **columns)
    db.add(made)
    db.flush()
    db.add_all(GroupMember(group_id=made.id, user_id=member.id) for member in members)
    db.commit()
    return made


def events(db: Session) -> list[str]:
    return list(db.scalars(select(OutboxEvent.type).order_by(OutboxEvent.id)))


POLL = {"options": ["Up", "Down"], "duration_minutes": 1440}


def test_a_text_is_as_long_as_people_count_it(signed_in: SignedIn, db: Session) -> None:
    ada = signed_in(profiles.person(db))
    assert write(ada, FAMILY * 2_000).status == 201
    assert write(ada, FAMILY * 2_001).json()["errors"][0]["field"] == "body.text"


@pytest.mark.parametrize("bare", ["", "\u200b\u200d", "\u0301\u0302", "a\u202eb", "a" + "\u0301" * 100])
def test_a_text_without_anything_to_see_or_with_tricks_is_refused(signed_in: SignedIn, db: Session, bare: str) -> None:
    assert write(signed_in(profiles.person(db)), bare).status == 422


def test_a_post_has_pictures_of_its_author_with_descriptions(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    pictures = [picture(db, ada, number) for number in range(4)]
    made = written(signed_in(ada), "", media=[{"media_id": str(one), "alt": "A chart"} for one in pictures])
    assert [item["url"][-6:] for item in made["media"]] == ["0.webp", "1.webp", "2.webp", "3.webp"]
    assert made["media"][0]["alt"] == "A chart"
    stolen = write(signed_in(bob), media=[{"media_id": str(pictures[0])}])
    assert stolen.json()["errors"][0]["field"] == "body.media.0.media_id"
    shown = text("SELECT count(*) FROM community_shown_media")
    assert db.scalar(shown) == 4
    signed_in(ada).delete(f"{POSTS}/{made['id']}")
    db.rollback()
    assert db.scalar(shown) == 0


def told(post: dict[str, Any]) -> list[int | None]:
    return [option["votes"] for option in post["poll"]["options"]]


def test_results_that_are_hidden_are_withheld_wherever_the_poll_is_shown(signed_in: SignedIn, db: Session) -> None:
    ada, bob, eve = (profiles.person(db) for _ in range(3))
    made = written(signed_in(ada), "Up or down?", poll={**POLL, "hides_results": True})
    db.add(PollVote(poll_id=made["poll"]["id"], user_id=bob.id, option=1))
    db.commit()
    quote = written(signed_in(eve), "Interesting", quoted_post_id=made["id"])
    for_eve, for_bob = signed_in(eve), signed_in(bob)
    assert told(quote["quoted"]["post"]) == [None, None]
    assert told(for_eve.get(f"{POSTS}/{made['id']}").json()) == [None, None]
    assert [told(item) for item in for_eve.get(POSTS).json()["items"] if item["poll"]] == [[None, None]]
    seen = for_eve.get("/api/v1/feed", query={"scope": "all"}).json()["items"]
    assert told(seen[0]["quoted"]["post"]) == told(seen[1]) == [None, None]
    assert told(for_bob.get(f"{POSTS}/{made['id']}").json()) == [0, 1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"options": ["Up"], "duration_minutes": 1440},
        {"options": ["Up", "Ｕp"], "duration_minutes": 1440},
        {"options": ["Up", "\u200b"], "duration_minutes": 1440},
        {"options": ["1", "2", "3", "4", "5"], "duration_minutes": 1440},
        {"options": ["Up", "Down"], "duration_minutes": 1439},
        {"options": ["Up", "Down"], "duration_minutes": 10081},
    ],
)
def test_a_poll_has_two_to_four_different_options_for_a_day_to_a_week(
    signed_in: SignedIn, db: Session, wrong: dict[str, Any]
) -> None:
    assert write(signed_in(profiles.person(db)), "Up or down?", poll=wrong).status == 422


def test_the_question_is_frozen_once_somebody_has_voted(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    made = written(signed_in(ada), "Up or down?", poll=POLL)
    made = changed(signed_in(ada), made, text="Up or down by Friday?").json()
    db.add(PollVote(poll_id=made["poll"]["id"], user_id=bob.id, option=1))
    db.commit()
    assert refusal(changed(signed_in(ada), made, text="Is it raining?")) == (409, "question_frozen")
    assert changed(signed_in(ada), made, content_warning="Speculation").status == 200
    edits = signed_in(bob).get(f"{POSTS}/{made['id']}/edits").json()["items"]
    assert [(edit["text"], edit["vote_count"]) for edit in edits] == [("Up or down by Friday?", 1), ("Up or down?", 0)]


def test_edits_keep_what_was_said_and_say_so(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    made = written(signed_in(ada), "$AAPL goes up", sentiment="bullish")
    assert (made["version"], made["edited_at"]) == (1, None)
    after = changed(signed_in(ada), made, text="$MSFT goes up")
    assert (after.json()["text"], after.json()["version"]) == ("$MSFT goes up", 2)
    assert after.json()["edited_at"] is not None
    assert [entity["symbol"] for entity in after.json()["entities"]] == ["MSFT"]
    late = changed(signed_in(ada), made, text="Too late")
    assert (refusal(late), late.json()["version"]) == ((409, "version_conflict"), 2)
    assert refusal(changed(signed_in(bob), after.json(), text="Mine now")) == (404, "post_not_found")
    assert changed(signed_in(ada), after.json(), visibility="followers").status == 422
    unchanged = changed(signed_in(ada), after.json(), text="$MSFT goes up").json()
    assert unchanged["version"] == 2
    edits = guest.get(f"{POSTS}/{made['id']}/edits").json()
    assert [(edit["text"], edit["sentiment"]) for edit in edits["items"]] == [("$AAPL goes up", "bullish")]
    assert events(db) == ["PostPublished", "PostEdited"]
    assert db.scalars(text("SELECT symbol FROM post_tickers JOIN tickers t ON t.id = ticker_id")).all() == ["MSFT"]


def test_who_is_named_again_after_an_edit_is_named_once(signed_in: SignedIn, db: Session) -> None:
    ada, _ = profiles.person(db), profiles.person(db, "BobBuilder")
    rows = text("SELECT withdrawn_at IS NOT NULL, mentioned_at FROM post_mentions")
    made = written(signed_in(ada), "Hello @bobbuilder")
    assert made["entities"][0]["username"] == "BobBuilder"
    first = db.execute(rows).one()
    without = changed(signed_in(ada), made, text="Hello").json()
    db.rollback()
    assert db.execute(rows).one() == (True, first[1])
    changed(signed_in(ada), without, text="Hello again @BOBBUILDER")
    db.rollback()
    assert db.execute(rows).one() == (False, first[1])


def test_nobody_is_named_across_a_wall(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db, "ada"), profiles.person(db, "bob")
    profiles.block(db, bob, ada)
    assert written(signed_in(ada), "Hello @bob")["entities"] == []
    assert written(signed_in(bob), "Hello @ada")["entities"] == []


def test_who_may_not_read_a_post_is_not_told_that_it_names_them(signed_in: SignedIn, db: Session) -> None:
    ada, fan, stranger = (profiles.person(db, name) for name in ("ada", "fan", "stranger"))
    profiles.follow(db, fan, ada)
    closed = group(db, ada, fan, access="invitation")
    for number, columns in enumerate(({"visibility": "followers"}, {"group_id": str(closed.id)})):
        made = written(signed_in(ada), f"About @fan, @stranger and @ada, {number}", **columns)
        assert [entity["username"] for entity in made["entities"]] == ["fan", "stranger", "ada"]
    assert [signed_in(one).get(f"{POSTS}/{made['id']}").status for one in (fan, stranger)] == [200, 404]
    told = text("SELECT username FROM post_mentions JOIN profiles USING (user_id)")
    assert db.scalars(told).all() == ["fan", "fan"]


def test_tags_and_tickers_of_a_post_are_found_in_every_spelling(signed_in: SignedIn, db: Session) -> None:
    ada = signed_in(profiles.person(db))
    written(ada, "看好$AAPL长期 #CatsOfMarkets")
    written(ada, "＄ＡＡＰＬ #catsofmarkets $600519.SH")
    counts = text("SELECT h.name, count(*) FROM post_hashtags JOIN hashtags h ON h.id = hashtag_id GROUP BY 1")
    assert db.execute(counts).all() == [("CatsOfMarkets", 2)]
    tickers = text("SELECT symbol, code, market FROM tickers ORDER BY symbol")
    assert db.execute(tickers).all() == [("600519.SH", "600519", "SH"), ("AAPL", "AAPL", None)]


def test_a_deleted_post_is_gone_from_lists_counts_and_pins_at_once(
    guest: LambdaClient, signed_in: SignedIn, db: Session
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    made = written(signed_in(ada))
    quote = written(signed_in(bob), "Good evening", quoted_post_id=made["id"])
    assert guest.get(f"{POSTS}/{made['id']}").json()["stats"]["quotes"] == 1
    assert [item["id"] for item in guest.get(f"{POSTS}/{made['id']}/quotes").json()["items"]] == [quote["id"]]
    assert signed_in(bob).put("/api/v1/users/me/pinned-post", json={"post_id": quote["id"]}).status == 204
    assert signed_in(ada).delete(f"{POSTS}/{quote['id']}").status == 404
    assert signed_in(bob).delete(f"{POSTS}/{quote['id']}").status == 204
    assert signed_in(bob).delete(f"{POSTS}/{quote['id']}").status == 404
    assert guest.get(f"{POSTS}/{made['id']}").json()["stats"]["quotes"] == 0
    assert guest.get(f"{POSTS}/{made['id']}/quotes").json()["items"] == []
    assert guest.get(f"/api/v1/users/{bob.id}/posts").json()["items"] == []
    assert db.scalars(text(community.MISCOUNTED)).all() == []
    assert events(db)[-1] == "PostDeleted"


def test_a_quote_of_a_quote_of_a_deleted_post_shows_that_it_is_gone(signed_in: SignedIn, db: Session) -> None:
    ada = signed_in(profiles.person(db))
    first = written(ada)
    second = written(ada, "First", quoted_post_id=first["id"])
    ada.delete(f"{POSTS}/{first['id']}")
    third = written(ada, "Second", quoted_post_id=second["id"])
    assert third["quoted"]["post"]["text"] == "First"
    assert third["quoted"]["post"]["quoted"] == {"post": None}
    assert refusal(write(ada, "Late", quoted_post_id=first["id"])) == (404, "post_not_found")


@pytest.mark.parametrize("blocked_by_the_author", [True, False])
def test_a_wall_keeps_from_quoting_in_both_directions(
    signed_in: SignedIn, db: Session, blocked_by_the_author: bool
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    made = community.post(db, ada)
    profiles.block(db, *((ada, bob) if blocked_by_the_author else (bob, ada)))
    missing = write(signed_in(bob), "Look", quoted_post_id=str(uuid.uuid4()))
    assert write(signed_in(bob), "Look", quoted_post_id=str(made.id)).json()["code"] == missing.json()["code"]


def test_nobody_carries_a_post_to_more_people_than_it_was_for(signed_in: SignedIn, db: Session) -> None:
    ada, fan = profiles.person(db), profiles.person(db)
    profiles.follow(db, fan, ada)
    narrow = str(community.post(db, ada, visibility="followers").id)
    for quoter, visibility in ((fan, "public"), (fan, "followers"), (ada, "public")):
        answer = write(signed_in(quoter), "Look", quoted_post_id=narrow, visibility=visibility)
        assert refusal(answer) == (422, "quote_too_wide")
    assert write(signed_in(ada), "Once more", quoted_post_id=narrow, visibility="followers").status == 201
    closed = group(db, ada, fan, access="invitation")
    inside = str(community.post(db, ada, visibility="group", group_id=closed.id).id)
    assert refusal(write(signed_in(fan), "Look", quoted_post_id=inside)) == (422, "quote_too_wide")
    assert write(signed_in(fan), "Look", quoted_post_id=inside, group_id=str(closed.id)).status == 201


def test_members_write_in_an_open_group_and_nobody_in_a_closed_one(signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    open_one, secret = group(db, ada), group(db, ada, access="invitation")
    over = group(db, ada, closed_at=datetime.now(UTC))
    made = written(signed_in(ada), group_id=str(open_one.id))
    assert (made["visibility"], made["group"]["name"]) == ("group", "Value investors")
    assert refusal(write(signed_in(ada), group_id=str(over.id))) == (409, "group_closed")
    for known in (open_one, group(db, ada, access="request")):
        assert refusal(write(signed_in(bob), group_id=str(known.id))) == (403, "not_a_member")
    assert refusal(write(signed_in(bob), group_id=str(secret.id))) == (404, "group_not_found")


def test_a_post_that_is_sent_again_with_its_key_is_one_post(signed_in: SignedIn, db: Session) -> None:
    ada = signed_in(profiles.person(db))
    key = {"Idempotency-Key": str(uuid.uuid4())}
    first, again = (ada.post(POSTS, json={"text": "Once"}, headers=key) for _ in range(2))
    assert (again.status, again.json()["id"]) == (201, first.json()["id"])
    assert again.headers["location"] == f"{POSTS}/{first.json()['id']}"
    assert refusal(ada.post(POSTS, json={"text": "Twice"}, headers=key)) == (422, "idempotency_key_reused")
    assert db.query(Post).count() == 1


def test_a_draft_is_its_authors_until_it_is_published(guest: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    ada, bob = profiles.person(db), profiles.person(db, "bob")
    profiles.follow(db, bob, ada)
    chart = str(picture(db, ada))
    draft = written(signed_in(ada), "Hello @bob", status="draft", poll=POLL, media=[{"media_id": chart, "alt": "Up"}])
    address = f"{POSTS}/{draft['id']}"
    # What its author needs to write it anew.
    assert [(item["media_id"], item["alt"]) for item in draft["media"]] == [(chart, "Up")]
    assert draft["poll"]["duration_minutes"] == POLL["duration_minutes"]
    assert (draft["published_at"], draft["poll"]["ends_at"]) == (None, None)
    assert signed_in(bob).get(address).status == guest.get(address).status == 404
    assert signed_in(bob).post(f"{address}/publish").status == 404
    assert signed_in(ada).get(f"{POSTS}/drafts").json()["items"][0]["id"] == draft["id"]
    assert db.scalar(text("SELECT count(*) FROM post_mentions")) == 0
    three = {**POLL, "options": ["Up", "Down", "Sideways"]}
    draft = changed(signed_in(ada), draft, text="Hello $AAPL @bob", poll=three, visibility="followers").json()
    assert [option["text"] for option in draft["poll"]["options"]] == three["options"]
    published = signed_in(ada).post(f"{address}/publish").json()
    assert (published["status"], published["text"], published["edited_at"]) == ("published", "Hello $AAPL @bob", None)
    assert published["poll"]["ends_at"] is not None
    assert signed_in(ada).post(f"{address}/publish").json()["version"] == published["version"]
    assert signed_in(ada).get(f"{POSTS}/drafts").json()["items"] == []
    assert db.scalar(text("SELECT count(*) FROM post_mentions")) == 1
    assert events(db) == ["PostPublished"]


def test_a_scheduled_post_has_a_time_in_the_future(signed_in: SignedIn, db: Session) -> None:
    ada = signed_in(profiles.person(db))
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    past = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    planned = written(ada, status="scheduled", publish_at=soon)
    assert planned["status"] == "scheduled"
    for wrong in ({"status": "scheduled"}, {"status": "scheduled", "publish_at": past}, {"publish_at": soon}):
        assert write(ada, **wrong).status == 422
    kept = changed(ada, planned, status="draft").json()
    assert (kept["status"], kept["publish_at"]) == ("draft", None)
    assert changed(ada, kept, status="published").json()["status"] == "published"


def test_polls_end_at_their_time_after_publication(signed_in: SignedIn, db: Session) -> None:
    made = written(signed_in(profiles.person(db)), "Up or down?", poll={**POLL, "duration_minutes": 10_080})
    poll = db.scalars(select(Poll)).one()
    assert poll.ends_at is not None
    published = datetime.fromisoformat(made["published_at"])
    assert poll.ends_at - published == timedelta(days=7)


def test_a_token_that_outlives_its_account_writes_nothing(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    client = signed_in(ada)
    ada.is_active = False
    db.commit()
    assert write(client).status in (401, 403, 409)
    assert db.query(Post).count() == 0


def test_who_is_suspended_neither_publishes_nor_edits_and_may_delete(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    client = signed_in(ada)
    made, draft = written(client), written(client, status="draft")
    db.get_one(Profile, ada.id).standing = "suspended"
    db.commit()
    assert refusal(changed(client, made, text="Good evening")) == (403, "suspended")
    assert refusal(client.post(f"{POSTS}/{draft['id']}/publish")) == (403, "suspended")
    assert client.delete(f"{POSTS}/{made['id']}").status == 204


def test_a_hidden_post_stays_as_moderators_judged_it(signed_in: SignedIn, db: Session) -> None:
    ada = profiles.person(db)
    hidden = community.post(db, ada, hidden_at=datetime.now(UTC), hidden_reason="Spam")
    answer = changed(signed_in(ada), {"id": hidden.id, "version": 1}, text="Innocent")
    assert refusal(answer) == (409, "post_hidden")


def test_a_post_names_at_most_fifty_people(signed_in: SignedIn, db: Session) -> None:
    names = " ".join(f"@user{number}" for number in range(200))
    refused = write(signed_in(profiles.person(db)), names, status="draft")
    assert refused.json()["errors"][0]["field"] == "body.text"


def test_nobody_has_more_drafts_than_they_can_oversee(
    signed_in: SignedIn, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = profiles.person(db)
    db.add_all(Post(author_id=ada.id, body=f"{number}", status="draft") for number in range(100))
    db.commit()
    assert refusal(write(signed_in(ada), status="draft")) == (409, "too_many_drafts")
    assert write(signed_in(ada)).status == 201
    assert len(signed_in(ada).get(f"{POSTS}/drafts", query={"limit": 100}).json()["items"]) == 100


def test_many_who_write_the_same_new_names_at_once_wait_for_each_other(signed_in: SignedIn, db: Session) -> None:
    people = [profiles.person(db) for _ in range(8)]
    first = str(community.post(db, people[0]).id)
    clients = [signed_in(person) for person in people]
    names = ["$NEWA", "$NEWB", "#one", "#two", "#three"]

    def contend(number: int) -> int:
        order = names[number % 5 :] + names[: number % 5]
        return write(clients[number], " ".join(order), quoted_post_id=first).status

    assert at_once(8, contend) == [201] * 8
    assert db.scalar(text("SELECT count(*) FROM post_hashtags")) == 24
    assert db.scalar(text("SELECT count(*) FROM tickers")) == 2
    assert db.scalars(text(community.MISCOUNTED)).all() == []


def test_a_vote_and_a_change_of_the_question_never_both_count(
    signed_in: SignedIn, db: Session, database_url: str
) -> None:
    ada, bob = profiles.person(db), profiles.person(db)
    made = written(signed_in(ada), "Up or down?", poll=POLL)
    poll_id, voter, author = made["poll"]["id"], bob.id, signed_in(ada)

    def contend(number: int) -> int:
        if number == 0:
            return changed(author, made, text="Is it raining?").status
        with psycopg.connect(database_url) as connection:
            connection.execute("INSERT INTO poll_votes (poll_id, user_id, option) VALUES (%s, %s, 0)", (poll_id, voter))
        return 0

    status, _ = at_once(2, contend)
    assert status in (200, 409)
    assert db.scalars(text("SELECT vote_count FROM post_edits")).all() == ([0] if status == 200 else [])


def test_what_came_back_from_the_schedule_is_scheduled_for_another_time(signed_in: SignedIn, db: Session) -> None:
    ada, hour = profiles.person(db), timedelta(hours=1)
    late = community.post(db, ada, status="draft", published_at=None, publish_at=datetime.now(UTC) - hour)
    draft = {"id": late.id, "version": 1}
    answer = changed(signed_in(ada), draft, status="scheduled")
    assert answer.json()["errors"][0]["field"] == "body.publish_at"
    soon = (datetime.now(UTC) + hour).isoformat()
    assert changed(signed_in(ada), draft, status="scheduled", publish_at=soon).json()["status"] == "scheduled"


def test_an_account_that_has_ended_writes_nothing_with_an_old_token(signed_in: SignedIn, db: Session) -> None:
    """Traps, row 12."""
    ada, bob = profiles.person(db), profiles.person(db)
    post_id, client = community.post(db, bob).id, signed_in(ada)
    ada.is_active = False
    db.commit()
    answers = [
        client.post(POSTS, json={"text": "Still here"}),
        client.post(f"{POSTS}/{post_id}/comments", json={"text": "Still here"}),
        client.put(f"{POSTS}/{post_id}/reactions", json={"reaction": "like"}),
        client.put(f"{POSTS}/{post_id}/reposts"),
    ]
    assert {answer.status for answer in answers} == {401}
    assert db.scalars(select(Post.author_id)).all() == [bob.id]
