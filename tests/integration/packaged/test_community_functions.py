"""The packaged functions around people, posts, moderators, figures and errors: each starts, and answers its sample."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.clients import storage
from shared.contexts.community.models.imports import PostImport
from shared.contexts.community.models.posts import Post
from tests.factories import community, identity, profiles
from tests.integration.packaged.packaged_function import PackagedFunctions, sample
from tests.integration.packaged.test_functions import body
from tests.support import maxmind_file
from tests.support.archives import note, outbox
from tests.support.cloud import IMPORTS_BUCKET
from tests.support.tokens import TestSigningKey

TAKEN = {"batchItemFailures": []}


class _Sink(http.server.BaseHTTPRequestHandler):
    """Takes what is sent to Sentry."""

    taken: list[bytes]

    def do_POST(self) -> None:
        self.taken.append(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has
        """Nothing."""


@pytest.fixture
def sink() -> Iterator[tuple[str, list[bytes]]]:
    """A DSN, and what arrives there."""
    _Sink.taken = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", _Sink.taken
    server.shutdown()
    server.server_close()


def test_community_api_lists_posts(functions: PackagedFunctions, db: Session) -> None:
    community.post(db, profiles.person(db), "Good morning")
    assert [item["text"] for item in body(functions("community.api", sample("community.api")))["items"]] == [
        "Good morning"
    ]


def test_publish_due_posts_publishes_what_is_due(functions: PackagedFunctions, db: Session) -> None:
    due = community.post(
        db, profiles.person(db), "Later", status="scheduled", published_at=None, publish_at=text("now()")
    )
    functions("community.publish_due_posts", sample("community.publish_due_posts"))
    db.refresh(due)
    assert due.status == "published"


def test_rebuild_search_indexes_posts(functions: PackagedFunctions, db: Session) -> None:
    community.post(db, profiles.person(db), "Good morning")
    assert functions("community.rebuild_search", sample("community.rebuild_search")) == {"indexed": 1, "next": None}


def test_import_archive_brings_posts(functions: PackagedFunctions, db: Session) -> None:
    made = PostImport(user_id=profiles.person(db).id, size_bytes=1)
    db.add(made)
    db.commit()
    event = sample("community.import_archive")
    stored = event["Records"][0]["s3"]
    stored["bucket"]["name"], stored["object"]["key"] = IMPORTS_BUCKET, f"archives/{made.id}"
    storage.put(IMPORTS_BUCKET, stored["object"]["key"], outbox(note(1)), content_type="application/json")
    assert functions("community.import_archive", event) == {"imports": [{"import_id": str(made.id)}]}
    assert [post.body for post in db.query(Post)] == ["Good morning"]


def test_trending_and_figures_are_refreshed(functions: PackagedFunctions) -> None:
    assert functions("community.refresh_trending_tickers", sample("community.refresh_trending_tickers"))
    assert functions("analytics.refresh_daily_metrics", sample("analytics.refresh_daily_metrics"))
    assert functions("analytics.refresh_engagement_metrics", sample("analytics.refresh_engagement_metrics"))
    assert functions("analytics.refresh_trending_content", sample("analytics.refresh_trending_content"))


def test_analytics_workers_take_their_samples(functions: PackagedFunctions) -> None:
    assert functions("analytics.on_people_seen", sample("analytics.on_people_seen")) == TAKEN
    event = sample("analytics.on_metrics_export_requested")
    assert functions("analytics.on_metrics_export_requested", event) == TAKEN


def test_moderation_api_asks_who_calls(functions: PackagedFunctions) -> None:
    assert functions("moderation.api", sample("moderation.api"))["statusCode"] == 401


def test_profiles_api_knows_the_countries_of_a_file(
    functions: PackagedFunctions, db: Session, signing_key: TestSigningKey, tmp_path: Path
) -> None:
    maxmind_file.write(tmp_path / "countries.mmdb", {"203.0.113.0/24": "SG"})
    event = sample("profiles.api")
    content = json.dumps({"username": "grace", "time_zone": "Asia/Singapore"})
    event["rawPath"] = event["requestContext"]["http"]["path"] = "/api/v1/users/me/onboarding"
    event["requestContext"]["http"]["method"] = "POST"
    event["headers"] |= signing_key.authorization(identity.user(db)) | {"content-type": "application/json"}
    event |= {"body": content, "isBase64Encoded": False}
    where = {"COUNTRY_SOURCE": "maxmind", "MAXMIND_FILE": str(tmp_path / "countries.mmdb")}
    assert body(functions("profiles.api", event, **where), 201)["country"] == "SG"


def test_errors_are_counted_and_forwarded(
    functions: PackagedFunctions, db: Session, sink: tuple[str, list[bytes]]
) -> None:
    assert functions("operations.on_error_reported", sample("operations.on_error_reported")) == TAKEN
    assert db.execute(text("SELECT count(*) FROM error_logs")).scalar_one() == 1
    dsn, taken = sink
    assert functions("operations.forward_errors", sample("operations.forward_errors"), SENTRY_DSN=dsn) == TAKEN
    assert len(taken) == 1
