"""Each table is written by the context that owns it: the one in whose `shared/contexts/<context>/` its model stands;
others read it through the owner's views.

Every string of the sources that is SQL is read, so a new writer or reader shows up wherever it stands.
"""

from __future__ import annotations

import psycopg
import pytest

from shared.tables import everything
from shared.views import views
from tests.support.sql_sources import ROOT, Access, every_read, every_write, owners, reads_in, writes_in

# Who else writes a table, and why.
ALLOWED = {
    # Machinery of the edge; the tables belong to operations, which also empties them.
    "shared/outbox.py": {"outbox_events"},
    "shared/audit.py": {"audit_entries"},
    "shared/web/idempotency.py": {"idempotency_keys"},
}

# Who else reads a table. This list only gets shorter.
ALLOWED_READS = {
    # Machinery of the edge, which writes these as well.
    "shared/outbox.py": {"outbox_events"},
    "shared/web/idempotency.py": {"idempotency_keys"},
    "shared/keys.py": {"service_keys", "signing_keys"},
}


def test_every_table_has_an_owner_that_exists() -> None:
    assert set(owners()) == set(everything().tables)
    for context in set(owners().values()):
        assert (ROOT / "functions" / context).is_dir()


def is_foreign(access: Access, owner: dict[str, str]) -> bool:
    """Whether a context's table is touched outside of the context."""
    context = owner.get(access.relation)
    return context is not None and not access.file.startswith((f"functions/{context}/", f"shared/contexts/{context}/"))


def test_a_table_is_written_by_its_owner_only() -> None:
    owner = owners()
    strangers = [
        str(write)
        for write in every_write()
        if is_foreign(write, owner) and write.relation not in ALLOWED.get(write.file, set())
    ]
    assert strangers == []


def test_a_table_is_read_by_its_owner_only() -> None:
    """Others read the owner's views (`shared/contexts/<owner>/views.py`)."""
    owner = owners()
    strangers = [
        str(read)
        for read in every_read()
        if is_foreign(read, owner) and read.relation not in ALLOWED_READS.get(read.file, set())
    ]
    assert strangers == []


def test_every_exception_is_used() -> None:
    for allowed, accesses in ((ALLOWED, every_write()), (ALLOWED_READS, every_read())):
        used = {(access.file, access.relation) for access in accesses}
        stated = {(file, table) for file, tables in allowed.items() for table in tables}
        assert sorted(stated - used) == [], "an exception that nothing needs any more"


def test_no_name_in_a_statement_hides_a_table_or_a_view() -> None:
    """A view is named after its context, so that nobody takes it for a table."""
    assert set(views()) & set(owners()) == set()
    others = [name for name, (context, _) in views().items() if not name.startswith(f"{context}_")]
    assert others == [NAMED_BY_DOCUMENT]


NAMED_BY_DOCUMENT = "post_stats"
"""Document 001 names it. It counts posts' rows, for whoever compares the kept counts with them."""
MATERIALIZED_READS = """
SELECT DISTINCT read.relname AS name FROM pg_class m JOIN pg_rewrite r ON r.ev_class = m.oid
JOIN pg_depend d ON d.objid = r.oid JOIN pg_class read ON read.oid = d.refobjid
WHERE m.relkind = 'm' AND read.relkind = 'v'
"""


def test_every_view_is_read_by_another_context(database_url: str) -> None:
    """By its code, by a published module (`shared/contexts/<owner>/`), which runs with the role of who calls it, or by
    a materialized view, which a migration makes.
    """
    read = {
        access.relation
        for access in every_read()
        if is_foreign(access, {name: context for name, (context, _) in views().items()})
        or access.file.startswith("shared/contexts/")
    }
    with psycopg.connect(database_url) as connection:
        read |= {name for (name,) in connection.execute(MATERIALIZED_READS)}
    assert set(views()) - read == {NAMED_BY_DOCUMENT}


def test_every_table_but_the_service_keys_is_written_by_somebody() -> None:
    """So that a writer that this test does not see would be missed; service keys are made by their migration."""
    assert set(owners()) - {write.relation for write in every_write()} == {"service_keys"}


@pytest.mark.parametrize(
    ("source", "table"),
    [
        ('"INSERT INTO orders (id) VALUES (1)"', "orders"),
        ('"""\\nWITH x AS (DELETE\\n  FROM orders) SELECT 1"""', "orders"),
        ('"UPDATE " "orders SET id = 1"', "orders"),
        ('f"UPDATE {table} SET id = 1"', "{}"),
        ('sql.SQL("INSERT INTO {name} VALUES (1)")', "{name}"),
        ('"UPDATE ONLY \\"orders\\" SET id = 1"', "orders"),
        ('"TRUNCATE TABLE orders"', "orders"),
        ('"COPY orders FROM STDIN"', "orders"),
    ],
)
def test_the_scan_sees_every_kind_of_write(source: str, table: str) -> None:
    assert [write.relation for write in writes_in("x.py", f"statement = {source}")] == [table]


@pytest.mark.parametrize(
    "source",
    [
        '"SELECT 1 FROM orders FOR UPDATE OF orders SKIP LOCKED"',
        '"SELECT 1 FROM orders FOR NO KEY UPDATE"',
        '"SELECT 1 FROM orders ORDER BY id LIMIT 1 FOR UPDATE"',
    ],
)
def test_the_scan_takes_no_lock_for_a_write(source: str) -> None:
    assert writes_in("x.py", f"statement = {source}") == []


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("SELECT 1 FROM orders", ["orders"]),
        ("SELECT 1 FROM orders o, payments AS p, refunds WHERE true", ["orders", "payments", "refunds"]),
        ('SELECT 1 FROM "orders" LEFT JOIN payments p ON true', ["orders", "payments"]),
        ("SELECT 1 FROM LATERAL (SELECT 1 FROM orders) x, payments p", ["orders", "payments"]),
        ("SELECT 1 FROM unnest(%s) AS w(id), orders", ["orders"]),
        ("DELETE FROM review_media m USING reviews r WHERE true", ["review_media", "reviews"]),
        ("UPDATE returns t SET status = 'x' FROM refunds r", ["refunds"]),
        ("SELECT EXISTS (SELECT FROM orders)", ["orders"]),
        ("SELECT extract(year FROM created_at), a IS DISTINCT FROM b.c", ["created_at"]),
    ],
)
def test_the_scan_sees_every_kind_of_read(text: str, relations: list[str]) -> None:
    assert [read.relation for read in reads_in("x.py", f"statement = {text!r}")] == relations
