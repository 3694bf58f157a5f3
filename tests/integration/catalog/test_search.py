"""Searching products: words, Chinese, slips, highlights, pages."""

from __future__ import annotations

import json
import random
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.catalog.domain.product_filters import ProductFilters
from functions.catalog.repository import search, search_index
from functions.catalog.service import search_rebuild
from shared.clients import database
from shared.contexts.catalog.models.products import Product
from shared.search import query as search_query
from shared.search import terms as search_terms
from tests.factories import catalog
from tests.support.lambda_client import Context, LambdaClient
from tests.support.product_files import ROOT, STORE_FILES, imported, product_file, store_file
from tests.support.statements import recorded

SEARCH = "/api/v1/products/search"


def product(db: Session, name: str, description: str = "", **options: Any) -> Product:
    """A product that is in the index."""
    made = catalog.product(db, name, **options)
    made.description = description
    db.commit()
    with database.transaction() as connection:
        search_index.index(connection, [made.id])
    return made


def names(guest: LambdaClient, q: str, **query: Any) -> list[str]:
    reply = guest.get(SEARCH, query={"q": q, **query})
    assert reply.status == 200, reply.body
    return [item["name"] for item in reply.json()["items"]]


def test_all_words_are_found_wherever_they_stand(guest: LambdaClient, db: Session) -> None:
    product(db, "Clay Plant Pot", "<p>Frost-proof <b>terra</b>cotta &amp; clay</p>", vendor="Hearth", tags=["garden"])
    product(db, "Clay Jug", vendor="Hearth")
    for q in ("clay pot", "POTS clay", "hearth pot", "garden", "terracotta", "frost proof", "hearth's pot"):
        assert names(guest, q) == ["Clay Plant Pot"], q
    assert set(names(guest, "clay")) == {"Clay Plant Pot", "Clay Jug"}
    assert names(guest, "clay shoe") == []
    assert names(guest, "?!") == []


def test_a_sku_finds_its_product(guest: LambdaClient, admin: LambdaClient) -> None:
    document = {"name": "Pot", "currency": "USD", "variants": [{"price_amount": 1, "sku": "CLAY-POT/12"}]}
    assert admin.post("/api/v1/admin/products", json=document).status == 201
    assert names(guest, "clay-pot/12") == ["Pot"]


def test_a_barcode_finds_its_product(guest: LambdaClient, admin: LambdaClient) -> None:
    for name, barcode in (("Jug", "4012345678901"), ("Cup", "0 614141 007349"), ("Book", "978-3-16-148410-0")):
        document = {"name": name, "currency": "USD", "variants": [{"price_amount": 1, "barcode": barcode}]}
        assert admin.post("/api/v1/admin/products", json=document).status == 201
    for name, spellings in {
        "Jug": ("4012345678901", "4 012345 678901", "40123456789", "04012345678901"),
        "Cup": ("0614141007349", "614141007349", "00614141007349", "0 614141 007349"),
        "Book": ("9783161484100", "978-3-16-148410-0", "978-3-16", "9783161"),
    }.items():
        assert {q: names(guest, q) for q in spellings} == {q: [name] for q in spellings}
    assert names(guest, "23456") == []


def test_other_spellings_are_found_beside_what_is_written_so(guest: LambdaClient, db: Session) -> None:
    """Also where something is spelt as the query is: that comes first."""
    product(db, "Hi-Fi Tuner", "<p>Fits a 19 inch rack, weighs 3½ ㎏</p>")
    product(db, "Hifi Stand")
    product(db, "ＭＫ-２ Kit")
    product(db, "Pixel 9a")
    product(db, "ガラス・ティーポット")
    product(db, "Bolt M6 × 30")
    for q, expected in {
        "hifi": ["Hifi Stand", "Hi-Fi Tuner"],
        "hi-fi": ["Hi-Fi Tuner", "Hifi Stand"],
        "hi fi tuner": ["Hi-Fi Tuner"],
        "19inch 1/2": ["Hi-Fi Tuner"],
        "3½kg": ["Hi-Fi Tuner"],
        "mk2": ["ＭＫ-２ Kit"],
        "pixel9a": ["Pixel 9a"],
        "がらすてぃーぽっと": ["ガラス・ティーポット"],
        "ｶﾞﾗｽ": ["ガラス・ティーポット"],
        "m6x30": ["Bolt M6 × 30"],
    }.items():
        reply = guest.get(SEARCH, query={"q": q}).json()
        assert ([item["name"] for item in reply["items"]], reply["exact"]) == (expected, True), q
        assert "<mark>" in str(reply["items"][0]["highlights"]), q


