"""The role of a context may do in the database what the context's code does there, and nothing else.

A new statement fails here with the privilege that a new migration has to grant
(`docs/decisions/0043-database-roles.md`).
"""

from __future__ import annotations

import psycopg
import pytest

from infra.database_roles import OWNER, login_roles
from shared.tables import everything
from tests.support.database_grants import granted, needed, needed_by
from tests.support.database_logins import login

_, *CONTEXT_ROLES = login_roles()
APPEND_ONLY = ("ledger_transactions", "ledger_entries", "ledger_closings", "audit_entries")


def test_a_role_is_granted_what_the_code_of_its_context_does(database_url: str) -> None:
    needs, grants = needed(database_url), granted(database_url)
    missing = [
        f"GRANT {privilege} ON {name} TO {role}" for role in needs for privilege, name in needs[role] - grants[role]
    ]
    unused = [
        f"REVOKE {privilege} ON {name} FROM {role}" for role in needs for privilege, name in grants[role] - needs[role]
    ]
    assert sorted(missing + unused) == []


def test_every_context_whose_code_has_statements_has_a_role(database_url: str) -> None:
    assert set(needed(database_url)) == set(CONTEXT_ROLES)


@pytest.mark.parametrize("role", CONTEXT_ROLES)
def test_nobody_but_the_owner_changes_the_schema(role: str, database_url: str) -> None:
    for statement in (
        "CREATE TABLE mine ()",
        "CREATE SCHEMA mine",
        "ALTER TABLE products ADD COLUMN mine int",
        "DROP TABLE wishlist_items",
        "TRUNCATE idempotency_keys",
        "CREATE INDEX ON users (created_at)",
        "ALTER TABLE audit_entries DISABLE TRIGGER ALL",
        "SELECT make_order_partition(now())",
        f"SET ROLE {OWNER}",
        "DELETE FROM alembic_version",
    ):
        assert refused(login(database_url, role), statement), statement


@pytest.mark.parametrize("role", CONTEXT_ROLES)
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_ledger_and_the_audit_log_are_insert_only(table: str, role: str, database_url: str) -> None:
    columns = everything().tables[table].columns
    url = login(database_url, role)
    assert refused(url, f"DELETE FROM {table}")
    assert [column.name for column in columns if not refused(url, f"UPDATE {table} SET {column.name} = DEFAULT")] == []


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("media", "SELECT FROM orders"),
        ("media", "SELECT FROM payments"),
        ("media", "SELECT FROM users"),
        ("notifications", "SELECT FROM users"),
        ("notifications", "SELECT FROM ledger_entries"),
        ("discovery", "SELECT FROM orders"),
        ("analytics", "SELECT FROM orders"),
        ("analytics", "SELECT FROM identity_contacts"),
        ("catalog", "SELECT FROM payments"),
        ("ordering", "SELECT FROM login_sessions"),
        ("ordering", "INSERT INTO ledger_entries DEFAULT VALUES"),
        ("ordering", "UPDATE payments SET status = 'succeeded'"),
        ("payments", "UPDATE products SET sold_count = 0"),
        ("identity", "INSERT INTO orders DEFAULT VALUES"),
        ("identity", "DELETE FROM payments"),
        ("catalog", "UPDATE identity_contacts SET email = 'x'"),
        ("catalog", "SELECT FROM signing_keys FOR UPDATE"),
        ("discovery", "SELECT extend_order_partitions(now(), now())"),
        ("catalog", "REFRESH MATERIALIZED VIEW daily_sales"),
    ],
)
def test_a_context_is_refused_what_is_a_neighbour_s(role: str, statement: str, database_url: str) -> None:
    assert refused(login(database_url, f"{OWNER}_{role}"), statement)


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("notifications", "SELECT FROM identity_contacts"),
        ("catalog", "SELECT FROM identity_contacts FOR NO KEY UPDATE"),
        # What a neighbour's published use case writes in the caller's transaction.
        ("payments", "UPDATE stock_levels SET reserved = 0 WHERE false"),
        ("identity", "UPDATE orders SET user_id = NULL WHERE false"),
        ("payments", "INSERT INTO ledger_transactions (kind) SELECT 'charge' WHERE false"),
        ("media", "INSERT INTO audit_entries (action) SELECT '' WHERE false"),
        ("ordering", "SELECT extend_order_partitions(now(), now())"),
        ("ordering", "UPDATE orders SET status = 'paid' WHERE false"),
        ("analytics", "REFRESH MATERIALIZED VIEW CONCURRENTLY daily_sales"),
        ("discovery", "CREATE TEMPORARY TABLE offered ON COMMIT DROP AS SELECT FROM catalog_offers"),
    ],
)
def test_a_context_may_do_what_its_code_does(role: str, statement: str, database_url: str) -> None:
    with psycopg.connect(login(database_url, f"{OWNER}_{role}"), autocommit=True) as connection:
        connection.execute(statement.encode())


