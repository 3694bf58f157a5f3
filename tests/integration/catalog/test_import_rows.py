"""Wrong cells: each is left out and reported by row and column as a spreadsheet shows them, and stops nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.catalog.domain.limits import MAX_VARIANTS
from shared.contexts.catalog.models.products import Product, ProductImage, StockLevel, Variant
from tests.support.lambda_client import LambdaClient
from tests.support.product_files import ends, imported, product_file, report

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
        ("Option1 Value", "Large"),
        ("Gift Card", "true"),
        ("Gift Card", "perhaps"),
        ("Title", "x" * 256),
        ("Option2 Value", "Blue"),
        ("Handle", "a\x00b"),
        ("Handle", "x" * 256),
    ],
)
def test_a_product_that_cannot_do_without_a_cell_is_refused_and_stops_no_other_row(
    admin: LambdaClient, db: Session, column: str, value: str
) -> None:
    done = imported(admin, product_file(JUG, {**POT, column: value}, {**JUG, "Handle": "mug"}))
    assert done["status"] == "completed"
    assert (3, column) in places(done)
    assert {row for row, _ in places(done)} == {3}
    assert ends(done) == (2, 0, 0, 0, 1)
    assert slugs(db) == ["jug", "mug"]


def test_what_turns_the_direction_of_text_is_left_out_of_it_and_told(admin: LambdaClient, db: Session) -> None:
    written = {**POT, "Title": "Pot \u202egpj", "Vendor": "\u2066\u2069", "Body (HTML)": "<p>a&#x202e;b \u200f</p>"}
    done = imported(admin, product_file(written))
    assert ends(done) == (1, 0, 0, 0, 0)
    pot = db.query(Product).one()
    assert (pot.name, pot.vendor, pot.description) == ("Pot gpj", "", "<p>ab \u200f</p>")
    [line] = report(done)
    assert [note.partition(":")[0] for note in line["Notes"].splitlines()][:2] == ["Title", "Vendor"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Variant Compare At Price", "9.999"),
        ("Variant Grams", "heavy"),
        ("Variant Grams", "-5"),
        ("Variant Inventory Qty", "1.5"),
        ("Variant Inventory Qty", "99999999999"),
        ("Variant Inventory Policy", "maybe"),
        ("Variant Requires Shipping", "yes"),
        ("Variant Taxable", "1"),
        ("Variant SKU", "x" * 256),
        ("Variant Barcode", "a\x00b"),
        ("Variant Image", "http://e.com/a.jpg"),
        ("Image Src", "ftp://e.com/a.jpg"),
        ("Published", "no"),
        ("Status", "sold"),
        ("Body (HTML)", "x" * 100_001),
        ("Vendor", "x" * 256),
        ("Type", "x" * 201),
        ("Tags", "x" * 256),
        ("SEO Title", "a\x00b"),
        ("SEO Description", "x" * 1001),
        ("Category Handle", "a/b"),
    ],
)
def test_a_cell_that_a_product_can_do_without_is_left_out_alone(
    admin: LambdaClient, db: Session, column: str, value: str
) -> None:
    file = product_file(JUG, {**POT, "Option1 Name": "Size", "Option1 Value": "S", column: value})
    done = imported(admin, file)
    assert places(done) == [(3, column)]
    assert ends(done) == (1, 0, 0, 1, 0)
    assert (slugs(db), sizes(db)) == (["jug", "pot"], {"S": 999})
    again = imported(admin, file)
    assert (again["products_unchanged"], places(again), ends(again)) == (2, [(3, column)], (0, 0, 1, 1, 0))


def test_nobody_knows_whether_a_product_is_on_sale_so_it_is_not(admin: LambdaClient, db: Session) -> None:
    imported(admin, product_file({**POT, "Published": "no"}))
    assert db.query(Product).one().is_active is False


@pytest.mark.parametrize("column", ["Image Position", "Image Alt Text"])
def test_a_picture_can_do_without_its_place_and_its_text(admin: LambdaClient, db: Session, column: str) -> None:
    picture = {"Handle": "pot", "Image Src": "https://e.com/1.jpg", column: "x" * 600}
    done = imported(admin, product_file(POT, picture))
    assert (places(done), ends(done)) == ([(3, column)], (1, 0, 0, 1, 0))
    assert db.query(ProductImage).count() == 1


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


def test_wrong_product_cells_stay_what_they_are_and_the_rest_is_updated(admin: LambdaClient, db: Session) -> None:
    imported(admin, product_file(SHIRT, MEDIUM))
    done = imported(admin, product_file({**SHIRT, "Title": "Blouse", "Published": "x", "Variant Price": "11"}, MEDIUM))
    assert places(done) == [(2, "Published")]
    assert (db.query(Product).one().name, db.query(Product).one().is_active) == ("Blouse", True)
    assert sizes(db) == {"S": 1100, "M": 1200}
    assert ends(done) == (0, 0, 1, 1, 0)


def test_a_product_that_cannot_be_made_says_which_rows_go_with_it(admin: LambdaClient, db: Session) -> None:
    done = imported(admin, product_file({**SHIRT, "Title": ""}, MEDIUM, POT))
    assert places(done) == [(2, "Title"), (3, None)]
    assert "row 2" in done["errors"][1]["message"]
    assert ends(done) == (1, 0, 0, 0, 2)
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
    assert sizes(db) == {"S": 1000, "L": 1400, "M": 1200}
    assert ends(done) == (2, 0, 0, 1, 1)


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
    assert sizes(db) == {"S": 1000, "M": 1200}
    assert sorted(sku or "" for (sku,) in db.query(Variant.sku)) == ["", "1", "1", "2"]
    assert ends(done) == (3, 0, 0, 1, 0)


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


def test_a_product_has_at_most_as_many_variants_as_it_may_have(admin: LambdaClient, db: Session) -> None:
    sizes_of_it = ({**MEDIUM, "Variant SKU": "", "Option1 Value": f"M{n}"} for n in range(MAX_VARIANTS))
    done = imported(admin, product_file(SHIRT, *sizes_of_it))
    assert places(done) == [(MAX_VARIANTS + 2, None)]
    assert len(sizes(db)) == MAX_VARIANTS


def test_rows_are_counted_as_a_spreadsheet_counts_them(admin: LambdaClient) -> None:
    """A cell with line breaks is one row, an empty line is a row."""
    data = (
        b'Handle,Title,Variant Price,Body (HTML)\r\njug,Jug,1,"<p>\r\nlong\r\ntext</p>"\r\n\r\n,,,\r\n'
        b"pot,Pot,x,\r\nmug,Mug,2,\r\n"
    )
    done = imported(admin, data)
    assert (places(done), done["rows"], done["products_created"]) == ([(5, "Variant Price")], 3, 2)


def test_a_malformed_row_a_row_without_handle_and_one_too_long_are_reported(admin: LambdaClient, db: Session) -> None:
    data = b'Handle,Title,Variant Price\npot,"Po"t,1\n,,1\nmug,Mug,1,,x\ncup,Cup,1,,\n'
    done = imported(admin, data)
    assert places(done) == [(2, None), (3, "Handle"), (4, None)]
    assert slugs(db) == ["cup"]
    assert ends(done) == (1, 0, 0, 0, 3)


@pytest.mark.parametrize(
    ("data", "place", "hint"),
    [
        (b"Variant Price,Vendor\n1,V\n", (1, None), "Title, URL handle"),
        (b"ID,SKU,Name,Regular price\n1,a,Pot,1\n", (1, None), "WooCommerce"),
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