def test_a_name_counts_more_than_a_description(guest: LambdaClient, db: Session) -> None:
    product(db, "Shelf", "<p>Holds a lamp, a lamp and another lamp</p>")
    product(db, "Tray", tags=["lamp"])
    product(db, "Lamp")
    assert names(guest, "lamp") == ["Lamp", "Tray", "Shelf"]


@pytest.mark.parametrize(
    "q", ["青", "碗", "青瓷", "瓷盖", "盖碗", "青瓷盖碗", "龙泉", "防震礼盒", "150毫升", "碗 龙泉"]
)
def test_chinese_is_found_by_any_part(guest: LambdaClient, db: Session, q: str) -> None:
    product(db, "青瓷盖碗", "<p>龙泉青瓷，手工拉坯，容量 150 毫升。附防震礼盒。</p>")
    product(db, "白瓷茶杯")
    assert names(guest, q) == ["青瓷盖碗"]


def test_chinese_is_found_by_nothing_else(guest: LambdaClient, db: Session) -> None:
    product(db, "天气晴，气好")
    reply = guest.get(SEARCH, query={"q": "天气好"}).json()
    assert (reply["exact"], len(reply["items"])) == (False, 1)  # both pairs are there, but not one after the other
    assert names(guest, "瓷") == []


@pytest.mark.parametrize(
    ("q", "name"),
    [
        ("terracota", "Terracotta Pot"),
        ("teracota pot", "Terracotta Pot"),
        ("skilet", "Cast Iron Skillet"),
        ("ckillet iron", "Cast Iron Skillet"),
        ("lapm", "Brass Lamp"),
        ("the a la mente", "Thé à la menthe"),
        ("ironsyde", "Cast Iron Skillet"),
    ],
)
def test_slips_are_forgiven_where_nothing_is_spelt_like_that(
    guest: LambdaClient, db: Session, q: str, name: str
) -> None:
    product(db, "Terracotta Pot")
    product(db, "Cast Iron Skillet", vendor="Ironside")
    product(db, "Brass Lamp")
    product(db, "Thé à la menthe")
    reply = guest.get(SEARCH, query={"q": q}).json()
    assert [item["name"] for item in reply["items"]] == [name]
    assert reply["exact"] is False
    assert "<mark>" in reply["items"][0]["highlights"]["name"] or q == "ironsyde"


def test_what_is_spelt_right_is_not_mixed_with_what_is_alike(guest: LambdaClient, db: Session) -> None:
    product(db, "Coat")
    product(db, "Boat")
    reply = guest.get(SEARCH, query={"q": "boat"}).json()
    assert ([item["name"] for item in reply["items"]], reply["exact"]) == (["Boat"], True)


def test_highlights_mark_what_met_and_escape_all_else(guest: LambdaClient, db: Session) -> None:
    product(db, "Pot <script>alert(1)</script> & pots", "<p>Our <b>pot</b> &lt;img src=x onerror=alert(1)&gt;</p>")
    [item] = guest.get(SEARCH, query={"q": "pot"}).json()["items"]
    assert item["highlights"] == {
        "name": "<mark>Pot</mark> &lt;script&gt;alert(1)&lt;/script&gt; &amp; <mark>pots</mark>",
        "description": "Our <mark>pot</mark> &lt;img src=x onerror=alert(1)&gt;",
    }
    assert guest.get(SEARCH, query={"q": "pot", "fields": "name"}).json()["items"] == [{"name": item["name"]}]


def test_a_fragment_of_a_long_description_is_shown(guest: LambdaClient, db: Session) -> None:
    product(db, "壶", f"<p>{'before ' * 60}the 青瓷盖碗 {'after ' * 60}</p>")
    [item] = guest.get(SEARCH, query={"q": "盖碗"}).json()["items"]
    shown = item["highlights"]["description"]
    assert item["highlights"]["name"] == "壶"
    assert shown.startswith("…before")
    assert "青瓷<mark>盖碗</mark> after" in shown
    assert len(shown) < 220


def test_only_what_is_on_sale_is_found(guest: LambdaClient, admin: LambdaClient, db: Session) -> None:
    product(db, "Hidden Pot", is_active=False)
    sold = product(db, "Pot")
    assert names(guest, "pot") == ["Pot"]
    assert admin.delete(f"/api/v1/admin/products/{sold.id}").status == 204
    assert names(guest, "pot") == []
    assert db.execute(text("SELECT count(*) FROM product_search_documents")).scalar() == 0


def test_what_comes_on_sale_is_found(guest: LambdaClient, admin: LambdaClient, db: Session) -> None:
    hidden = product(db, "Pot", is_active=False)
    for version, active in ((1, True), (2, False)):
        change = {"version": version, "is_active": active}
        assert admin.patch(f"/api/v1/admin/products/{hidden.id}", json=change).status == 200
        assert names(guest, "pot") == (["Pot"] if active else [])


