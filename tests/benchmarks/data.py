"""The databases that benchmarks run on: PostgreSQL 18 as `make run` starts it, with a large shop and small ones."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from infra.local.cluster import SUPERUSER
from infra.local.database import Server, start_server
from shared.migrations import runner
from tests.benchmarks.generate import BENCHMARK, PEERS, SMALL, Size, generate
from tests.benchmarks.world import World

SIZES: Final = {"small": SMALL, "peers": PEERS, "large": BENCHMARK}


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


@contextmanager
def databases(kept_in: Path | None, names: tuple[str, ...] = ("small", "large")) -> Iterator[dict[str, Database]]:
    """Generated databases by name; ended at the end, and deleted unless `kept_in` names a folder to keep them in.

    What an earlier run kept is used as that run left it.
    """
    folder = kept_in or Path(tempfile.mkdtemp(prefix="sharestack-bench-"))
    log = folder / "postgres.log"
    server = start_server(folder / "postgres", log=log)
    try:
        for name in names:
            _generate(server, folder / f"{name}.done", name, SIZES[name])
        yield {name: Database(name, server, log, World.open(server.url(name), SIZES[name])) for name in names}
    finally:
        server.stop()
        if kept_in is None:
            shutil.rmtree(folder, ignore_errors=True)


def _generate(server: Server, stamp: Path, name: str, size: Size) -> None:
    if not stamp.exists():
        started = time.monotonic()
        server.drop_database(name)
        server.create_database(name)
        runner.upgrade(server.url(name))
        generate(server.url(name, user=SUPERUSER), size)
        stamp.touch()
        print(f"generated {size} in {time.monotonic() - started:.0f} s", flush=True)
    runner.upgrade(server.url(name))
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        connection.execute("ANALYZE")
