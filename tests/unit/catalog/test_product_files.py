"""Product files as tables: headers in two dialects, files of others, rows of any kind."""

from __future__ import annotations

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.domain import shopify_csv
from functions.catalog.domain.row_ends import RowEnd
from functions.catalog.domain.shopify_columns import COLUMNS, column
from functions.catalog.domain.shopify_csv import FileNotReadableError, read
from functions.catalog.domain.slugs import slug_of_handle, slug_problem

OLD = "Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src"
NEW = (
    "Title,URL handle,Description,Vendor,Tags,Published on online store,Option1 name,Option1 value,SKU,Price,"
    "Product image URL"
)


def refusal(header: str) -> str:
    with pytest.raises(FileNotReadableError) as error:
        read(f"{header}\n".encode())
    return "; ".join(problem.message for problem in error.value.problems)


def test_both_headers_name_the_same_columns_in_any_case() -> None:
    for names in (OLD, NEW, OLD.lower(), NEW.upper()):
        assert {column(name) for name in names.split(",")} == {column(name) for name in OLD.split(",")}
        file = read(f"{names}\n{','.join('x' * len(names.split(',')))}\n".encode())
        assert file.columns == {column(name) for name in OLD.split(",")}


def test_every_column_that_exports_write_is_read() -> None:
    assert read(",".join(COLUMNS).encode()).columns == set(COLUMNS)


def test_one_column_by_two_names_is_refused_by_both() -> None:
    assert "'Handle' and as 'URL handle'" in refusal("Handle,Title,URL handle")


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("ID,Type,SKU,Name,Published,Short description,Stock,Regular price,Categories,Images", "WooCommerce"),
        ("Handle,Title,Option1 Name,Option1 Value,SKU,COO,Location,Available,On hand", "Shopify inventory"),
        ("First Name,Last Name,Email,Accepts Email Marketing,Tags", "Shopify customer"),
        ("Name,Email,Financial Status,Lineitem name,Lineitem price", "Shopify order"),
        ("Product ID [Non Editable],Title,Description,SKU,Price,Stock", "Squarespace"),
        ("TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS", "Etsy"),
        ("handleId,fieldType,name,description,price", "Wix"),
        ("a,b,c", "no product file"),
        ("Title,Author,Publisher,Pages,Shelf", "no product file"),
        ("Title;Handle;Variant Price", "semicolons"),
        ("Title\tURL handle", "tabs"),
    ],
)
def test_a_file_of_another_kind_is_told_by_its_name(header: str, kind: str) -> None:
    message = refusal(header)
    assert kind in message
    assert "Title" in message or "commas" in message


def test_metafields_and_markets_do_not_make_it_a_file_of_somebody_else() -> None:
    header = "Title,Material (product.metafields.custom.material),Included / Italy,Price / Italy,Google Shopping / MPN"
    assert set(read(f"{header}\nPot,Clay,true,4,\n".encode()).products) == {"pot"}


def test_a_row_without_a_handle_has_the_one_of_its_title() -> None:
    file = read(b"Title,Price\nClay Pot,1\nClay Pot,2\nsearch,3\n,4\n")
    assert [(handle, len(rows)) for handle, rows in file.products.items()] == [("clay-pot", 2), ("product-search", 1)]
    assert [(row.number, row.end) for row in file.refused] == [(5, RowEnd.REFUSED)]


@given(st.text(max_size=40).filter(lambda text: bool(text.strip())))
def test_every_handle_has_a_slug_that_stays(handle: str) -> None:
    slug = slug_of_handle(handle)
    assert slug_problem(slug) is None
    assert slug_of_handle(slug) == slug
    assert slug == handle or slug_problem(handle) is not None


@pytest.mark.parametrize(
    ("handle", "slug"),
    [
        ("dryarmor\u2122-x", "dryarmor-x"),
        ("My Shirt", "my-shirt"),
        ("caf\u00e9-cup", "caf\u00e9-cup"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940"),
        ("heart-\u2764\ufe0f-mug", "heart-mug"),
        ("\u0130stanbul Kupa", "istanbul-kupa"),
        ("a_b", "a_b"),
    ],
)
def test_letters_of_every_script_stay_and_symbols_go(handle: str, slug: str) -> None:
    assert slug_of_handle(handle) == slug


@given(st.binary(max_size=300))
def test_any_bytes_are_a_file_or_refused(data: bytes) -> None:
    with suppress(FileNotReadableError):
        file = read(data)
        assert file.rows == len(file.refused) + sum(map(len, file.products.values()))


@given(st.text(alphabet='ab,"\n\r\x00', max_size=60))
def test_each_row_belongs_to_a_product_or_is_refused(body: str) -> None:
    file = read(f"Handle,Title,Variant Price\n{body}\nlast,Last,1\n".encode())
    assert file.rows == len(file.refused) + sum(map(len, file.products.values()))
    assert all(outcome.left_out and outcome.number >= 2 for outcome in file.refused)


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=5), max_size=8))
def test_whatever_a_table_holds_its_rows_are_counted(table: list[list[str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([["Handle", "Title", "Price"], *table])
    file = read(buffer.getvalue().encode("utf-8", "replace"))
    blank = sum(not any(shopify_csv.trimmed(cell) for cell in row) for row in table)
    assert file.rows == len(table) - blank
    assert file.rows == len(file.refused) + sum(map(len, file.products.values()))


def test_more_rows_than_memory_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shopify_csv, "MAX_ROWS", 3)
    with pytest.raises(FileNotReadableError, match="more than 3 rows"):
        read(b"Handle,Title\n" + b"pot,\n" * 4)