def test_filters_narrow_a_search(guest: LambdaClient, db: Session) -> None:
    garden = catalog.category(db, "Garden")
    pots = catalog.category(db, "Pots", parent=garden)
    product(db, "Dear Pot", amount=5000, category=pots, vendor="V", tags=["t"], options={"Size": ["S"]})
    product(db, "Cheap Pot", amount=100, stock=0)
    assert names(guest, "pot", category=garden.slug) == ["Dear Pot"]
    assert names(guest, "pot", category="none") == []
    for query in ({"price_min": 200}, {"vendor": "V"}, {"tag": "t"}, {"in_stock": "true"}, {"option.Size": "S"}):
        assert names(guest, "pot", **query) == ["Dear Pot"], query
    assert names(guest, "pot", in_stock="false") == ["Cheap Pot"]
    assert names(guest, "pot", rating_min=1) == []


@pytest.mark.parametrize("q", ["pot", "pto"])
def test_pages_together_are_the_whole_search(guest: LambdaClient, db: Session, q: str) -> None:
    made = {product(db, f"Pot {number}", "pot " * (number % 3)).name for number in range(9)}
    found: list[str] = []
    cursor = None
    while True:
        page = guest.get(SEARCH, query={"q": q, "limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        found += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        assert guest.get(SEARCH, query={"q": f"{q} x", "cursor": cursor}).json()["code"] == "invalid_cursor"
    assert (len(found), set(found)) == (9, made)


@pytest.mark.parametrize(
    "q", ["' OR 1=1 --", "%s", "\\", "a:* & !b", "<->", "(((", "'", "%(query)s", "a" * 100, "青" * 100, "\u200b", "́"]
)
def test_whatever_is_asked_is_answered(guest: LambdaClient, db: Session, q: str) -> None:
    product(db, "Pot")
    assert guest.get(SEARCH, query={"q": q}).status == 200


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "a" * 101}, {"q": "a", "sort": "price", "limit": 0}])
def test_a_search_without_a_query_is_refused(guest: LambdaClient, query: dict[str, str]) -> None:
    assert guest.get(SEARCH, query=query).status == 422


@settings(max_examples=60)
@given(
    run=st.text(alphabet="青瓷盖碗茶a ,", min_size=1, max_size=12),
    asked=st.text(alphabet="青瓷盖碗茶", min_size=1, max_size=4),
)
def test_the_database_finds_a_run_exactly_where_it_is_part_of_the_text(environment: None, run: str, asked: str) -> None:
    document = search_terms.Document()
    document.add(run, "A")
    row = (
        database.connection()
        .execute(
            "SELECT %s::tsvector @@ %s::tsquery AS met",
            (document.tsvector(), search_query.tsquery(search_query.query(asked))),
        )
        .fetchone()
    )
    assert row is not None
    assert row["met"] == (asked in run)


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_the_database_finds_any_text_by_itself(environment: None, words: str) -> None:
    document = search_terms.Document()
    document.add(words, "B")
    groups = search_query.query(words)
    row = (
        database.connection()
        .execute(
            "SELECT %s::tsvector @@ %s::tsquery AS met",
            (document.tsvector(), search_query.tsquery(groups)),
        )
        .fetchone()
    )
    assert row is not None
    assert row["met"] or not groups


def index_rows(db: Session) -> list[Any]:
    db.rollback()
    found = list(db.execute(text("SELECT product_id, name_terms::text, terms::text FROM product_search_documents")))
    return [sorted(found), sorted(db.execute(text("SELECT word FROM search_words")).scalars())]


def rebuild() -> None:
    from functions.catalog.handlers.rebuild_search import handler

    event = json.loads((ROOT / "events/catalog/rebuild_search.json").read_text())
    assert handler(event, Context())["next"] is None


class _Hasty(Context):
    def get_remaining_time_in_millis(self) -> int:
        return 0


def test_a_rebuild_that_runs_out_of_time_says_where_to_go_on(db: Session, environment: None) -> None:
    from functions.catalog.handlers.rebuild_search import handler

    ids = [catalog.product(db, f"Pot {number}").id for number in range(5)]
    assert search_rebuild.rebuild(None, lambda: False, batch=2) == (2, ids[1])
    assert handler({"after": str(ids[1])}, _Hasty()) == {"indexed": 3, "next": str(ids[4])}
    assert handler({"after": str(ids[1])}, Context()) == {"indexed": 3, "next": None}
    assert db.execute(text("SELECT count(*) FROM product_search_documents")).scalar() == 5