def test_a_new_table_is_nobody_s_but_the_owner_s(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("CREATE TABLE new_table (id int)")
        row = connection.execute("SELECT relacl FROM pg_class WHERE oid = 'new_table'::regclass").fetchone()
        connection.rollback()
    assert row == (None,)


def test_no_role_is_a_member_of_another(database_url: str) -> None:
    with psycopg.connect(database_url) as connection:
        statement = "SELECT count(*) FROM pg_auth_members WHERE roleid::regrole::text LIKE %s"
        assert connection.execute(statement, (f"{OWNER}%",)).fetchone() == (0,)


def refused(url: str, statement: str) -> bool:
    """Whether it is refused for want of a privilege, before anything else is wrong with it."""
    with psycopg.connect(url) as connection:
        try:
            connection.execute(statement.encode())
        except psycopg.errors.InsufficientPrivilege:
            return True
        except psycopg.Error:
            return False
        finally:
            connection.rollback()
    return False


RELATIONS = frozenset({"orders", "payments", "daily_sales"})


@pytest.mark.parametrize(
    ("source", "grants"),
    [
        ('"SELECT 1 FROM orders o JOIN payments p ON true"', {("SELECT", "orders"), ("SELECT", "payments")}),
        ('"INSERT INTO orders (id) VALUES (1)"', {("INSERT", "orders")}),
        ('"INSERT INTO orders (id) VALUES (1) RETURNING id"', {("INSERT", "orders"), ("SELECT", "orders")}),
        (
            '"INSERT INTO orders (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2"',
            {("INSERT", "orders"), ("SELECT", "orders"), ("UPDATE", "orders")},
        ),
        ('"DELETE FROM orders WHERE id = 1"', {("DELETE", "orders"), ("SELECT", "orders")}),
        (
            '"MERGE INTO orders o USING payments p ON true WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (id)"',
            {("SELECT", "orders"), ("SELECT", "payments"), ("DELETE", "orders"), ("INSERT", "orders")},
        ),
        (
            '"SELECT (SELECT 1 FROM payments) FROM orders FOR UPDATE"',
            {("SELECT", "orders"), ("SELECT", "payments"), ("LOCK", "orders")},
        ),
        (
            '"SELECT 1 FROM orders o JOIN payments p USING (id) FOR NO KEY UPDATE OF p"',
            {("SELECT", "orders"), ("SELECT", "payments"), ("LOCK", "payments")},
        ),
        (
            '"WITH a AS (SELECT 1 FROM orders FOR SHARE) SELECT 1 FROM payments"',
            {("SELECT", "orders"), ("SELECT", "payments"), ("LOCK", "orders")},
        ),
        ('"REFRESH MATERIALIZED VIEW {}"; VIEWS = ("daily_sales",)', {("MAINTAIN", "daily_sales")}),
        ('"FROM orders"; whole = f"SELECT 1 {statement} FOR UPDATE"', {("SELECT", "orders"), ("LOCK", "orders")}),
        ('"SELECT extend(now())"', {("EXECUTE", "extend")}),
    ],
)
def test_privileges_are_read_from_every_kind_of_statement(source: str, grants: set[tuple[str, str]]) -> None:
    assert needed_by(f"statement = {source}", RELATIONS, {"extend"}) == grants
