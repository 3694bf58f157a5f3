"""Wrong rows: each is reported by row and column as a spreadsheet shows them, and stops nothing but what it says."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.models.catalog import Product, ProductImage, StockLevel, Variant
from tests.support.lambda_client import LambdaClient
from tests.support.product_files import imported, product_file

POT = {"Handle": "pot", "Title": "Pot", "Variant Price": "9.99"}
JUG = {"Handle": "jug", "Title": "Jug", "Variant Price": "5"}
SHIRT = {"Handle": "shirt", "Title": "Shirt", "Option1 Name": "Size", "Option1 Value": "S", "Variant Price": "10"}
MEDIUM = {"Handle": "shirt", "Option1 Value": "M", "Variant Price": "12"}
LARGE = {"Handle": "shirt", "Option1 Value": "L", "Variant Price": "14"}


def places(done: dict[str, Any]) -> list[tuple[int, str | None]]:
    return [(error["row"], error["column"]) for error in done["errors"]]


def slugs(db: Session) -> list[str]:
    return sorted(slug for (slug,) in db.query(Product.slug))


def sizes(db: Session) -> dict[str, int]:
    db.expire_all()
    live = db.query(Variant).filter(Variant.deleted_at.is_(None)).order_by(Variant.position)
    return {variant.option_values[0]: variant.price_amount for variant in live if variant.option_values}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Variant Price", ""),
        ("Variant Price", "free"),
        ("Variant Price", "-1"),
        ("Variant Price", "9.999"),
        ("Variant Price", "1,000.00"),
        ("Variant Price", "1e3"),
        ("Variant Price", "NaN"),
        ("Variant Price", "٣"),
        ("Variant Price", "9" * 15),
        ("Variant Compare At Price", "9.999"),
        ("Variant Grams", "heavy"),
        ("Variant Grams", "-5"),
        ("Variant Inventory Qty", "1.5"),
        ("Variant Inventory Qty", "-1"),
        ("Variant Inventory Qty", "99999999999"),
        ("Variant Inventory Policy", "maybe"),
        ("Variant Requires Shipping", "yes"),
        ("Variant Taxable", "1"),
        ("Variant SKU", "x" * 256),
        ("Variant Image", "http://e.com/a.jpg"),
        ("Option1 Value", "Large"),
        ("Gift Card", "true"),
        ("Gift Card", "perhaps"),
        ("Published", "no"),
        ("Status", "sold"),
        ("Title", "x" * 256),
        ("Body (HTML)", "x" * 100_001),
        ("Vendor", "x" * 256),
        ("Type", "x" * 201),
        ("Tags", "x" * 256),
        ("SEO Title", "a\x00b"),
        ("Option2 Value", "Blue"),
        ("Handle", "a b"),
        ("Handle", "a\x00b"),
        ("Handle", "0199c0de-0000-7000-8000-000000000001"),
        ("Handle", "x" * 256),
    ],
)
def test_a_wrong_cell_is_named_and_stops_no_other_row(
    admin: LambdaClient, db: Session, column: str, value: str
) -> None:
    done = imported(admin, product_file(JUG, {**POT, column: value}, {**JUG, "Handle": "mug"}))
    assert done["status"] == "completed"
    assert (3, column) in places(done)
    assert {row for row, _ in places(done)} == {3}
    assert slugs(db) == ["jug", "mug"]


def test_a_wrong_variant_is_left_out_and_the_others_are_imported(admin: LambdaClient, db: Session) -> None:
    done = imported(admin, product_file(SHIRT, {**MEDIUM, "Variant Price": "x"}, LARGE))
    assert places(done) == [(3, "Variant Price")]
    assert done["products_created"] == 1
    assert sizes(db) == {"S": 1000, "L": 1400}


def test_a_wrong_first_row_stops_no_other_row_of_its_product(admin: LambdaClient, db: Session) -> None:
    done = imported(admin, product_file({**SHIRT, "Variant Price": "x"}, MEDIUM, LARGE))
    assert places(done) == [(2, "Variant Price")]
    assert sizes(db) == {"M": 1200, "L": 1400}


def test_nothing_is_removed_from_a_product_of_which_a_row_is_wrong(admin: LambdaClient, db: Session) -> None:
    imported(admin, product_file(SHIRT, MEDIUM, LARGE))
    imported(admin, product_file({**SHIRT, "Variant Price": "11"}, {**MEDIUM, "Variant Price": "x"}))
    assert sizes(db) == {"S": 1100, "M": 1200, "L": 1400}
    imported(admin, product_file(SHIRT, MEDIUM))
    assert sizes(db) == {"S": 1000, "M": 1200}


def test_wrong_product_cells_leave_the_product_and_update_its_variants(admin: LambdaClient, db: Session) -> None:
    imported(admin, product_file(SHIRT, MEDIUM))
    done = imported(admin, product_file({**SHIRT, "Title": "Blouse", "Published": "x", "Variant Price": "11"}, MEDIUM))
    assert places(done) == [(2, "Published")]
    assert db.query(Product).one().name == "Shirt"
    assert sizes(db) == {"S": 1100, "M": 1200}


def test_a_product_that_cannot_be_made_says_which_rows_go_with_it(admin: LambdaClient, db: Session) -> None:
    done = imported(admin, product_file({**SHIRT, "Title": ""}, MEDIUM, POT))
    assert places(done) == [(2, "Title"), (2, None)]
    assert "3" in done["errors"][1]["message"]
    assert slugs(db) == ["pot"]


def test_rows_of_a_product_need_not_stand_together_nor_begin_with_its_title(admin: LambdaClient, db: Session) -> None:
    done = imported(admin, product_file(MEDIUM, POT, SHIRT, JUG, LARGE))
    assert done["errors"] == []
    assert sizes(db) == {"M": 1200, "S": 1000, "L": 1400}


def test_repeated_options_and_skus_are_reported(admin: LambdaClient, db: Session) -> None:
    done = imported(
        admin,
        product_file(
            {**SHIRT, "Variant SKU": "1"},
            {**MEDIUM, "Option1 Value": "S", "Variant SKU": "2"},
            {**LARGE, "Variant SKU": "1"},
            MEDIUM,
        ),
    )
    assert places(done) == [(3, "Option1 Value"), (4, "Variant SKU")]
    assert sizes(db) == {"S": 1000, "M": 1200}


def test_a_sku_of_another_product_of_the_vendor_is_reported(admin: LambdaClient, db: Session) -> None:
    done = imported(
        admin,
        product_file(
            {**POT, "Vendor": "V", "Variant SKU": "1"},
            {**SHIRT, "Vendor": "V", "Variant SKU": "2"},
            {**MEDIUM, "Variant SKU": "1"},
            {**JUG, "Vendor": "W", "Variant SKU": "1"},
        ),
    )
    assert places(done) == [(4, "Variant SKU")]
    assert slugs(db) == ["jug", "pot", "shirt"]
    assert sizes(db) == {"S": 1000}


def test_a_quantity_below_what_is_reserved_is_reported(admin: LambdaClient, db: Session) -> None:
    imported(admin, product_file({**SHIRT, "Variant Inventory Qty": "5"}, {**MEDIUM, "Variant Inventory Qty": "5"}))
    level = db.query(StockLevel).join(Variant).filter(Variant.price_amount == 1000).one()
    level.reserved = 3
    db.commit()
    done = imported(
        admin,
        product_file(
            {**SHIRT, "Title": "Blouse", "Variant Inventory Qty": "2"}, {**MEDIUM, "Variant Inventory Qty": "1"}
        ),
    )
    assert places(done) == [(2, "Variant Inventory Qty")]
    db.expire_all()
    assert sorted(level.on_hand for level in db.query(StockLevel)) == [1, 5]
    assert db.query(Product).one().name == "Blouse"


def test_a_wrong_image_takes_no_other_away(admin: LambdaClient, db: Session) -> None:
    def urls() -> list[str]:
        db.expire_all()
        return [image.url[-5:] for image in db.query(ProductImage).order_by(ProductImage.position)]

    def images(*named: str) -> bytes:
        rows = [{**POT, "Image Src": named[0]}, *({"Handle": "pot", "Image Src": name} for name in named[1:])]
        return product_file(*rows)

    imported(admin, images("https://e.com/1.jpg", "https://e.com/2.jpg"))
    assert places(imported(admin, images("https://e.com/3.jpg", "file:///2.jpg"))) == [(3, "Image Src")]
    assert urls() == ["3.jpg", "1.jpg", "2.jpg"]
    imported(admin, images("https://e.com/2.jpg"))
    assert urls() == ["2.jpg"]


def test_images_alone_leave_the_variants(admin: LambdaClient, db: Session) -> None:
    imported(admin, product_file(SHIRT, MEDIUM))
    done = imported(admin, product_file({"Handle": "shirt", "Image Src": "https://e.com/1.jpg"}))
    assert (done["errors"], done["products_updated"]) == ([], 1)
    assert sizes(db) == {"S": 1000, "M": 1200}
    assert db.query(ProductImage).count() == 1


def test_images_come_in_their_positions(admin: LambdaClient, db: Session) -> None:
    rows = [{"Handle": "pot", "Image Src": f"https://e.com/{n}.jpg", "Image Position": n} for n in ("3", "2", "1", "2")]
    assert imported(admin, product_file(POT, *rows))["errors"] == []
    assert [image.url[-5] for image in db.query(ProductImage).order_by(ProductImage.position)] == ["1", "2", "3"]


def test_a_product_has_at_most_a_hundred_variants(admin: LambdaClient, db: Session) -> None:
    done = imported(admin, product_file(SHIRT, *({**MEDIUM, "Option1 Value": f"M{n}"} for n in range(100))))
    assert places(done) == [(102, None)]
    assert len(sizes(db)) == 100


def test_rows_are_counted_as_a_spreadsheet_counts_them(admin: LambdaClient) -> None:
    """A cell with line breaks is one row, an empty line is a row."""
    data = (
        b'Handle,Title,Variant Price,Body (HTML)\r\njug,Jug,1,"<p>\r\nlong\r\ntext</p>"\r\n\r\n,,,\r\n'
        b"pot,Pot,x,\r\nmug,Mug,2,\r\n"
    )
    done = imported(admin, data)
    assert (places(done), done["rows"], done["products_created"]) == ([(5, "Variant Price")], 3, 2)


def test_a_malformed_row_a_row_without_handle_and_one_too_long_are_reported(admin: LambdaClient, db: Session) -> None:
    data = b'Handle,Title,Variant Price\npot,"Po"t,1\n,Jug,1\nmug,Mug,1,,x\ncup,Cup,1,,\n'
    done = imported(admin, data)
    assert places(done) == [(2, None), (3, "Handle"), (4, None)]
    assert slugs(db) == ["cup"]


@pytest.mark.parametrize(
    ("data", "place", "hint"),
    [
        (b"Handle,Variant Price\npot,1\n", (1, "Title"), "missing"),
        (b"Handle;Title;Variant Price\npot;Pot;1\n", (1, None), "semicolons"),
        (b"Handle\tTitle\tVariant Price\n", (1, None), "tabs"),
        (b"Handle,Title,Variant Price,Title\n", (1, "Title"), "twice"),
        ("Handle,Title,Variant Price\npot,T\u00f6pf,1\n".encode("latin-1"), (2, None), "UTF-8"),
        ("Handle,Title,Variant Price\n".encode("utf-16"), (1, None), "UTF-16"),
        (b"PK\x03\x04xlsx", (1, None), "spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_read_fails_whole_and_says_why(
    admin: LambdaClient, data: bytes, place: tuple[int, str | None], hint: str
) -> None:
    done = imported(admin, data)
    assert done["status"] == "failed"
    assert places(done) == [place]
    assert hint in done["errors"][0]["message"]
    assert done["finished_at"] is not None


def test_a_byte_order_mark_and_unknown_columns_are_taken(admin: LambdaClient, db: Session) -> None:
    file = product_file({**POT, "Product Category": "Home", "Status": "draft", "Cost per item": "3", "": "x"})
    done = imported(admin, b"\xef\xbb\xbf" + file)
    assert done["errors"] == []
    assert "The column 'Product Category' is not used" in done["notes"]
    assert db.query(Product).one().is_active is False


def test_formulas_and_markup_are_kept_as_plain_data(admin: LambdaClient, guest: LambdaClient) -> None:
    hostile = '=HYPERLINK("https://e.com","x")'
    imported(
        admin,
        product_file({**POT, "Title": hostile, "Vendor": "<b>V</b>", "Body (HTML)": "<script>x</script><p>ok</p>"}),
    )
    page = guest.get("/api/v1/products/pot").json()
    assert (page["name"], page["vendor"], page["description"]) == (hostile, "<b>V</b>", "<p>ok</p>")


def test_only_the_first_errors_are_kept_and_all_are_counted(admin: LambdaClient) -> None:
    done = imported(admin, product_file(*({**POT, "Handle": f"pot-{n}", "Variant Price": "x"} for n in range(620))))
    assert done["error_count"] == 620
    assert 500 <= len(done["errors"]) < 560


def test_prices_of_a_product_stay_in_its_currency(admin: LambdaClient, db: Session) -> None:
    imported(admin, product_file(POT))
    done = imported(admin, product_file(JUG, POT), currency="EUR")
    assert places(done) == [(3, "Variant Price")]
    assert sorted((product.slug, product.currency) for product in db.query(Product)) == [("jug", "EUR"), ("pot", "USD")]


def test_prices_have_the_places_of_their_currency(admin: LambdaClient, db: Session) -> None:
    assert places(imported(admin, product_file(POT), currency="JPY")) == [(2, "Variant Price")]
    assert imported(admin, product_file(JUG), currency="JPY")["errors"] == []
    assert db.query(Variant).one().price_amount == 5
