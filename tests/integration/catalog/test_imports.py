"""Product files: uploaded, imported, imported again, interrupted, contended."""

from __future__ import annotations

import csv
import io
import os
import signal
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from sqlalchemy import func, text
from sqlalchemy.orm import Session

from functions.catalog.errors import ImportInProgressError, ImportNotRecordedError
from functions.catalog.repository import product_aggregate
from functions.catalog.service.imports import run
from shared.clients import database, storage
from shared.contexts.catalog import stock
from shared.contexts.catalog.models.imports import ProductImport
from shared.contexts.catalog.models.products import (
    Category,
    Product,
    ProductImage,
    StockLevel,
    StockMovement,
    Variant,
)
from shared.tables.platform import OutboxEvent
from tests.factories.ordering import reserve
from tests.support.cloud import IMPORTS_BUCKET, Cloud
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient
from tests.support.product_files import (
    STORE_FILES,
    UPLOAD,
    ends,
    imported,
    product_file,
    report,
    store_file,
    upload,
    work,
)
from tests.support.statements import recorded

POT = {"Handle": "pot", "Title": "Pot", "Variant Price": "9.99", "Variant Inventory Qty": "3"}


def many(count: int) -> bytes:
    return product_file(*[{**POT, "Handle": f"pot-{n}", "Title": f"Pot {n}", "Type": "Pots"} for n in range(count)])


def snapshot(db: Session) -> list[Any]:
    """Every row that an import could touch, with the transaction that last wrote it."""
    db.rollback()
    tables = ("products", "variants", "product_images", "stock_levels", "stock_movements", "categories")
    return [list(db.execute(text(f"SELECT xmin::text, * FROM {table} ORDER BY 2"))) for table in tables]


def counts(row: dict[str, Any]) -> tuple[int, int, int]:
    return row["products_created"], row["products_updated"], row["products_unchanged"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("clothing.csv", (22, 22, 20)), ("house-and-garden.csv", (21, 21, 21)), ("jewellery.csv", (41, 23, 41))],
)
def test_a_file_of_a_store_imports_whole(
    admin: LambdaClient, db: Session, name: str, expected: tuple[int, int, int]
) -> None:
    rows, variants, images = expected
    done = imported(admin, store_file(name))
    assert (done["status"], done["errors"], done["rows"]) == ("completed", [], rows)
    assert counts(done) == (20, 0, 0)
    assert done["finished_at"].endswith("Z")
    assert (db.query(Product).count(), db.query(Variant).count(), db.query(ProductImage).count()) == (
        20,
        variants,
        images,
    )
    assert db.query(StockLevel).count() == variants
    assert db.query(OutboxEvent).filter_by(type="ProductChanged").count() == 20
    assert (ends(done), done["pictures"]) == ((rows, 0, 0, 0, 0), images)
    assert [(line["Result"], line["Left Out"]) for line in report(done)] == [("created", "")] * rows


def test_a_second_import_changes_nothing_at_all(admin: LambdaClient, db: Session, aws: Cloud) -> None:
    for name in STORE_FILES:
        imported(admin, store_file(name))
    before = snapshot(db)
    aws.published()
    for name in STORE_FILES:
        assert counts(imported(admin, store_file(name))) == (0, 0, 20)
    rows = list(csv.DictReader(io.StringIO(store_file("clothing.csv").decode(), newline="")))
    reordered = sorted(rows, key=lambda row: row["Handle"], reverse=True)
    assert counts(imported(admin, product_file(*reordered))) == (0, 0, 20)
    assert snapshot(db) == before
    assert aws.published() == []


def test_what_the_file_says_is_what_the_shop_shows(admin: LambdaClient, guest: LambdaClient) -> None:
    imported(admin, store_file("jewellery.csv"), currency="EUR")
    page = guest.get("/api/v1/products/harbour-rope-bracelet").json()
    assert (page["name"], page["vendor"], page["currency"]) == ("Harbour Rope Bracelet", "Tidepool Studio", "EUR")
    assert page["tags"] == ["Anchor", "Cord", "Silver"]
    assert [crumb["slug"] for crumb in page["categories"]] == ["bracelet"]
    assert page["options"] == [{"name": "Metal", "values": ["Brass", "Silver"]}]
    assert [(v["price_amount"], v["compare_at_amount"], v["stock_state"]) for v in page["variants"]] == [
        (6999, 8500, "low"),
        (5500, 8500, "out"),
    ]
    assert [image["url"].rpartition("/")[2] for image in page["images"]] == [
        "harbour-rope-bracelet-1.jpg",
        "harbour-rope-bracelet-2.jpg",
        "harbour-rope-bracelet-3.jpg",
    ]
    tree = guest.get("/api/v1/categories").json()["items"]
    assert {node["name"]: node["product_count"] > 0 for node in tree} == {
        "Bracelet": True,
        "Earrings": True,
        "Necklace": True,
    }


