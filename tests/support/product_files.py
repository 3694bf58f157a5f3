"""Product files: uploaded as an admin does, imported as S3's notification makes the importer do."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx

from tests.support.cloud import IMPORTS_BUCKET
from tests.support.lambda_client import Context, LambdaClient

ROOT = Path(__file__).resolve().parent.parent.parent
STORE_FILES = ("clothing.csv", "house-and-garden.csv", "jewellery.csv")
UPLOAD = "/api/v1/admin/products/import"


def store_file(name: str) -> bytes:
    """One of the demo shop's files: the first and the last with Shopify's older header, the second with the newer."""
    return (ROOT / "demo/contents/stores" / name).read_bytes()


def product_file(*rows: Mapping[str, str], columns: Sequence[str] | None = None) -> bytes:
    """A CSV of these rows; its columns are those that the rows name, after the required ones."""
    names = columns or list(dict.fromkeys(["Handle", "Title", "Variant Price", *(n for row in rows for n in row)]))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue().encode()


def arrival(key: str) -> dict[str, Any]:
    """The notification that S3 sends for an object: the sample in `events/`, for this key."""
    event: dict[str, Any] = json.loads((ROOT / "events/catalog/import_products.json").read_text())
    record = event["Records"][0]["s3"]
    record["bucket"]["name"] = IMPORTS_BUCKET
    record["object"]["key"] = key
    return event


def upload(admin: LambdaClient, data: bytes, **query: str) -> str:
    """Upload the file; returns the import's id."""
    reply = admin.post(UPLOAD, body=data, headers={"Content-Type": "text/csv"}, query=query)
    assert reply.status == 202, reply.body
    return str(reply.json()["id"])


def work(import_id: str) -> None:
    """Deliver the notification of the import's file."""
    from functions.catalog.handlers.import_products import handler

    handler(arrival(f"imports/{import_id}.csv"), Context())


def imported(admin: LambdaClient, data: bytes, **query: str) -> dict[str, Any]:
    """Upload the file and import it; returns what the API tells of the import then."""
    import_id = upload(admin, data, **query)
    work(import_id)
    answer: dict[str, Any] = admin.get(f"{UPLOAD}s/{import_id}").json()
    return answer


def report(done: Mapping[str, Any]) -> list[dict[str, str]]:
    """The lines of an import's report, fetched by its link."""
    reply = httpx.get(str(done["report_url"]))
    assert reply.status_code == 200, reply.text
    return list(csv.DictReader(io.StringIO(reply.content.decode(), newline="")))


ENDS = ("created", "updated", "unchanged", "partial", "refused")


def ends(done: Mapping[str, Any]) -> tuple[int, ...]:
    """How many rows ended how (`ENDS`); together they are all rows, and the lines of the report."""
    counts = tuple(done[f"rows_{end}"] for end in ENDS)
    assert sum(counts) == done["rows"]
    return counts
