"""Files of figures: what is small at once, what is large through S3."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.analytics.handlers.on_metrics_export_requested import handler as on_metrics_export_requested
from functions.analytics.service import metric_exports
from shared.tables.platform import AuditEntry
from tests.factories.activity import Act, History, write
from tests.support.cloud import IMPORTS_BUCKET, Cloud
from tests.support.lambda_client import Context, LambdaClient

EXPORT, EXPORTS = "/api/v1/metrics/export", "/api/v1/metrics/exports"
ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "events" / "analytics" / "on_metrics_export_requested.json"
NOW = datetime.now(UTC)
Refresh = Callable[[], list[dict[str, Any]]]


def deliver(export_id: str, *, receive_count: int = 1) -> Any:
    event = json.loads(SAMPLE.read_text())
    [record] = event["Records"]
    body = json.loads(record["body"])
    body["detail"]["data"]["export_id"] = export_id
    record["body"] = json.dumps(body)
    record["attributes"]["ApproximateReceiveCount"] = str(receive_count)
    return on_metrics_export_requested(event, Context())


def asked(admin: LambdaClient, **values: str) -> str:
    days = {"first_day": (NOW - timedelta(days=9)).date().isoformat(), "last_day": NOW.date().isoformat()}
    reply = admin.post(EXPORTS, json={**days, **values})
    assert reply.status == 202, reply.body
    assert reply.headers["location"] == f"{EXPORTS}/{reply.json()['id']}"
    export_id: str = reply.json()["id"]
    return export_id


@pytest.fixture
def past(db: Session, refresh_metrics: Refresh) -> History:
    day = timedelta(days=1)
    made = History(
        registered=[NOW - 3 * day, NOW - 2 * day],
        sessions=[(0, NOW - 2 * day, timedelta(minutes=5)), (1, NOW - day, timedelta())],
        posts=[Act(0, NOW - 2 * day)],
    )
    write(db, made)
    refresh_metrics()
    return made


def many_sessions(db: Session, number: int) -> None:
    db.execute(
        text(
            "INSERT INTO user_sessions (user_id, registered_at, started_at, last_active_at)"
            " SELECT gen_random_uuid(), now(), now() - interval '1 hour', now() FROM generate_series(1, :number)"
        ),
        {"number": number},
    )
    db.commit()


@pytest.mark.parametrize("dataset", ["daily", "cohorts", "sessions"])
def test_a_file_holds_the_same_as_csv_and_as_json(admin: LambdaClient, past: History, dataset: str) -> None:
    as_csv = admin.get(EXPORT, query={"dataset": dataset, "format": "csv"})
    as_json = admin.get(EXPORT, query={"dataset": dataset, "format": "json"})
    assert as_csv.headers["content-type"] == "text/csv; charset=utf-8"
    assert as_json.headers["content-type"] == "application/json"
    assert as_csv.headers["content-disposition"].startswith(f'attachment; filename="{dataset}-')
    rows = list(csv.DictReader(io.StringIO(as_csv.body.decode())))
    assert rows == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in as_json.json()
    ]
    assert rows


def test_the_figures_of_days_are_those_that_are_shown(admin: LambdaClient, past: History) -> None:
    shown = admin.get("/api/v1/metrics/users").json()["days"]
    rows = admin.get(EXPORT, query={"format": "json"}).json()
    for name in ("day", "registrations", "active_users", "monthly_active_users"):
        assert [row[name] for row in rows] == [day[name] for day in shown]
    assert sum(row["posts"] for row in rows) == 1


def test_an_empty_file_has_its_header(admin: LambdaClient, refresh_metrics: Refresh) -> None:
    query = {"dataset": "sessions", "from": "2020-01-01", "to": "2020-01-31"}
    assert admin.get(EXPORT, query=query).body.startswith(b"id,user_id,")
    assert admin.get(EXPORT, query={**query, "format": "json"}).json() == []


def test_what_is_too_large_for_an_answer_comes_through_a_signed_link(
    admin: LambdaClient, db: Session, aws: Cloud, moto_address: str
) -> None:
    many_sessions(db, 20_000)
    refused = admin.get(EXPORT, query={"dataset": "sessions"})
    assert (refused.status, refused.json()["code"]) == (409, "export_too_large")
    assert admin.get("/api/v1/metrics/health").status == 200  # the connection is good for the next request
    export_id = asked(admin, dataset="sessions", format="json")
    [event] = aws.published()
    assert event["detail"]["data"] == {"export_id": export_id}
    pending = admin.get(f"{EXPORTS}/{export_id}").json()
    assert (pending["status"], pending["url"]) == ("pending", None)
    assert deliver(export_id) == {"batchItemFailures": []}
    done = admin.get(f"{EXPORTS}/{export_id}").json()
    assert done["status"] == "completed"
    with urllib.request.urlopen(done["url"]) as answer:
        body = answer.read()
    assert len(body) == done["bytes"] > metric_exports.MAX_ANSWER_BYTES
    assert len(json.loads(body)) == 20_000


MEASURED = """
import sys, tracemalloc
from uuid import UUID
from functions.analytics.service import metric_exports
from shared.clients import database, storage

