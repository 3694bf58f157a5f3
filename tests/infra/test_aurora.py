"""The first deployment's database: it belongs to somebody else than who migrates it, and sorts as people do."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from infra.assemblies import ROOT
from infra.database_roles import OWNER, context_role, login_roles
from infra.database_settings import LIMITS
from shared import process
from shared.migrations import runner
from tests.factories import catalog
from tests.infra import aurora
from tests.infra.aurora import ADMINISTRATOR, Aurora
from tests.infra.deployment import Deployment
from tests.support.cloud import Cloud
from tests.support.lambda_client import Context, LambdaClient

HISTORY = runner.revisions()


@pytest.fixture(scope="module")
def prepared(dev: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aurora]:
    """With the login roles, made as a deployment makes them; twice, as an update of the stack does."""
    with aurora.started(tmp_path_factory.mktemp("aurora")) as server:
        with server.logged_in(ADMINISTRATOR) as administrator:
            for _ in range(2):
                administrator.execute(aurora.login_roles_statement(dev).encode())
        yield server


@pytest.fixture
def empty(prepared: Aurora) -> Iterator[Aurora]:
    """Without a schema."""
    yield prepared
    with prepared.logged_in(OWNER) as connection:
        known = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
        if known and known[0]:
            connection.execute("UPDATE alembic_version SET version_num = %s", (HISTORY[-1],))
    runner.downgrade(prepared.url(), "base")


@pytest.fixture
def migrated(empty: Aurora) -> Aurora:
    """At the newest revision."""
    runner.upgrade(empty.url())
    return empty


def test_the_database_belongs_to_the_administrator_and_sorts_by_the_c_library(prepared: Aurora) -> None:
    """So that the tests below cannot pass by a mistake of the fixture."""
    with prepared.logged_in(OWNER) as connection:
        known = "datdba::regrole::text, datlocprovider, datcollate"
        found = connection.execute(f"SELECT {known} FROM pg_database WHERE datname = current_database()".encode())
        assert found.fetchone() == (ADMINISTRATOR, "c", prepared.collation)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("ALTER DATABASE sharestack SET statement_timeout = '1s'")


def test_every_role_logs_in_with_tokens_and_the_owner_alone_makes_tables(migrated: Aurora) -> None:
    for role in login_roles():
        with migrated.logged_in(role) as connection:
            assert connection.execute("SELECT pg_has_role(current_user, 'rds_iam', 'member')").fetchone() == (True,)
            for statement in ("CREATE TABLE mine ()", "CREATE SCHEMA mine"):
                if role != OWNER:
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        connection.execute(statement.encode())
    with migrated.logged_in(context_role("catalog")) as connection:
        assert connection.execute("SELECT count(*) FROM products").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT password_hash FROM users")


def test_every_migration_goes_up_down_and_up_again(empty: Aurora) -> None:
    assert runner.upgrade(empty.url()) == (None, HISTORY[-1])
    assert runner.downgrade(empty.url(), "base") == (HISTORY[-1], None)
    assert runner.upgrade(empty.url()) == (None, HISTORY[-1])
    assert runner.drift(empty.url()) == []


def test_who_has_the_database_for_himself_has_the_limits_of_requests(migrated: Aurora) -> None:
    """A server of somebody's own has one role, and no parameter group."""
    with migrated.logged_in(OWNER) as connection:
        for name, value in LIMITS.items():
            assert connection.execute("SELECT setting FROM pg_settings WHERE name = %s", (name,)).fetchone() == (value,)


def test_code_that_is_older_than_the_schema_changes_nothing_and_says_so(migrated: Aurora, tmp_path: Path) -> None:
    """As after a canary that went back: CloudFormation has the version before migrate again."""
    shutil.copytree(ROOT / "shared", tmp_path / "shared", ignore=shutil.ignore_patterns("__pycache__"))
    [newest] = (tmp_path / "shared/migrations/versions").glob(f"{HISTORY[-1]}_*.py")
    newest.unlink()
    program = "import sys; from shared.migrations import runner; print(runner.upgrade(sys.argv[1]))"
    older = subprocess.run(
        [sys.executable, "-c", program, migrated.url()], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    *log, answer = older.stdout.strip().splitlines()
    assert answer == str((HISTORY[-1], HISTORY[-1]))
    [line] = [json.loads(line) for line in log]
    assert (line["level"], line["revision"]) == ("WARNING", HISTORY[-1])
    assert "newer" in line["message"]
    assert runner.drift(migrated.url()) == []


def test_the_migration_function_answers_that_the_schema_is_newer(
    migrated: Aurora, environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from functions.operations.handlers.migrate import handler

    monkeypatch.setenv("DATABASE_URL", migrated.url())
    process.reset()
    with migrated.logged_in(OWNER) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for action in ("upgrade", "status"):
        assert handler({"action": action}, Context()) == {
            "action": action,
            "before": "9999",
            "after": "9999",
            "pending": [],
            "newer": True,
        }
    with pytest.raises(ValueError, match="9999, which this version does not know"):
        handler({"action": "downgrade", "revision": HISTORY[0]}, Context())


NAMES = ("zebra", "Äpfel", "apple", "Zoo", "éclair", "Eclair", "中文书", "Ångström", "10 pots", "a-b", "ab", "A b")


@pytest.fixture
def shop(migrated: Aurora, aws: Cloud, monkeypatch: pytest.MonkeyPatch) -> LambdaClient:
    """The catalogue on that database, with products whose order people and code points do not agree about."""
    from functions.catalog.handlers.api import handler

    monkeypatch.setenv("DATABASE_URL", migrated.url())
    process.reset()
    engine = create_engine(migrated.url().replace("postgresql://", "postgresql+psycopg://", 1), poolclass=NullPool)
    with Session(engine) as db:
        for name in NAMES:
            catalog.product(db, name, vendor=f"{name} & Sons")
    engine.dispose()
    return LambdaClient(handler)


def walked(shop: LambdaClient, sort: str) -> list[str]:
    """Names of all products, three a page."""
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"sort": sort, "limit": "3"} | ({"cursor": cursor} if cursor else {})
        page = shop.get("/api/v1/products", query=query).json()
        found += [product["name"] for product in page["items"]]
        cursor = page["next_cursor"]
    return found


@pytest.mark.parametrize("sort", ["newest", "price", "-price", "name", "rating", "popular"])
def test_pages_hold_every_product_once_however_the_database_sorts(shop: LambdaClient, sort: str) -> None:
    assert sorted(walked(shop, sort)) == sorted(NAMES)


def letters(text: str) -> str:
    """Without case, accents and hyphens, which suggestions do not mind."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text.lower())))


@pytest.mark.parametrize("vendor", ["ä", "A", "中", "zo", "a-"])
def test_vendors_are_suggested_by_their_first_letters_however_the_database_sorts(
    shop: LambdaClient, vendor: str
) -> None:
    answer = shop.get("/api/v1/products/search/suggestions", query={"q": vendor}).json()
    suggested = [item["text"] for item in answer["items"] if item["kind"] == "vendor"]
    expected = [f"{name} & Sons" for name in NAMES if letters(name).startswith(letters(vendor))]
    assert len(suggested) == min(len(expected), 3)
    assert set(suggested) <= set(expected)