def test_a_changed_file_updates_just_what_it_changes(admin: LambdaClient, db: Session, aws: Cloud) -> None:
    imported(admin, product_file(POT, {**POT, "Handle": "jug", "Title": "Jug"}))
    aws.published()
    done = imported(
        admin, product_file({**POT, "Variant Inventory Qty": "7"}, {**POT, "Handle": "jug", "Title": "Jug"})
    )
    assert counts(done) == (0, 1, 1)
    assert sorted(level.on_hand for level in db.query(StockLevel)) == [3, 7]
    assert sorted(movement.quantity for movement in db.query(StockMovement)) == [3, 3, 4]
    assert db.query(Product.version).filter_by(slug="pot").scalar() == 1
    assert len(aws.published()) == 1


def test_columns_that_the_file_lacks_leave_products_as_they_are(admin: LambdaClient, db: Session) -> None:
    full = {**POT, "Vendor": "V", "Tags": "a, b", "Type": "Pots", "Published": "false", "Variant SKU": "1"}
    imported(admin, product_file({**full, "Image Src": "https://e.com/1.jpg", "Image Alt Text": "Pot"}))
    bare = {name: POT[name] for name in ("Handle", "Title", "Variant Price")}
    assert counts(imported(admin, product_file(bare))) == (0, 0, 1)
    product = db.query(Product).one()
    assert (product.vendor, product.tags, product.is_active) == ("V", ["a", "b"], False)
    assert db.query(StockLevel).one().on_hand == 3


def test_a_category_follows_the_type_until_somebody_chooses_another(admin: LambdaClient, db: Session) -> None:
    def category() -> str | None:
        db.expire_all()
        return db.query(Category.slug).join(Product, Product.category_id == Category.id).scalar()

    imported(admin, product_file({**POT, "Type": "Clay Pots"}))
    assert category() == "clay-pots"
    imported(admin, product_file({**POT, "Type": "Vases"}))
    assert category() == "vases"
    chosen = Category(name="Garden", slug="garden")
    db.add(chosen)
    db.flush()
    db.query(Product).one().category_id = chosen.id
    db.commit()
    imported(admin, product_file({**POT, "Type": "Jugs"}))
    assert category() == "garden"


def test_a_deleted_product_is_made_anew_by_the_next_import(admin: LambdaClient, db: Session) -> None:
    imported(admin, product_file({**POT, "Variant SKU": "pot-1"}))
    admin.delete(f"/api/v1/admin/products/{db.query(Product.id).scalar()}")
    assert counts(imported(admin, product_file({**POT, "Variant SKU": "pot-1"}))) == (1, 0, 0)
    assert db.query(Product).count() == 2


def test_an_import_of_unchanged_products_reads_a_batch_in_few_statements(admin: LambdaClient) -> None:
    imported(admin, many(50))
    import_id = upload(admin, many(50))
    with recorded() as statements:
        work(import_id)
    assert len(statements) <= 12


def test_an_upload_answers_where_to_look(admin: LambdaClient, db: Session) -> None:
    reply = admin.post(UPLOAD, body=product_file(POT), headers={"Content-Type": "text/csv; charset=utf-8"})
    row = reply.json()
    assert (reply.status, row["status"], row["currency"]) == (202, "pending", "USD")
    assert reply.headers["location"] == f"{UPLOAD}s/{row['id']}"
    assert admin.get(reply.headers["location"]).json() == row
    key = db.query(ProductImport).one().object_key
    assert key == f"imports/{row['id']}.csv"
    assert storage.get(IMPORTS_BUCKET, key, max_bytes=1000) == product_file(POT)


def test_a_form_with_a_file_is_an_upload_too(admin: LambdaClient) -> None:
    boundary = "----boundary"
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="../../etc/passwd"\r\n'
        f"Content-Type: text/csv\r\n\r\n{product_file(POT).decode()}\r\n--{boundary}--\r\n"
    )
    reply = admin.post(UPLOAD, body=body, headers={"Content-Type": f"multipart/form-data; boundary={boundary}"})
    assert reply.status == 202
    work(reply.json()["id"])
    assert admin.get(reply.headers["location"]).json()["products_created"] == 1


