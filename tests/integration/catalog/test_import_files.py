"""Product files as other shops write them: both headers, parts of a product, quantities, handles, large files, and the
report that tells the end of every row.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.catalog.domain.shopify_columns import COLUMNS
from shared.contexts.catalog.models.products import Product, StockLevel, Variant
from shared.web import rate_limits
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient
from tests.support.product_files import ENDS, UPLOAD, ends, imported, product_file, report, work

PRODUCTS = "/api/v1/admin/products"
KETTLE = {
    "Handle": "kettle",
    "Title": "Kettle",
    "Vendor": "Copper & Sons",
    "Tags": "kitchen, copper",
    "Published": "true",
    "Option1 Name": "Litres",
    "Option1 Value": "1",
    "Variant SKU": "K-1",
    "Variant Grams": "800",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "4",
    "Variant Inventory Policy": "deny",
    "Variant Price": "49.00",
    "Image Src": "https://pictures.example/kettle.jpg",
}
LARGE = {
    "Handle": "kettle",
    "Option1 Value": "2",
    "Variant SKU": "K-2",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "2",
    "Variant Inventory Policy": "deny",
    "Variant Price": "59.00",
}
NEW_NAMES = {
    "Handle": "URL handle",
    "Published": "Published on online store",
    "Option1 Name": "Option1 name",
    "Option1 Value": "Option1 value",
    "Variant SKU": "SKU",
    "Variant Grams": "Weight value (grams)",
    "Variant Inventory Tracker": "Inventory tracker",
    "Variant Inventory Qty": "Inventory quantity",
    "Variant Inventory Policy": "Continue selling when out of stock",
    "Variant Price": "Price",
    "Image Src": "Product image URL",
}


def table(*rows: dict[str, str]) -> bytes:
    """A file with just the columns that the rows name."""
    return product_file(*rows, columns=list(dict.fromkeys(name for row in rows for name in row)))


def read(admin: LambdaClient, db: Session, slug: str = "kettle") -> dict[str, Any]:
    db.rollback()
    product_id = db.query(Product.id).filter_by(slug=slug, deleted_at=None).scalar()
    answer: dict[str, Any] = admin.get(f"{PRODUCTS}/{product_id}").json()
    return answer


def level(db: Session, **variant: Any) -> tuple[int, bool]:
    db.rollback()
    row = db.query(StockLevel).join(Variant).filter_by(**variant).one()
    return row.on_hand, row.allow_backorder


def test_the_newer_header_says_the_same_as_the_older_one(admin: LambdaClient, db: Session) -> None:
    imported(admin, table(KETTLE, LARGE))
    before = read(admin, db)
    renamed = [{NEW_NAMES.get(name, name): cell for name, cell in row.items()} for row in (KETTLE, LARGE)]
    done = imported(admin, table(*renamed))
    assert (done["products_unchanged"], ends(done), done["errors"]) == (1, (0, 0, 2, 0, 0), [])
    assert read(admin, db) == before
    lower = [{name.lower(): cell for name, cell in row.items()} for row in renamed]
    assert imported(admin, table(*lower))["products_unchanged"] == 1


@pytest.mark.parametrize(
    ("columns", "changed"),
    [
        ({"Title": "Kettle", "Tags": "sale"}, {"tags": ["sale"]}),
        ({"Title": "Kettle, copper"}, {"name": "Kettle, copper"}),
        ({"Title": "Kettle", "Vendor": ""}, {"vendor": ""}),
        ({"Status": "draft"}, {"is_active": False}),
        ({"SEO Title": "A kettle"}, {"seo_title": "A kettle"}),
    ],
)
def test_a_file_changes_only_what_its_columns_name(
    admin: LambdaClient, db: Session, columns: dict[str, str], changed: dict[str, Any]
) -> None:
    imported(admin, table(KETTLE, LARGE))
    before = read(admin, db)
    done = imported(admin, table({"Handle": "kettle", **columns}))
    assert (ends(done), done["errors"]) == ((0, 1, 0, 0, 0), [])
    after = read(admin, db)
    assert {name: value for name, value in after.items() if value != before[name]}.keys() - {
        "version",
        "updated_at",
    } == changed.keys()
    assert changed.items() <= after.items()


def test_a_variant_is_named_by_its_options_or_its_sku(admin: LambdaClient, db: Session) -> None:
    imported(admin, table(KETTLE, LARGE))
    done = imported(admin, table({"Handle": "kettle", "Option1 Value": "2", "Variant Inventory Qty": "9"}))
    assert (ends(done), done["errors"]) == ((0, 1, 0, 0, 0), [])
    assert level(db, sku="K-2") == (9, False)
    done = imported(admin, table({"Handle": "kettle", "Variant SKU": "K-2", "Variant Price": "61.00"}))
    assert (ends(done), done["errors"]) == ((0, 1, 0, 0, 0), [])
    variants = read(admin, db)["variants"]
    assert [(v["option_values"], v["sku"], v["price_amount"]) for v in variants] == [
        (["1"], "K-1", 4900),
        (["2"], "K-2", 6100),
    ]
    done = imported(admin, table({"Handle": "kettle", "Variant Price": "1.00"}))
    assert (ends(done), done["errors"][0]["column"]) == ((0, 0, 0, 0, 1), "Option1 Value")


def test_a_sku_stands_for_options_that_a_file_has_no_columns_for(admin: LambdaClient, db: Session) -> None:
    sizes = {"Option2 Name": "Colour", "Option2 Value": "red"}
    imported(admin, table({**KETTLE, **sizes}, {**LARGE, "Option2 Value": "red"}))
    row = {"Handle": "kettle", "Option1 Value": "2", "Variant SKU": "K-2", "Variant Inventory Qty": "8"}
    assert ends(imported(admin, table(row))) == (0, 1, 0, 0, 0)
    assert level(db, sku="K-2") == (8, False)
    done = imported(admin, table({**row, "Variant SKU": "K-3"}))
    assert (ends(done), done["errors"][0]["column"]) == ((0, 0, 0, 0, 1), "Option2 Value")


def test_a_quantity_that_cannot_be_read_sells_nothing_out(admin: LambdaClient, db: Session) -> None:
    row = {**KETTLE, "Variant Inventory Qty": "many"}
    assert ends(imported(admin, table(row))) == (0, 0, 0, 1, 0)
    assert level(db, sku="K-1") == (0, True)
    assert imported(admin, table(row))["products_unchanged"] == 1


def test_handles_of_the_greatest_length_have_slugs_of_their_own(admin: LambdaClient, db: Session) -> None:
    handles = [f"{'Long ' * 50}{end}" for end in ("a", "b", "c")]
    rows = [{"Handle": handle, "Title": "Long", "Variant Price": "1"} for handle in handles]
    assert ends(imported(admin, table(*rows))) == (3, 0, 0, 0, 0)
    assert ends(imported(admin, table(*rows))) == (0, 0, 3, 0, 0)


def test_a_new_product_needs_a_title_and_a_price(admin: LambdaClient, db: Session) -> None:
    done = imported(admin, table({"Handle": "pan", "Title": "Pan", "Tags": "kitchen"}))
    assert ends(done) == (0, 0, 0, 0, 1)
    assert "no prices" in done["errors"][0]["message"]
    done = imported(admin, table({"Title": "Frying Pan", "Price": "30"}))
    assert ends(done) == (1, 0, 0, 0, 0)
    assert done["notes"] == [
        "Handle: missing, so made of the title (1 row)",
        "Variant Inventory Qty: not known, so the new variant can be ordered without limit (backorder) until its stock"
        " is counted (1 row)",
    ]
    assert read(admin, db, "frying-pan")["name"] == "Frying Pan"
    assert ends(imported(admin, table({"Title": "Frying Pan", "Price": "30"}))) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize(
    ("cells", "stock", "is_noted"),
    [
        ({"Variant Inventory Qty": "-7"}, (0, False), True),
        ({"Variant Inventory Qty": "-7", "Variant Inventory Policy": "continue"}, (0, True), True),
        ({"Variant Inventory Tracker": "", "Variant Inventory Qty": "0"}, (0, True), True),
        ({"Variant Inventory Tracker": "", "Variant Inventory Qty": "-2"}, (0, True), True),
        ({"Variant Inventory Tracker": "", "Variant Inventory Qty": "12"}, (0, True), True),
        ({"Variant Inventory Qty": ""}, (0, True), True),
        ({"Variant Inventory Qty": None}, (0, True), True),
        ({"Variant Inventory Qty": None, "Variant Inventory Policy": "continue"}, (0, True), False),
        ({"Variant Inventory Qty": "3", "Variant Inventory Tracker": None}, (3, False), False),
    ],
)
def test_stock_that_nobody_counted_is_not_sold_out(
    admin: LambdaClient, db: Session, cells: dict[str, str | None], stock: tuple[int, bool], is_noted: bool
) -> None:
    row = {name: cell for name, cell in (KETTLE | cells).items() if cell is not None}
    done = imported(admin, table(row))
    assert (ends(done), done["errors"]) == ((1, 0, 0, 0, 0), [])
    assert level(db, sku="K-1") == stock
    assert ends(imported(admin, table(row))) == (0, 0, 1, 0, 0)
    assert level(db, sku="K-1") == stock
    assert bool(report(done)[0]["Notes"]) == is_noted


def test_stock_that_was_counted_here_stays_in_a_file_without_quantities(admin: LambdaClient, db: Session) -> None:
    row = {name: cell for name, cell in KETTLE.items() if name != "Variant Inventory Qty"}
    imported(admin, table(row))
    variant = read(admin, db)["variants"][0]["id"]
    reply = admin.post(
        f"/api/v1/admin/inventory/{variant}/adjustments",
        json={"quantity": 5, "reason": "received"},
        headers={"Idempotency-Key": "count-the-kettles-once"},
    )
    assert reply.status == 201, reply.body
    imported(admin, table(row))
    assert level(db, sku="K-1") == (5, False)
    done = imported(admin, table({"Handle": "kettle", "Option1 Value": "1", "Variant Inventory Policy": "continue"}))
    assert ends(done) == (0, 1, 0, 0, 0)
    assert level(db, sku="K-1") == (5, True)


def test_weights_are_rounded_and_codes_lose_their_apostrophe(admin: LambdaClient, db: Session) -> None:
    done = imported(
        admin,
        table({**KETTLE, "Variant Grams": "226.7961850000001", "Variant SKU": "'00123", "Variant Barcode": "'0042"}),
    )
    assert (ends(done), done["errors"]) == ((1, 0, 0, 0, 0), [])
    [variant] = read(admin, db)["variants"]
    assert (variant["weight_grams"], variant["sku"], variant["barcode"]) == (227, "00123", "0042")
    assert "Variant Grams: rounded to whole grams (1 row)" in done["notes"]


@pytest.mark.parametrize("text_of", ["=1", "'=1", "+44", "-3", "@x", "'Tis", "'12", "''", "'"])
def test_formulas_go_out_protected_and_come_back_as_they_were(admin: LambdaClient, db: Session, text_of: str) -> None:
    body = {
        "name": text_of,
        "vendor": text_of,
        "product_type": text_of,
        "tags": [text_of, "b"],
        "currency": "USD",
        "option_names": [text_of],
        "seo_title": text_of,
        "variants": [{"option_values": [text_of], "sku": text_of, "barcode": text_of, "price_amount": 1, "stock": 1}],
        "images": [{"url": "https://pictures.example/1.jpg", "alt": text_of}],
    }
    assert admin.post(PRODUCTS, json=body).status == 201
    file = admin.get(f"{PRODUCTS}/export").body
    for row in csv.reader(io.StringIO(file.decode(), newline="")):
        assert not [cell for cell in row if cell[:1] in set("=+-@\t\r")]
    done = imported(admin, file)
    assert (done["products_unchanged"], ends(done)) == (1, (0, 0, 1, 0, 0))


def test_any_handle_has_a_slug_and_is_known_by_itself_again(admin: LambdaClient, db: Session) -> None:
    handles = ["Dry\u2122 Bag", "dry-bag", "DRY bag!", "\u2764\ufe0f", "\u0e01\u0e33\u0e41\u0e1e\u0e07", "search"]
    rows = [{"Handle": handle, "Title": handle, "Variant Price": "1"} for handle in handles]
    done = imported(admin, table(*rows))
    assert (ends(done), done["errors"]) == ((6, 0, 0, 0, 0), [])
    slugs = {slug for (slug,) in db.query(Product.slug)}
    assert {"dry-bag", "\u0e01\u0e33\u0e41\u0e1e\u0e07", "product-search"} < slugs
    assert len(slugs) == len(handles)
    assert [bool(line["Notes"].startswith("Handle: is no address")) for line in report(done)] == [
        True, False, True, True, False, True,
    ]  # fmt: skip
    assert ends(imported(admin, table(*reversed(rows)))) == (0, 0, 6, 0, 0)
    renamed = read(admin, db, "product-search")
    admin.patch(f"{PRODUCTS}/{renamed['id']}", json={"version": renamed["version"], "slug": "finding"})
    assert ends(imported(admin, table(*rows))) == (0, 0, 6, 0, 0)
    assert ends(imported(admin, admin.get(f"{PRODUCTS}/export").body)) == (0, 0, 6, 0, 0)


def test_two_handles_of_one_product_are_not_mixed(admin: LambdaClient, db: Session) -> None:
    imported(admin, table({"Handle": "Big Pot", "Title": "Big Pot", "Variant Price": "1"}))
    done = imported(
        admin,
        table(
            {"Handle": "Big Pot", "Title": "Big Pot", "Variant Price": "2"},
            {"Handle": "big-pot", "Title": "Another", "Variant Price": "3"},
        ),
    )
    assert ends(done) == (0, 1, 0, 0, 1)
    assert (read(admin, db, "big-pot")["name"], done["errors"][0]["column"]) == ("Big Pot", "Handle")


def test_one_sku_for_many_variants_loses_no_variant(admin: LambdaClient, db: Session) -> None:
    rows = [KETTLE, *({**LARGE, "Option1 Value": str(n), "Variant SKU": "K-1"} for n in range(2, 9))]
    other = {**KETTLE, "Handle": "pot", "Title": "Pot"}
    done = imported(admin, table(*rows, other))
    assert ends(done) == (1, 0, 0, 8, 0)
    assert {error["column"] for error in done["errors"]} == {"Variant SKU"}
    assert Counter(sku for (sku,) in db.query(Variant.sku)) == {None: 8, "K-1": 1}
    again = imported(admin, table(*rows, other))
    assert (again["products_unchanged"], ends(again)) == (2, (0, 0, 1, 8, 0))


def test_skus_may_change_hands_within_a_product(admin: LambdaClient, db: Session) -> None:
    imported(admin, table(KETTLE, LARGE))
    done = imported(admin, table({**KETTLE, "Variant SKU": "K-2"}, {**LARGE, "Variant SKU": "K-1"}))
    assert (ends(done), done["errors"]) == ((0, 2, 0, 0, 0), [])
    assert [variant["sku"] for variant in read(admin, db)["variants"]] == ["K-2", "K-1"]


def test_the_report_has_a_line_for_every_row(admin: LambdaClient, db: Session) -> None:
    imported(admin, table(KETTLE))
    done = imported(
        admin,
        table(
            {**KETTLE, "Variant Grams": "heavy"},
            LARGE,
            {"Handle": "=cmd", "Title": "Calculator", "Variant Price": "1"},
            {"Handle": "cup", "Title": "Cup", "Variant Price": "free"},
            {"Handle": "cup", "Image Src": "https://pictures.example/cup.jpg"},
        ),
    )
    lines = report(done)
    assert [(line["Row"], line["Handle"], line["Result"]) for line in lines] == [
        ("2", "kettle", "partial"),
        ("3", "kettle", "created"),
        ("4", "'=cmd", "created"),
        ("5", "cup", "refused"),
        ("6", "cup", "refused"),
    ]
    assert lines[0]["Left Out"] == "Variant Grams: 'heavy' is not a number"
    assert "see row 5" in lines[4]["Left Out"]
    assert ends(done) == (2, 0, 0, 1, 2)
    assert "inline" not in httpx.get(done["report_url"]).headers["content-disposition"]


def test_all_errors_are_in_the_report_however_many(admin: LambdaClient) -> None:
    rows = [{"Handle": f"cup-{n}", "Title": "Cup", "Variant Price": "x"} for n in range(620)]
    done = imported(admin, table(*rows))
    assert (done["error_count"], ends(done)) == (620, (0, 0, 0, 0, 620))
    assert f"Of 620 errors, {len(done['errors'])} are listed here; the report has all" in done["notes"]
    assert Counter(line["Result"] for line in report(done)) == {"refused": 620}


def test_a_report_is_for_who_may_read_imports(
    admin: LambdaClient, guest: LambdaClient, db: Session, aws: Cloud
) -> None:
    done = imported(admin, table(KETTLE))
    assert guest.get(f"{UPLOAD}s/{done['id']}").status == 401
    unsigned = done["report_url"].partition("?")[0]
    assert "X-Amz-Expires=900" in done["report_url"]
    assert unsigned.endswith(f"/import-reports/{done['id']}/report.csv")
    reply = admin.post(UPLOAD, body=table(KETTLE), headers={"Content-Type": "text/csv"})
    assert reply.json()["report_url"] is None  # not before it is completed


def test_fifteen_mebibytes_come_by_a_form(admin: LambdaClient, db: Session) -> None:
    filler = "x" * 90_000
    rows = [{**KETTLE, "Handle": f"kettle-{n}", "Body (HTML)": filler, "Variant SKU": ""} for n in range(170)]
    data = table(*rows)
    assert 14 * 1024**2 < len(data) <= 15 * 1024**2
    reply = admin.post(UPLOAD, body=data, headers={"Content-Type": "text/csv"})
    assert (reply.status, reply.json()["code"]) == (413, "body_too_large")
    assert "POST /api/v1/admin/products/imports" in reply.json()["detail"]
    part = data[: 4 * 1024**2 + 1]
    form_data = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + part + b"\r\n--b--\r\n"
    reply = admin.post(UPLOAD, body=form_data, headers={"Content-Type": "multipart/form-data; boundary=b"})
    assert (reply.status, reply.json()["code"]) == (413, "body_too_large")
    assert "POST /api/v1/admin/products/imports" in reply.json()["detail"]
    reply = admin.post(f"{PRODUCTS}/imports", json={"size": len(data)})
    made = reply.json()
    assert (reply.status, reply.headers["location"]) == (201, f"{PRODUCTS}/imports/{made['product_import']['id']}")
    form = made["upload"]
    posted = httpx.post(form["url"], data=form["fields"], files={"file": ("products.csv", data)})
    assert posted.status_code == 204, posted.text
    work(made["product_import"]["id"])
    done = admin.get(reply.headers["location"]).json()
    assert (done["status"], ends(done)) == ("completed", (170, 0, 0, 0, 0))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"size": 0}, "body.size"),
        ({"size": 15 * 1024**2 + 1}, "body.size"),
        ({"size": 10, "currency": "usd"}, "body.currency"),
        ({}, "body.size"),
    ],
)
def test_a_form_is_for_files_of_a_size_that_is_taken(admin: LambdaClient, body: dict[str, Any], field: str) -> None:
    reply = admin.post(f"{PRODUCTS}/imports", json=body)
    assert (reply.status, reply.json()["errors"][0]["field"]) == (422, field)


CELLS = st.sampled_from(
    [
        "",
        "1",
        "0",
        "-1",
        "9.99",
        "x",
        "S",
        "M",
        "true",
        "false",
        "Size",
        "'7",
        "=1",
        "active",
        "a b",
        "https://e.com/1.jpg",
    ]
)
HANDLES = st.sampled_from(["a", "b", "B b", "\u2122", "", "search", "a\x00"])


@settings(max_examples=40)
@given(
    columns=st.lists(st.sampled_from([c for c in COLUMNS if c != "Handle"]), unique=True, min_size=1, max_size=9),
    data=st.data(),
)
def test_whatever_a_file_holds_each_row_has_one_end_and_a_second_import_changes_nothing(
    admin: LambdaClient, db: Session, monkeypatch: pytest.MonkeyPatch, columns: list[str], data: st.DataObject
) -> None:
    monkeypatch.setattr(rate_limits, "_hit", lambda *_: 1)  # many examples are more than a minute's requests
    db.execute(text("TRUNCATE products, categories, imported_pictures CASCADE"))
    db.commit()
    names = ["Handle", "Title", *(name for name in columns if name != "Title")]
    rows = data.draw(
        st.lists(st.tuples(HANDLES, *(CELLS for _ in names[1:])), min_size=1, max_size=8).map(
            lambda rows: [dict(zip(names, row, strict=True)) for row in rows]
        )
    )
    file = product_file(*rows, columns=names)
    for attempt in range(2):
        done = imported(admin, file)
        counts = dict(zip(ENDS, ends(done), strict=True))
        lines = Counter(line["Result"] for line in report(done))
        assert lines == {end: count for end, count in counts.items() if count}
        assert done["error_count"] == len(done["errors"])
        if attempt:
            assert (counts["created"], counts["updated"]) == (0, 0), done
            assert (done["products_created"], done["products_updated"]) == (0, 0)
