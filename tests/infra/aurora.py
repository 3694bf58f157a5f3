"""A database as Aurora has it: made by an administrator who is no superuser, with the C library's collation."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from infra.assemblies import ROOT
from infra.database_roles import OWNER, login_roles
from infra.local.host.account import Account, make_reachable, make_readable, server_account
from infra.local.host.cluster import SUPERUSER
from infra.local.host.database import DATABASE, Server, start_server
from tests.infra.deployment import Deployment

ADMINISTRATOR = "administrator"

# What RDS makes databases with (Aurora guide, "Collations supported in Aurora PostgreSQL").
_LOCALE = "en_US.UTF-8"


@dataclass(frozen=True)
class Aurora:
    """The server, whose one database has no schema yet, and the collation of that database."""

    server: Server
    collation: str

    def url(self, role: str = OWNER) -> str:
        return self.server.url(DATABASE, user=role)

    @contextmanager
    def logged_in(self, role: str) -> Iterator[psycopg.Connection]:
        with psycopg.connect(self.url(role), autocommit=True) as connection:
            yield connection


@contextmanager
def started(folder: Path) -> Iterator[Aurora]:
    """A server of its own: roles are the server's, and those of the tests' server exist already."""
    collation = _use_compiled_locale(ROOT / "build" / "locales", server_account(folder))
    server = start_server(folder / "cluster", durable=False)
    try:
        with psycopg.connect(server.url("postgres", user=SUPERUSER), autocommit=True) as superuser:
            _as_rds_does(superuser, collation)
        yield Aurora(server, collation)
    finally:
        server.stop()
        os.environ.pop("LOCPATH", None)


def _as_rds_does(superuser: psycopg.Connection, collation: str) -> None:
    superuser.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(DATABASE)))
    for role in login_roles():
        superuser.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    superuser.execute("CREATE ROLE rds_iam")
    superuser.execute(f"CREATE ROLE {ADMINISTRATOR} LOGIN CREATEROLE".encode())
    superuser.execute(f"GRANT rds_iam TO {ADMINISTRATOR} WITH ADMIN OPTION".encode())
    superuser.execute(
        sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 LOCALE_PROVIDER libc LOCALE {}").format(
            sql.Identifier(DATABASE), sql.Identifier(ADMINISTRATOR), sql.Literal(collation)
        )
    )


def _use_compiled_locale(folder: Path, account: Account) -> str:
    """The locale of Aurora, compiled once from the C library's own sources, for servers that start from now on; where
    these are not installed, one that every system has. It is the C library's, too, but sorts by code point.
    """
    if shutil.which("localedef") is None or not Path("/usr/share/i18n/locales/en_US").exists():
        return "C.UTF-8"
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=folder.name, dir=folder.parent))
        for source, name in (("en_US", _LOCALE), ("C", "C.UTF-8")):
            subprocess.run(["localedef", "-i", source, "-f", "UTF-8", str(draft / name)], check=True)
        try:
            draft.rename(folder)
        except OSError:  # another worker was faster
            shutil.rmtree(draft)
    make_reachable([folder], account)
    make_readable(folder, account)
    os.environ["LOCPATH"] = str(folder)  # `server_environment` passes it on
    return _LOCALE


def login_roles_statement(deployed: Deployment) -> str:
    """The SQL that a deployment runs by the Data API, as the administrator."""
    parts = deployed.only("Custom::AWS").properties["Create"]["Fn::Join"][1]
    call = json.loads("".join(part if isinstance(part, str) else "reference" for part in parts))
    assert call["parameters"]["database"] == DATABASE
    return str(call["parameters"]["sql"])
