"""Exports: the product file that comes out changes nothing when it goes in."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import boto3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.catalog.domain.shopify_csv import MAX_FILE_BYTES
from functions.catalog.service import exports
from shared.clients import storage
from shared.contexts.catalog.models.products import Category, Product
from shared.contexts.catalog.models.search import ProductExport
from tests.factories import catalog
from tests.support.cloud import IMPORTS_BUCKET, Cloud
from tests.support.lambda_client import Context, LambdaClient
from tests.support.product_files import ROOT, STORE_FILES, imported, product_file, store_file

EXPORT = "/api/v1/admin/products/export"
PRODUCTS = "/api/v1/admin/products"
TABLES = ("products", "variants", "product_images", "stock_levels", "stock_movements", "categories")


def exported(admin: LambdaClient, **query: str) -> bytes:
    reply = admin.get(EXPORT, query=query)
    assert reply.status == 200, reply.body
    return reply.body


def snapshot(db: Session) -> list[Any]:
    """Every row that an import could touch, with the transaction that last wrote it."""
    db.rollback()
    return [list(db.execute(text(f"SELECT xmin::text, * FROM {table} ORDER BY 2"))) for table in TABLES]


def deliver(export_id: str, *, context: Context | None = None, receive_count: int = 1) -> Any:
    """Deliver the event of the export: the sample in `events/`, for this id."""
    from functions.catalog.handlers.on_export_requested import handler

    event = json.loads((ROOT / "events/catalog/on_export_requested.json").read_text())
    [record] = event["Records"]
    body = json.loads(record["body"])
    body["detail"]["data"]["export_id"] = export_id
    record["body"] = json.dumps(body)
    record["attributes"]["ApproximateReceiveCount"] = str(receive_count)
    return handler(event, context or _Patient())


class _Patient(Context):
    def get_remaining_time_in_millis(self) -> int:
        return 300_000


class _Hasty(Context):
    def get_remaining_time_in_millis(self) -> int:
        return 0


@pytest.mark.parametrize("name", STORE_FILES)
def test_importing_what_a_file_of_a_store_became_changes_nothing(admin: LambdaClient, db: Session, name: str) -> None:
    imported(admin, store_file(name))
    before = snapshot(db)
    file = exported(admin)
    done = imported(admin, file)
    assert (done["status"], done["errors"], done["products_unchanged"], done["notes"]) == ("completed", [], 20, [])
    assert snapshot(db) == before
    assert exported(admin) == file


def test_an_empty_shop_becomes_the_same_from_the_file(admin: LambdaClient, db: Session) -> None:
    imported(admin, store_file("jewellery.csv"))
    file = exported(admin)
    db.execute(text("TRUNCATE products, categories CASCADE"))
    db.commit()
    assert imported(admin, file)["products_created"] == 20
    rows = [sorted(csv.reader(io.StringIO(one.decode()))) for one in (file, exported(admin))]
    assert rows[0] == rows[1]


def test_products_are_exported_by_currency(admin: LambdaClient, db: Session) -> None:
    for name, currency, price in (
        ("Pot", "USD", 100),
        ("Vase", "USD", 200),
        ("茶碗", "CNY", 300),
        ("Jug", "JPY", 24_000),
    ):
        body = {"name": name, "currency": currency, "variants": [{"price_amount": price}]}
        assert admin.post("/api/v1/admin/products", json=body).status == 201
    before = snapshot(db)
    counts = {}
    for currency in ("USD", "CNY", "JPY", "EUR"):
        done = imported(admin, exported(admin, currency=currency), currency=currency)
        assert done["errors"] == []
        counts[currency] = (done["products_unchanged"], done["products_created"] + done["products_updated"])
    assert counts == {"USD": (2, 0), "CNY": (1, 0), "JPY": (1, 0), "EUR": (0, 0)}
    assert snapshot(db) == before
    assert "24000," in exported(admin, currency="JPY").decode()


def test_the_category_that_a_file_names_counts_more_than_the_type(admin: LambdaClient, db: Session) -> None:
    row = {"Handle": "pot", "Title": "Pot", "Variant Price": "1", "Type": "Pots"}

    def category(named: str | None) -> str | None:
        columns = {} if named is None else {"Category Handle": named}
        assert imported(admin, product_file({**row, **columns}))["errors"] == []
        db.rollback()
        chosen = db.query(Product).one().category_id
        return None if chosen is None else db.get_one(Category, chosen).slug

    assert category("garden") == "garden"
    assert category(None) == "garden"  # somebody chose it: it does not follow the type
    assert category("") is None
    assert category(None) == "pots"
    done = imported(admin, product_file({**row, "Category Handle": "a/b"}))
    assert [(error["row"], error["column"]) for error in done["errors"]] == [(2, "Category Handle")]


WORDS = st.text(
    st.characters(
        exclude_characters="\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        exclude_categories=["Cs", "Cc", "Zl", "Zp"],
    ),
    max_size=12,
)
NAMED = WORDS.filter(lambda word: bool(word.strip()))
URLS = st.integers(0, 5).map(lambda number: f"https://e.com/{number}.jpg")


@st.composite
def products(draw: st.DrawFn) -> dict[str, Any]:
    """What an admin may write, as far as the API takes it."""
    names = draw(st.lists(NAMED, max_size=3, unique_by=str.strip))
    values = [tuple(draw(NAMED) for _ in names) for _ in range(draw(st.integers(1, 3)) if names else 1)]
    variant = {
        "price_amount": st.integers(0, 99_999_999),
        "compare_at_amount": st.none() | st.integers(0, 99_999_999),
        "weight_grams": st.integers(0, 10**9),
        "requires_shipping": st.booleans(),
        "taxable": st.booleans(),
        "barcode": st.none() | NAMED,
        "image_url": st.none() | URLS,
        "stock": st.integers(0, 10**9),
        "allow_backorder": st.booleans(),
    }
    unique = list(dict.fromkeys(tuple(value.strip() for value in row) for row in values))
    return {
        "name": draw(NAMED),
        "description": draw(
            WORDS | st.sampled_from(["<p>a & b</p>", "<script>x</script> y", " <b>x</b>\r\n", "&nbsp;z"])
        ),
        "vendor": draw(WORDS),
        "product_type": draw(WORDS),
        "tags": draw(st.lists(NAMED.map(lambda tag: tag.replace(",", ";")), max_size=3)),
        "currency": draw(st.sampled_from(["USD"])),
        "option_names": names,
        "variants": [{"option_values": list(row), **draw(st.fixed_dictionaries(variant))} for row in unique],
        "images": [{"url": url, "alt": draw(WORDS)} for url in draw(st.lists(URLS, max_size=4, unique=True))],
        "seo_title": draw(st.none() | WORDS),
        "seo_description": draw(st.none() | WORDS),
        "is_active": draw(st.booleans()),
    }


@settings(max_examples=25)
@given(drawn=st.lists(products(), min_size=1, max_size=3), data=st.data())
def test_importing_an_export_of_whatever_admins_wrote_changes_nothing(
    admin: LambdaClient, db: Session, drawn: list[dict[str, Any]], data: st.DataObject
) -> None:
    db.execute(text("TRUNCATE products, categories CASCADE"))
    db.commit()
    category = catalog.category(db)
    for document in drawn:
        chosen = data.draw(st.sampled_from([None, str(category.id)]))
        reply = admin.post(PRODUCTS, json={**document, "category_id": chosen})
        assert reply.status == 201, reply.body
    before = snapshot(db)
    done = imported(admin, exported(admin))
    assert (done["errors"], done["products_unchanged"]) == ([], len(drawn))
    assert snapshot(db) == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"tags": ["a, b"]}, "body.tags.0"),
        ({"product_type": "x" * 201}, "body.product_type"),
        ({"images": [{"url": "https://e.com/1.jpg"}] * 2}, "body.images.0.url"),
        ({"description": "&" * 90_000}, "body.description"),
        (
            {"option_names": ["Title"], "variants": [{"option_values": ["Default Title"], "price_amount": 1}]},
            "body.option_names",
        ),
    ],
)
def test_what_a_product_file_could_not_say_is_refused(admin: LambdaClient, changed: dict[str, Any], field: str) -> None:
    document = {"name": "Pot", "currency": "USD", "variants": [{"price_amount": 1}], **changed}
    reply = admin.post(PRODUCTS, json=document)
    assert (reply.status, reply.json()["errors"][0]["field"]) == (422, field)


def test_the_file_is_an_attachment_and_private(admin: LambdaClient, db: Session) -> None:
    catalog.product(db)
    reply = admin.get(EXPORT)
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert reply.headers["content-disposition"] == 'attachment; filename="products-USD.csv"'
    assert "no-store" in reply.headers["cache-control"]
    assert admin.get(EXPORT, query={"currency": "usd"}).status == 422


def test_more_than_an_answer_holds_is_left_to_an_export(
    admin: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.product(db)
    monkeypatch.setattr(exports, "MAX_ANSWER_BYTES", 100)
    reply = admin.get(EXPORT)
    assert (reply.status, reply.json()["code"]) == (409, "export_too_large")
    assert "/exports" in reply.json()["detail"]


def test_an_export_writes_files_that_can_be_imported_each(
    admin: LambdaClient, db: Session, aws: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in STORE_FILES:
        imported(admin, store_file(name))
    aws.published()
    reply = admin.post(f"{EXPORT}s")
    asked = reply.json()
    assert (reply.status, asked["status"], asked["files"]) == (202, "pending", [])
    assert reply.headers["location"] == f"{EXPORT}s/{asked['id']}"
    [event] = aws.published()
    assert (event["detail-type"], event["detail"]["data"]) == ("ProductExportRequested", {"export_id": asked["id"]})
    monkeypatch.setattr(exports, "FILE_BYTES", 10_000)
    monkeypatch.setattr(exports, "_BATCH", 7)
    assert deliver(asked["id"]) == {"batchItemFailures": []}
    done = admin.get(f"{EXPORT}s/{asked['id']}").json()
    assert (done["status"], done["products"]) == ("completed", 60)
    assert len(done["files"]) > 2
    assert sum(file["products"] for file in done["files"]) == 60
    before = snapshot(db)
    unchanged = 0
    for number, file in enumerate(done["files"], start=1):
        assert f"/exports/{asked['id']}/products-{number:03}.csv?" in file["url"]
        assert "X-Amz-Expires=900" in file["url"]
        key = f"exports/{asked['id']}/products-{number:03}.csv"
        content = storage.get(IMPORTS_BUCKET, key, max_bytes=MAX_FILE_BYTES)
        assert len(content) == file["bytes"]
        unchanged += imported(admin, content)["products_unchanged"]
    assert unchanged == 60
    assert snapshot(db) == before


def test_an_interrupted_export_goes_on_behind_its_last_file(
    admin: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        catalog.product(db, f"Pot {number}")
    monkeypatch.setattr(exports, "FILE_BYTES", 1)
    export_id = admin.post(f"{EXPORT}s").json()["id"]
    assert len(deliver(export_id, context=_Hasty())["batchItemFailures"]) == 1
    shown = admin.get(f"{EXPORT}s/{export_id}").json()
    assert (shown["status"], shown["products"], shown["files"]) == ("running", 1, [])
    assert deliver(export_id) == {"batchItemFailures": []}
    assert deliver(export_id) == {"batchItemFailures": []}  # delivered twice: done once
    shown = admin.get(f"{EXPORT}s/{export_id}").json()
    assert (shown["status"], shown["products"], len(shown["files"])) == ("completed", 5, 5)
    stored = boto3.client("s3").list_objects_v2(Bucket=IMPORTS_BUCKET, Prefix=f"exports/{export_id}/")
    assert stored["KeyCount"] == 5


def test_who_asked_is_told_when_nobody_tries_any_more(
    admin: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.product(db)

    def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionError("no storage")

    monkeypatch.setattr(storage, "put", refuse)
    export_id = admin.post(f"{EXPORT}s").json()["id"]
    assert len(deliver(export_id, receive_count=4)["batchItemFailures"]) == 1
    assert admin.get(f"{EXPORT}s/{export_id}").json()["status"] == "running"
    assert len(deliver(export_id, receive_count=5)["batchItemFailures"]) == 1
    assert admin.get(f"{EXPORT}s/{export_id}").json()["status"] == "failed"


def test_an_export_says_who_asked(admin: LambdaClient, db: Session) -> None:
    assert admin.post(f"{EXPORT}s", query={"currency": "EUR"}).json()["currency"] == "EUR"
    assert db.query(ProductExport).one().requested_by is not None
    assert db.query(Product).count() == 0
    assert admin.get(f"{EXPORT}s/none").json()["code"] == "export_not_found"