def test_a_large_form_is_taken(admin: LambdaClient) -> None:
    """Larger than what the parser keeps in memory."""
    data = product_file({**POT, "Body (HTML)": "x" * 90_000}, *({**POT, "Handle": f"p{n}"} for n in range(60_000)))
    assert 1024 * 1024 < len(data) < 5_000_000
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + data + b"\r\n--b--\r\n"
    reply = admin.post(UPLOAD, body=body, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert reply.status == 202
    assert storage.get(IMPORTS_BUCKET, f"imports/{reply.json()['id']}.csv", max_bytes=len(data)) == data


def multipart(part: str) -> tuple[str, str]:
    return "multipart/form-data; boundary=b", f"--b\r\nContent-Disposition: form-data; {part}\r\n--b--\r\n"


@pytest.mark.parametrize(
    ("content_type", "body", "refusal"),
    [
        ("application/json", "{}", (415, "unsupported_media_type")),
        ("", "Handle", (415, "unsupported_media_type")),
        ("text/csv", " \n", (422, "invalid_upload")),
        ("text/csv; charset=gb18030", "Handle", (422, "invalid_upload")),
        (*multipart('name="other"; filename="a.csv"\r\n\r\nx'), (422, "invalid_upload")),
        (*multipart('name="file"\r\n\r\nx'), (422, "invalid_upload")),
        ("multipart/form-data", "x", (400, "bad_request")),
        ("text/csv", "x" * (5 * 1024 * 1024 + 1), (413, "body_too_large")),
    ],
)
def test_a_bad_upload_is_refused_and_leaves_nothing(
    admin: LambdaClient, db: Session, content_type: str, body: str, refusal: tuple[int, str]
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    reply = admin.post(UPLOAD, body=body, headers=headers)
    assert (reply.status, reply.json()["code"]) == refusal
    assert db.query(ProductImport).count() == 0


def test_a_currency_is_three_letters(admin: LambdaClient) -> None:
    reply = admin.post(f"{UPLOAD}?currency=dollars", body=product_file(POT), headers={"Content-Type": "text/csv"})
    assert (reply.status, reply.json()["errors"][0]["field"]) == (422, "query.currency")


def test_a_file_that_cannot_be_stored_is_told_and_recorded(admin: LambdaClient, db: Session) -> None:
    s3 = boto3.client("s3")
    s3.delete_bucket(Bucket=IMPORTS_BUCKET)
    reply = admin.post(UPLOAD, body=product_file(POT), headers={"Content-Type": "text/csv"})
    assert (reply.status, reply.json()["code"]) == (503, "temporarily_unavailable")
    assert db.query(ProductImport).one().status == "failed"


@pytest.mark.parametrize("import_id", ["nonsense", "0199c0de-0000-7000-8000-000000000001"])
def test_an_unknown_import_is_404(admin: LambdaClient, import_id: str) -> None:
    reply = admin.get(f"{UPLOAD}s/{import_id}")
    assert (reply.status, reply.json()["code"]) == (404, "import_not_found")


def test_a_notification_delivered_again_does_nothing_more(admin: LambdaClient, db: Session) -> None:
    import_id = upload(admin, product_file(POT))
    work(import_id)
    fields = {"fields": "status,rows,rows_created,products_created,errors,notes,finished_at"}
    done = admin.get(f"{UPLOAD}s/{import_id}", query=fields).json()
    before = snapshot(db)
    work(import_id)
    assert admin.get(f"{UPLOAD}s/{import_id}", query=fields).json() == done
    assert snapshot(db) == before


def test_an_object_without_an_import_is_delivered_again(admin: LambdaClient) -> None:
    with pytest.raises(ImportNotRecordedError):
        work(str(uuid.uuid4()))


def test_an_import_that_another_worker_is_at_is_left_to_it(admin: LambdaClient, db: Session) -> None:
    import_id = upload(admin, product_file(POT))
    row = db.get_one(ProductImport, import_id)
    row.status, row.claimed_until = "running", datetime.now(UTC) + timedelta(seconds=30)
    db.commit()
    with pytest.raises(ImportInProgressError):
        work(import_id)
    assert db.query(Product).count() == 0
    row.claimed_until = datetime.now(UTC) - timedelta(seconds=1)
    db.commit()
    work(import_id)
    assert db.query(Product).count() == 1


def test_events_carry_the_correlation_id_of_the_upload(admin: LambdaClient, aws: Cloud) -> None:
    reply = admin.post(
        UPLOAD, body=product_file(POT), headers={"Content-Type": "text/csv", "X-Correlation-Id": "upload-0001"}
    )
    work(reply.json()["id"])
    assert [event["detail"]["correlation_id"] for event in aws.published()] == ["upload-0001"]


def test_a_worker_out_of_time_leaves_the_rest_to_the_next(
    admin: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH_PRODUCTS", 4)
    import_id = upload(admin, many(10))
    time_left: Iterator[bool] = iter([True, True, False])
    with pytest.raises(ImportInProgressError):
        run.run_import(
            uuid.UUID(import_id),
            bucket=IMPORTS_BUCKET,
            key=f"imports/{import_id}.csv",
            time_is_left=lambda: next(time_left),
        )
    assert db.query(Product).count() == 8
    work(import_id)
    assert counts(admin.get(f"{UPLOAD}s/{import_id}").json()) == (10, 0, 0)


def test_a_worker_killed_in_the_middle_loses_nothing_and_counts_nothing_twice(
    admin: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGKILL while the third batch is half written: the next worker goes on behind the second."""
    monkeypatch.setattr(run, "BATCH_PRODUCTS", 4)
    monkeypatch.setattr(run, "CLAIM_SECONDS", 1.0)
    import_id = upload(admin, many(20))
    insert = product_aggregate.insert

    def killed_at_the_tenth(connection: Any, draft: Any) -> Any:
        if draft.fields.slug == "pot-9":
            os.kill(os.getpid(), signal.SIGKILL)
        return insert(connection, draft)

    database.close()
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(product_aggregate, "insert", killed_at_the_tenth)
        work(import_id)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert db.query(Product).count() == 8
    time.sleep(1.2)  # until the dead worker's claim is over
    work(import_id)
    done = admin.get(f"{UPLOAD}s/{import_id}").json()
    assert (done["status"], counts(done)) == ("completed", (20, 0, 0))
    assert db.query(StockMovement).count() == db.query(Variant).count() == 20
    assert db.query(OutboxEvent).count() == 20


def test_one_file_imported_several_times_at_once_is_imported_once(admin: LambdaClient, db: Session) -> None:
    ids = [upload(admin, store_file("jewellery.csv")) for _ in range(3)]
    at_once(3, lambda number: work(ids[number]))
    done = [admin.get(f"{UPLOAD}s/{import_id}").json() for import_id in ids]
    assert [row["errors"] for row in done] == [[], [], []]
    assert sorted(counts(row) for row in done) == [(0, 0, 20), (0, 0, 20), (20, 0, 0)]
    assert (db.query(Product).count(), db.query(StockMovement).count()) == (
        20,
        db.query(StockLevel).filter(StockLevel.on_hand > 0).count(),
    )


def test_one_notification_delivered_several_times_at_once_is_worked_on_once(admin: LambdaClient, db: Session) -> None:
    import_id = upload(admin, many(30))

    def act(number: int) -> str:
        try:
            work(import_id)
        except ImportInProgressError:
            return "left alone"
        return "worked"

    assert "worked" in at_once(3, act)
    assert counts(admin.get(f"{UPLOAD}s/{import_id}").json()) == (30, 0, 0)
    assert db.query(OutboxEvent).count() == 30


def test_imports_and_checkouts_at_once_keep_stock_exact(admin: LambdaClient, db: Session) -> None:
    """Both lock many stock levels; one order of locks keeps them from deadlocks, movements tell every unit."""

    def file(quantity: int) -> bytes:
        return product_file(
            *({**POT, "Handle": f"pot-{n}", "Variant Inventory Qty": str(quantity + n % 3)} for n in range(20))
        )

    imported(admin, file(50))
    ids = [upload(admin, file(quantity)) for quantity in (60, 70)]
    variants = [variant_id for (variant_id,) in db.query(Variant.id)]
    db.rollback()

    def act(number: int) -> None:
        if number < len(ids):
            work(ids[number])
            return
        for _ in range(10):
            checkout_id = reserve(dict.fromkeys(variants, 1))
            with database.transaction() as connection:
                stock.sell(connection, checkout_id, reference=checkout_id)

    at_once(4, act)
    for import_id in ids:
        done = admin.get(f"{UPLOAD}s/{import_id}").json()
        assert (done["status"], done["errors"]) == ("completed", [])
    for level in db.query(StockLevel):
        moved = db.query(func.sum(StockMovement.quantity)).filter_by(variant_id=level.variant_id).scalar()
        assert (level.reserved, level.on_hand) == (0, moved)


def test_a_handle_means_its_product_in_every_normal_form(admin: LambdaClient, db: Session) -> None:
    for handle in ("érable", "e\u0301rable", "érable"):
        imported(admin, product_file({"Handle": handle, "Title": "Tray", "Variant Price": "5"}))
    assert [product.slug for product in db.query(Product)] == ["érable"]