def test_a_rebuild_does_not_undo_a_change_that_it_met(db: Session, aws: object, database_url: str) -> None:
    """It waits for whoever writes the product, and reads what that wrote."""
    pot = product(db, "Pot")
    with psycopg.connect(database_url, row_factory=psycopg.rows.dict_row) as editor, ThreadPoolExecutor(1) as executor:
        editor.execute("UPDATE products SET name = 'Jug' WHERE id = %s", (pot.id,))
        search_index.index(editor, [pot.id])
        waiting = executor.submit(rebuild)
        time.sleep(0.3)
        assert not waiting.done()
        editor.commit()
        waiting.result(timeout=10)
    [[(_, name_terms, _)], words] = index_rows(db)
    assert (name_terms, words) == ("'jug':1A", ["jug"])


def test_every_writer_keeps_the_index_and_a_rebuild_makes_the_same(
    guest: LambdaClient, admin: LambdaClient, db: Session
) -> None:
    bowl = {"name": "青瓷盖碗", "currency": "CNY", "variants": [{"price_amount": 1}]}
    assert admin.post("/api/v1/admin/products", json=bowl).status == 201
    for name in STORE_FILES:
        imported(admin, store_file(name))
    made = admin.post(
        "/api/v1/admin/products", json={"name": "Pot", "currency": "USD", "variants": [{"price_amount": 1}]}
    ).json()
    url = f"/api/v1/admin/products/{made['id']}"
    assert admin.patch(url, json={"version": 1, "name": "Zebra Jug"}).status == 200
    replaced = {"version": 2, "name": "Zebra Vase", "currency": "USD", "variants": [{"price_amount": 1, "sku": "Z9"}]}
    assert admin.put(url, json=replaced).status == 200
    assert names(guest, "zebra z9") == ["Zebra Vase"]
    assert names(guest, "jug zebra") == []
    assert names(guest, "青瓷") == ["青瓷盖碗"]
    assert names(guest, "swift") == ["Swift Necklace"]
    imported(admin, product_file({"Handle": "swift-necklace", "Title": "Chain", "Variant Price": "1"}))
    assert names(guest, "swift") == []
    before = index_rows(db)
    assert len(before[0]) == db.query(Product).filter_by(is_active=True).count()
    rebuild()
    after = index_rows(db)
    assert after[0] == before[0]
    assert set(after[1]) <= set(before[1])  # words that no product has any more are gone
    db.execute(text("DELETE FROM product_search_documents"))
    db.commit()
    rebuild()
    assert index_rows(db) == after


def test_a_search_costs_one_statement_and_with_slips_three(guest: LambdaClient, db: Session) -> None:
    for number in range(5):
        product(db, f"Pot {number}")
    guest.get(SEARCH, query={"q": "pot"})
    with recorded() as statements:
        assert len(names(guest, "pot")) == 5
    assert len(statements) == 1
    with recorded() as statements:
        assert len(names(guest, "pto")) == 5
    assert len(statements) == 3


@pytest.fixture(scope="module")
def indexed(database_url: str) -> None:
    """Some thousand products in the index."""
    chance = random.Random(7)
    with psycopg.connect(database_url, autocommit=True, row_factory=psycopg.rows.dict_row) as connection:
        connection.execute("TRUNCATE products, search_words CASCADE")
        things = [*(f"Thing{chr(97 + n % 26) * (n // 26 + 1)}" for n in range(80)), "茶碗", "茶杯"]
        rows = [(f"p{n}", f"{chance.choice(things)} {chance.choice(things)} {n}") for n in range(5_000)]
        with connection.cursor().copy("COPY products (slug, name, currency, price_min, price_max) FROM STDIN") as sink:
            for slug, name in rows:
                sink.write_row((slug, name, "USD", 1, 1))
        search_index.rebuild(connection, after=None, limit=10_000)
        for table in ("products", "product_search_documents", "search_words", "variants", "stock_levels"):
            connection.execute(f"VACUUM ANALYZE {table}".encode())


@pytest.mark.parametrize("q", ["thingc", "茶杯", "茶碗", "thingb 17", "17"])
def test_no_search_reads_a_table_whole(indexed: None, environment: None, q: str) -> None:
    asked = search_query.tsquery(search_query.query(q))
    statement, parameters = search.search_statement(asked, ProductFilters(), limit=21, after=None)
    connection = database.connection()
    row = connection.execute(b"EXPLAIN (FORMAT JSON) " + statement, parameters).fetchone()
    assert row is not None
    plan = str(row["QUERY PLAN"])
    assert "ix_product_search_documents_terms" in plan
    assert "ix_product_search_documents_name_terms" in plan
