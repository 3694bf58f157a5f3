"""Servers under load: the whole local system, and the raw handler behind the same gateway."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.data import Database
from tests.benchmarks.stage import ROOT
from tests.support.cloud import ENVIRONMENT

START_SECONDS: Final = 150


@contextlib.contextmanager
def system(database: Database, *, processes: int) -> Iterator[dict[str, Any]]:
    """The packaged system on a generated database; what it says of itself when it is ready."""
    arguments = ["--quiet", "--packaged", "--max-processes", str(processes), "--port", "0"]
    # Callers stand for many visitors, so the gateway trusts what they say of themselves; and their tokens.
    arguments += ["--function-env", "TRUSTED_PROXY_HOPS=1"]
    for name in ("JWT_ISSUER", "JWT_AUDIENCE"):
        arguments += ["--function-env", f"{name}={ENVIRONMENT[name]}"]
    with _started("infra.local", arguments, database) as ready:
        yield ready


@contextlib.contextmanager
def raw_handler(database: Database, *, processes: int) -> Iterator[dict[str, Any]]:
    """psycopg and pydantic alone, in as many processes: its `address`."""
    with _started("tests.benchmarks.raw_gateway", ["--max-processes", str(processes)], database) as ready:
        yield ready


@contextlib.contextmanager
def _started(module: str, arguments: Sequence[str], database: Database) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory(prefix="sharestack-bench-") as folder:
        ready_file, output = Path(folder, "ready.json"), Path(folder, "output.txt")
        command = [sys.executable, "-m", module, *arguments, "--home", f"{folder}/home"]
        with output.open("wb") as stream:
            process = subprocess.Popen(
                [*command, "--ready-file", str(ready_file)],
                cwd=ROOT, stdout=stream, stderr=stream, env={**os.environ, "DATABASE_URL": database.url},
            )  # fmt: skip
        try:
            deadline = time.monotonic() + START_SECONDS
            while not ready_file.exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{module} did not start:\n{output.read_text()[-3000:]}")
                time.sleep(0.1)
            yield json.loads(ready_file.read_text())
        finally:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()
