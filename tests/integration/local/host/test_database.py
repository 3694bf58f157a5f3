"""The embedded PostgreSQL server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.local.host.database import Server, start_server
from infra.local.host.errors import StartError


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start_server(tmp_path_factory.mktemp("database") / "cluster", durable=False)
    yield running
    running.stop()


def scalar(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return row[0]


def test_the_database_is_utf8_with_a_locale_that_knows_unicode(server: Server) -> None:
    assert scalar(server.url(), "SHOW server_encoding") == "UTF8"
    locale = "SELECT datlocprovider::text || ':' || datlocale FROM pg_database WHERE datname = current_database()"
    assert scalar(server.url(), locale) == "b:C.UTF-8"
    assert scalar(server.url(), "SELECT lower('ÉÀ')") == "éà"


def test_trigrams_know_chinese_letters(server: Server) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        row = connection.execute("SELECT cardinality(show_trgm('中文搜索')), uuidv7() IS NOT NULL").fetchone()

    assert row == (5, True)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("lock_timeout", "3s"),
        ("statement_timeout", "30s"),
        ("idle_in_transaction_session_timeout", "1min"),
        ("TimeZone", "UTC"),
    ],
)
def test_timeouts_hold_in_clones_too(server: Server, setting: str, value: str) -> None:
    name = f"clone_{setting.lower()}"
    server.create_database(name)

    assert scalar(server.url(name), f"SHOW {setting}") == value


def test_a_clone_has_what_its_template_has_and_changes_alone(server: Server) -> None:
    server.create_database("template")
    with psycopg.connect(server.url("template")) as connection:
        connection.execute("CREATE TABLE item AS SELECT 1 AS id")
    server.create_database("clone", template="template")
    with psycopg.connect(server.url("clone")) as connection:
        connection.execute("INSERT INTO item VALUES (2)")

    assert scalar(server.url("clone"), "SELECT count(*) FROM item") == 2
    assert scalar(server.url("template"), "SELECT count(*) FROM item") == 1


def test_loopback_tcp_needs_the_password(server: Server) -> None:
    assert scalar(server.url(tcp=True), "SELECT 1") == 1
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url(tcp=True).replace(server.password, "wrong"))


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()

    with pytest.raises(StartError, match="holds no PostgreSQL cluster"):
        start_server(tmp_path / "photos")


def test_a_server_dies_with_the_process_that_started_it_and_its_data_survives(tmp_path: Path) -> None:
    code = (
        "import sys, time, pathlib, psycopg\n"
        "from infra.local.host.database import start_server\n"
        "server = start_server(pathlib.Path(sys.argv[1]), durable=False)\n"
        "with psycopg.connect(server.url()) as connection: connection.execute('CREATE TABLE kept AS SELECT 7 AS x')\n"
        "print(server.process.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    starter = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "cluster")], stdout=subprocess.PIPE)
    assert starter.stdout is not None
    pid = int(starter.stdout.readline())
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    _wait_until_gone(pid)

    server = start_server(tmp_path / "cluster", durable=False)
    try:
        assert scalar(server.url(), "SELECT x FROM kept") == 7
    finally:
        server.stop()


def test_a_pid_file_that_names_somebody_elses_process_is_no_obstacle(tmp_path: Path) -> None:
    start_server(tmp_path / "cluster", durable=False).stop()
    (tmp_path / "cluster" / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path / 'cluster'}\n")

    server = start_server(tmp_path / "cluster", durable=False)
    try:
        assert scalar(server.url(), "SELECT 1") == 1
    finally:
        server.stop()


def _wait_until_gone(pid: int) -> None:
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").exists() and ") Z " in Path(f"/proc/{pid}/stat").read_text():
            return  # ended, and waits for init to take note
        time.sleep(0.05)
    raise AssertionError(f"process {pid} still runs")
