"""Posts that people bring from elsewhere: what becomes of each item of a file, and what nobody hears of."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from functions.community.errors import ImportInProgressError
from functions.community.repository import post_imports
from functions.community.service import archive_import, waiting_imports
from functions.community.service.archive_import import BATCH_ITEMS
from shared.clients import database, storage
from shared.contexts.community.models.imports import ImportedPost, PostImport, PostImportItem
from shared.contexts.community.models.posts import Post, PostMedia
from shared.contexts.community.models.topics import PostMention
from shared.contexts.identity.models.accounts import User
from shared.contexts.media.models import MediaFile
from shared.contexts.profiles.models import Profile
from shared.tables.platform import OutboxEvent
from tests.factories import community, identity, moderation, profiles, topics
from tests.integration.community.conftest import SignedIn
from tests.support import database_logins, pictures
from tests.support.archives import ACTOR, PUBLIC, attachment, note, outbox, tarred, zipped
from tests.support.cloud import IMPORTS_BUCKET
from tests.support.lambda_client import Context, LambdaClient
from tests.support.plans import executed, table_scans

IMPORTS: Final = "/api/v1/posts/imports"
ROOT = Path(__file__).resolve().parents[3]
CHART = "media_attachments/files/1/original/chart.jpeg"


@pytest.fixture
def ada(db: Session) -> User:
    return profiles.person(db, "ada")


@pytest.fixture
def her(signed_in: SignedIn, ada: User) -> LambdaClient:
    return signed_in(ada)


def arrival(import_id: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads((ROOT / "events/community/import_archive.json").read_text())
    record = event["Records"][0]["s3"]
    record["bucket"]["name"], record["object"]["key"] = IMPORTS_BUCKET, f"archives/{import_id}"
    return event


def upload(client: LambdaClient, content: bytes) -> str:
    """Ask for an import, and bring its file."""
    asked = client.post(IMPORTS, json={"size": len(content)})
    assert asked.status == 201, asked.json()
    assert pictures.post_form(asked.json()["upload"], content) == 204
    import_id: str = asked.json()["post_import"]["id"]
    assert asked.headers["location"] == f"{IMPORTS}/{import_id}"
    return import_id


def work(import_id: str) -> Any:
    from functions.community.handlers.import_archive import handler

    return handler(arrival(import_id), Context())  # type: ignore[arg-type]


def finish() -> dict[str, int]:
    from functions.community.handlers.publish_due_posts import handler

    event = json.loads((ROOT / "events/community/publish_due_posts.json").read_text())
    done: dict[str, int] = handler(event, Context())
    return done


def imported(client: LambdaClient, *items: Any, packed: bytes | None = None) -> dict[str, Any]:
    """The import of these items, once all have an end."""
    import_id = upload(client, packed or outbox(*items))
    assert work(import_id) == {"imports": [{"import_id": import_id}]}
    found: dict[str, Any] = client.get(f"{IMPORTS}/{import_id}").json()
    ends = [found[end] for end in ("created", "unchanged", "skipped", "refused", "waiting")]
    assert found["status"] == "failed" or sum(ends) == found["items"]
    return found


def reasons(client: LambdaClient, found: dict[str, Any], **query: object) -> list[tuple[str, str | None]]:
    page = client.get(f"{IMPORTS}/{found['id']}/items", query=query).json()
    return [(item["outcome"], item["reason"]) for item in page["items"]]


def posts(db: Session) -> list[Post]:
    db.expire_all()
    return list(db.scalars(sa.select(Post).order_by(Post.published_at)))


def test_what_is_for_everybody_becomes_a_post_and_the_report_says_why_the_rest_did_not(
    her: LambdaClient, db: Session
) -> None:
    found = imported(
        her,
        note(1, "<p>Hello <b>all</b></p>", updated="2024-03-05T00:00:00Z"),
        note(2, to=[f"{ACTOR}/followers"], cc=[PUBLIC]),
        note(3, to=["https://example.social/users/bob"], cc=[]),
        {"id": f"{ACTOR}/4", "type": "Announce", "actor": ACTOR, "object": "https://example.social/9"},
        note(5, inReplyTo=f"{ACTOR}/statuses/1"),
        note(6, content="<p>" + "长" * 2_001 + "</p>"),
        note(7, content="<p>turn \u202e around</p>"),
        note(8, attachment=[attachment(CHART)]),
        "nothing",
    )
    assert {name: found[name] for name in ("status", "items", "created", "skipped", "refused", "unchanged")} == {
        "status": "finished", "items": 9, "created": 2, "skipped": 3, "refused": 4, "unchanged": 0,
    }  # fmt: skip
    assert reasons(her, found) == [
        ("created", None), ("skipped", "unlisted"), ("skipped", "not_public"), ("skipped", "repost"),
        ("created", None), ("refused", "text_not_accepted"), ("refused", "text_not_accepted"),
        ("refused", "picture_missing"), ("refused", "malformed"),
    ]  # fmt: skip
    assert [post.body for post in posts(db)] == ["Hello all", "Good morning"]
    [shown] = [item for item in her.get("/api/v1/posts").json()["items"] if item["text"] == "Hello all"]
    assert (shown["published_at"], shown["edited_at"]) == ("2024-03-01T10:30:00Z", "2024-03-05T00:00:00Z")
    assert (shown["imported_at"] is not None, shown["language"]) == (True, "en")


def test_the_same_file_again_changes_nothing_also_where_a_post_was_deleted_since(
    her: LambdaClient, db: Session
) -> None:
    items = [note(1), note(2), note(1)]
    first = imported(her, *items)
    assert (first["created"], first["unchanged"]) == (2, 1)
    gone = posts(db)[0].id
    assert her.delete(f"/api/v1/posts/{gone}").status == 204
    again = imported(her, *items)
    assert (again["created"], again["unchanged"], len(posts(db))) == (0, 3, 2)


def test_pictures_come_with_their_descriptions_once_they_are_processed(
    her: LambdaClient, ada: User, db: Session
) -> None:
    files = {CHART: pictures.picture(), "media_attachments/files/2/original/text.jpeg": b"no picture"}
    outbox_json = outbox(
        note(1, attachment=[attachment(f"/{CHART}", "A rising line")]),
        note(2, attachment=[attachment(CHART), attachment("/media_attachments/files/2/original/text.jpeg")]),
        note(3, attachment=[attachment("/media_attachments/files/3/original/none.jpeg")]),
    )
    found = imported(her, packed=tarred({**files, "outbox.json": outbox_json}))
    assert (found["status"], found["waiting"], found["refused"]) == ("running", 2, 1)
    assert (finish()["imported"], posts(db)) == (0, [])
    uploads = db.scalars(sa.select(MediaFile).order_by(MediaFile.id)).all()
    assert {(row.owner_id, row.purpose) for row in uploads} == {(ada.id, "post")}
    with database_logins.logged_in("media"):
        for row in uploads:
            pictures.work(str(row.id))
    assert finish()["imported"] == 2
    ended = her.get(f"{IMPORTS}/{found['id']}").json()
    assert (ended["status"], ended["created"], ended["refused"], ended["waiting"]) == ("finished", 1, 2, 0)
    assert reasons(her, found, outcome="refused") == [("refused", "media_not_accepted"), ("refused", "picture_missing")]
    [post] = posts(db)
    [shown] = db.scalars(sa.select(PostMedia))
    assert (shown.post_id, shown.alt) == (post.id, "A rising line")
    # What was refused may come again, with its pictures.
    assert reasons(her, imported(her, note(2)))[0] == ("created", None)


def test_nobody_hears_of_an_import_and_no_figure_counts_it(
    her: LambdaClient, guest: LambdaClient, ada: User, db: Session
) -> None:
    bob = profiles.person(db, "bob")
    topics.ticker(db, "AAPL", name="Apple")
    db.execute(sa.delete(OutboxEvent))
    db.commit()
    recent = datetime.now(UTC).isoformat()
    imported(her, note(1, "<p>@bob buy $AAPL #now</p>", published=recent))
    [post] = posts(db)
    assert [entity["kind"] for entity in post.entities] == ["ticker", "hashtag"]
    assert db.scalars(sa.select(PostMention).where(PostMention.user_id == bob.id)).all() == []
    assert db.scalars(sa.select(OutboxEvent)).all() == []
    db.execute(sa.text("REFRESH MATERIALIZED VIEW trending_tickers"))
    db.execute(sa.text("REFRESH MATERIALIZED VIEW engagement_metrics"))
    db.commit()
    assert db.scalar(sa.text("SELECT count(*) FROM trending_tickers")) == 0
    assert db.scalar(sa.text("SELECT coalesce(sum(posts), 0) FROM engagement_metrics")) == 0
    page = guest.get("/api/v1/tickers/AAPL").json()
    assert page["stats"]["posts"] == 0
    listed = guest.get("/api/v1/tickers/AAPL/posts").json()["items"]
    assert [item["id"] for item in listed] == [str(post.id)]
    assert db.scalars(sa.text(community.MISCOUNTED)).all() == []


def test_an_old_archive_makes_no_old_account(her: LambdaClient, ada: User, db: Session) -> None:
    db.execute(sa.update(Profile).where(Profile.user_id == ada.id).values(created_at=datetime(2026, 1, 1, tzinfo=UTC)))
    db.commit()
    imported(her, *(note(number) for number in range(10)))
    codes = [her.post("/api/v1/posts", json={"text": f"text {number}"}).json().get("code") for number in range(5)]
    assert codes == [None] * 5
    links = "https://a.example https://b.example https://c.example https://d.example"
    assert her.post("/api/v1/posts", json={"text": links}).status == 201
    db.execute(sa.delete(Post).where(Post.imported_at.is_(None)))
    db.commit()
    assert her.post("/api/v1/posts", json={"text": f"again {links}"}).json()["code"] == "new_account_limit"


def test_texts_are_screened_and_held_like_others(her: LambdaClient, db: Session) -> None:
    moderation.keyword_rule(db, "casino", "refuse")
    moderation.keyword_rule(db, "lottery", "hold")
    found = imported(her, note(1, "<p>the c a s i n o</p>"), note(2, "<p>a lottery</p>"), note(3))
    assert reasons(her, found) == [("refused", "text_refused"), ("created", None), ("created", None)]
    assert {post.body: post.is_live for post in posts(db)} == {"a lottery": False, "Good morning": True}


def test_a_file_that_is_no_archive_fails_with_the_reason_and_is_deleted(her: LambdaClient, db: Session) -> None:
    for content, reason in (
        (b"{}", "no_ordered_items"),
        (zipped({"../x": b"", "outbox.json": b"{}"}), "unsafe_member"),
    ):
        found = imported(her, packed=content)
        assert (found["status"], found["reason"], found["items"]) == ("failed", reason, None)
        assert storage.size(IMPORTS_BUCKET, f"archives/{found['id']}") is None
    assert posts(db) == []


def test_a_worker_that_dies_is_followed_by_one_that_goes_on(
    her: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = BATCH_ITEMS * 2 + 1
    items = [note(number, f"<p>post {number}</p>") for number in range(count)]
    import_id = upload(her, outbox(*items))

    def die(*_: object, **__: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(post_imports, "advance", die)
        with pytest.raises(KeyboardInterrupt):
            work(import_id)
    assert len(posts(db)) == BATCH_ITEMS
    with pytest.raises(ImportInProgressError):
        work(import_id)
    db.execute(sa.update(PostImport).values(claimed_until=sa.func.now()))
    db.commit()
    moments = iter([True, False])
    with pytest.raises(ImportInProgressError):
        archive_import.run(
            db.scalars(sa.select(PostImport.id)).one(), bucket=IMPORTS_BUCKET, key=f"archives/{import_id}",
            has_time=lambda: next(moments),
        )  # fmt: skip
    work(import_id)
    found = her.get(f"{IMPORTS}/{import_id}").json()
    assert (found["status"], found["created"], found["items"], len(posts(db))) == ("finished", count, count, count)
    assert work(import_id) == {"imports": []}


def test_ones_own_copy_comes_back_as_nothing_new_and_as_the_same_posts_elsewhere(
    signed_in: SignedIn, her: LambdaClient, ada: User, db: Session
) -> None:
    import orjson

    from shared.contexts.community.activity_streams import OUTBOX, activity, around

    for text in ("Hello & <all>\nof you\n\n看好 $AAPL", "for followers"):
        visibility = "followers" if "followers" in text else "public"
        her.post("/api/v1/posts", json={"text": text, "visibility": visibility, "content_warning": "Money"})
    rows = database.connection().execute(
        f"SELECT to_jsonb(entry)::text AS document FROM ({OUTBOX.select}) AS entry", {"user_id": ada.id}
    )
    entries = [activity(orjson.loads(row["document"])) for row in rows.fetchall()]
    copy = json.dumps({**around(ada.id, len(entries)), "orderedItems": entries}).encode()
    own = imported(her, packed=copy)
    assert (own["unchanged"], own["skipped"], own["created"]) == (1, 1, 0)
    other = signed_in(profiles.person(db))
    assert imported(other, packed=copy)["created"] == 1
    same = [post for post in posts(db) if post.visibility == "public"]
    assert [post.body for post in same] == ["Hello & <all>\nof you\n\n看好 $AAPL"] * 2
    assert [post.content_warning for post in same] == ["Money"] * 2


def test_an_import_is_its_owner_s_and_one_runs_at_a_time(signed_in: SignedIn, her: LambdaClient, db: Session) -> None:
    import_id = upload(her, outbox(note(1)))
    db.execute(sa.update(PostImport).values(status="running", claimed_until=sa.func.now()))
    db.commit()
    assert her.post(IMPORTS, json={"size": 1}).json()["code"] == "import_running"
    eve = signed_in(profiles.person(db))
    for path in (f"{IMPORTS}/{import_id}", f"{IMPORTS}/{import_id}/items"):
        assert eve.get(path).json()["code"] == "import_not_found"
    work(import_id)
    # One whose file never came is ended by the next.
    for _ in range(4):
        assert her.post(IMPORTS, json={"size": 1}).status == 201
    refused = her.post(IMPORTS, json={"size": 1})
    assert (refused.status, refused.json()["code"]) == (429, "too_many_imports")


def test_who_may_not_write_brings_nothing(signed_in: SignedIn, her: LambdaClient, ada: User, db: Session) -> None:
    nobody, unproven = identity.user(db), profiles.person(db)
    db.execute(sa.update(User).where(User.id == unproven.id).values(email_verified_at=None))
    db.commit()
    assert signed_in(nobody).post(IMPORTS, json={"size": 1}).json()["code"] == "onboarding_required"
    assert signed_in(unproven).post(IMPORTS, json={"size": 1}).json()["code"] == "email_not_verified"
    assert her.post(IMPORTS, json={"size": 200 * 1024**2 + 1}).status == 422
    import_id = upload(her, outbox(note(1)))
    db.execute(sa.update(Profile).where(Profile.user_id == ada.id).values(standing="suspended"))
    db.commit()
    assert her.post(IMPORTS, json={"size": 1}).json()["code"] == "suspended"
    work(import_id)
    assert (posts(db), reasons(her, {"id": import_id})) == ([], [("refused", "suspended")])


def test_an_erased_person_leaves_no_import_and_a_file_that_comes_late_is_deleted(
    her: LambdaClient, ada: User, db: Session
) -> None:
    imported(her, note(1))
    late = upload(her, outbox(note(2)))
    community.erase(db, ada)
    for table in (PostImport, PostImportItem, ImportedPost):
        assert db.scalar(sa.select(sa.func.count()).select_from(table)) == 0
    assert work(late) == {"imports": []}
    assert storage.size(IMPORTS_BUCKET, f"archives/{late}") is None
    assert [post.body for post in posts(db)] == [""]


def test_nothing_that_a_file_says_breaks_or_turns_around_what_others_read(
    her: LambdaClient, ada: User, db: Session
) -> None:
    turned, cut = "\u202eliar", "a\x00b"
    found = imported(
        her,
        packed=zipped(
            {
                CHART: pictures.picture(),
                "outbox.json": outbox(
                    note(1, attachment=[attachment(CHART, turned)]),
                    note(2, attachment=[attachment(CHART, cut)]),
                    note(3, summary=turned),
                    note(4, summary=cut),
                    note(5, f"<p>{cut}</p>"),
                    note(6, contentMap={turned: "<p>x</p>"}),
                    note(7, "<p>@ada " + " ".join(f"#tag{number}" for number in range(40)) + "</p>"),
                    note(8, attachment=[attachment(f"/{CHART}?{turned}{cut}")]),
                ),
            }
        ),
    )
    assert reasons(her, found) == [
        ("refused", "media_not_accepted"), ("refused", "media_not_accepted"),
        ("refused", "content_warning_not_accepted"), ("refused", "content_warning_not_accepted"),
        ("refused", "text_not_accepted"), ("created", None), ("refused", "text_not_accepted"), ("waiting", None),
    ]  # fmt: skip
    [row] = db.scalars(sa.select(MediaFile))
    assert row.file_name == "chart.jpeg?liarab"


def test_every_statement_of_an_import_finds_its_rows_by_index(
    her: LambdaClient, ada: User, db: Session, database_url: str
) -> None:
    with executed() as statements:
        items = [note(1, "<p>$AAPL #now</p>"), note(1), note(2, attachment=[attachment(CHART)])]
        found = imported(her, packed=zipped({CHART: pictures.picture(), "outbox.json": outbox(*items)}))
        waiting_imports.finish(lambda: True)
        reasons(her, found, outcome="created")
    db.execute(sa.update(MediaFile).values(status="rejected"))
    db.commit()
    with executed() as ends:
        assert waiting_imports.finish(lambda: True) == 1
    assert len(statements) > 25
    assert table_scans(database_url, {**statements, **ends}) == {}


def test_items_are_paged_in_the_order_of_the_file(her: LambdaClient, signed_in: SignedIn, db: Session) -> None:
    found = imported(her, *(note(number) for number in range(4)))
    address = f"{IMPORTS}/{found['id']}/items"
    first = her.get(address, query={"limit": 2}).json()
    second = her.get(address, query={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert [item["place"] for item in first["items"] + second["items"]] == [0, 1, 2, 3]
    assert second["next_cursor"] is None
    assert her.get(address, query={"outcome": "skipped", "cursor": first["next_cursor"]}).json()["code"] == (
        "invalid_cursor"
    )
