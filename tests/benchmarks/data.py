"""The databases that benchmarks run on: PostgreSQL 18 as `make run` starts it, with a large shop and a small one."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psycopg

from infra.local.host.cluster import SUPERUSER
from infra.local.host.database import Server, start_server
from shared.migrations import runner
from tests.benchmarks.generate import Size, generate
from tests.benchmarks.world import World


@dataclass(frozen=True)
class Database:
    """A generated database."""

    name: str
    server: Server
    log: Path
    world: World

    @property
    def url(self) -> str:
        """For functions."""
        return self.server.url(self.name)

    @property
    def owner_url(self) -> str:
        """For a superuser."""
        return self.server.url(self.name, user=SUPERUSER)


class Shops:
    """Generated databases by name, each made when it is first needed. Use it as a context manager.

    They are deleted at the end unless `kept_in` names a folder; what an earlier run kept is used as that run left it.
    """

    def __init__(self, sizes: Mapping[str, Size], kept_in: Path | None) -> None:
        self._sizes = sizes
        self._kept = kept_in is not None
        self._folder = kept_in or Path(tempfile.mkdtemp(prefix="sharestack-bench-"))
        self._databases: dict[str, Database] = {}

    def __enter__(self) -> Self:
        self._log = self._folder / "postgres.log"
        self._server = start_server(self._folder / "postgres", log=self._log)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()
        if not self._kept:
            shutil.rmtree(self._folder, ignore_errors=True)

    def database(self, name: str) -> Database:
        """The database of that name."""
        if name not in self._databases:
            size = self._sizes[name]
            _generate(self._server, self._folder / f"{name}.done", name, size)
            world = World.open(self._server.url(name), size)
            self._databases[name] = Database(name, self._server, self._log, world)
        return self._databases[name]


def _generate(server: Server, stamp: Path, name: str, size: Size) -> None:
    if not stamp.exists() or stamp.read_text() != str(size):
        stamp.unlink(missing_ok=True)
        started = time.monotonic()
        server.drop_database(name)
        server.create_database(name)
        runner.upgrade(server.url(name))
        generate(server.url(name, user=SUPERUSER), size)
        stamp.write_text(str(size))
        print(f"generated {size} in {time.monotonic() - started:.0f} s", flush=True)
    runner.upgrade(server.url(name))
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        connection.execute("ANALYZE")