storage.put = lambda *_, **__: print(tracemalloc.get_traced_memory()[1])
for export_id in sys.argv[1:]:
    tracemalloc.start()
    metric_exports.run_export(database.connection(), UUID(export_id), bucket="none")
    tracemalloc.stop()
"""


def test_a_large_file_is_never_in_memory_as_a_whole(admin: LambdaClient, db: Session) -> None:
    """Measured in a process of its own: in this one, other threads take memory at the same moment."""
    first = asked(admin, dataset="daily", format="csv")  # what is made on first use
    many_sessions(db, 40_000)
    large = asked(admin, dataset="sessions", format="csv")
    command = [sys.executable, "-c", MEASURED, first, large]
    measured = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(measured.stdout.split()[-1]) < 3 * 1024 * 1024
    deliver(large)
    assert admin.get(f"{EXPORTS}/{large}").json()["bytes"] > 6 * 1024 * 1024


def test_an_export_is_written_once(admin: LambdaClient, past: History, aws: Cloud) -> None:
    export_id = asked(admin)
    deliver(export_id)
    first = admin.get(f"{EXPORTS}/{export_id}", query={"fields": "finished_at,bytes"}).json()
    deliver(export_id)
    assert admin.get(f"{EXPORTS}/{export_id}", query={"fields": "finished_at,bytes"}).json() == first
    objects = boto3.client("s3").list_objects_v2(Bucket=IMPORTS_BUCKET)["Contents"]
    assert [one["Key"] for one in objects] == [f"metric-exports/{export_id}/daily.csv"]


def test_an_export_that_cannot_be_written_fails_with_its_last_delivery(
    admin: LambdaClient, past: History, aws: Cloud
) -> None:
    export_id = asked(admin)
    boto3.client("s3").delete_bucket(Bucket=IMPORTS_BUCKET)
    assert deliver(export_id)["batchItemFailures"]
    assert admin.get(f"{EXPORTS}/{export_id}").json()["status"] == "pending"
    assert deliver(export_id, receive_count=5)["batchItemFailures"]
    assert admin.get(f"{EXPORTS}/{export_id}").json()["status"] == "failed"


def test_who_asks_for_a_file_is_in_the_audit_log(admin: LambdaClient, db: Session) -> None:
    export_id = asked(admin, dataset="sessions")
    [entry] = db.query(AuditEntry).all()
    assert (entry.action, str(entry.subject_id)) == ("metric_export.requested", export_id)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"first_day": "2026-02-01", "last_day": "2026-01-01"}, "invalid_range"),
        ({"first_day": "2020-01-01", "last_day": "2026-01-01"}, "invalid_range"),
        ({"first_day": "2026-01-01", "last_day": "2026-01-02", "dataset": "users"}, "validation_failed"),
    ],
)
def test_a_file_that_cannot_be_is_refused(admin: LambdaClient, values: dict[str, str], code: str) -> None:
    reply = admin.post(EXPORTS, json=values)
    assert (reply.status, reply.json()["code"]) == (422, code)


def test_an_unknown_export_is_404(admin: LambdaClient) -> None:
    for name in (str(uuid.uuid4()), "nonsense"):
        assert admin.get(f"{EXPORTS}/{name}").status == 404
    assert deliver(str(uuid.uuid4())) == {"batchItemFailures": []}
