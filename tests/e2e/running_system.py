"""Starts what `make run` starts, on a free port with a data folder of its own, and looks at it from outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psycopg
import pytest
from psycopg.rows import dict_row

from infra.manifests import manifests
from shared.manifest import Schedule

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 150
PACKAGED = os.environ.get("PACKAGED", "0") not in ("", "0")
VISIBILITY_SECONDS = 4
"""How soon a message that a dead worker held comes back; the deployed queues' own would be minutes."""

_OF_SCHEDULES = tuple(
    f"-{context}-{schedule.name.replace('_', '-')}-dead"
    for context, manifest in manifests().items()
    for schedule in manifest.of_kind(Schedule)
)


@dataclass
class RunningSystem:
    """A started system. `ready` is what it says of itself: addresses, credentials, database."""

    process: subprocess.Popen[bytes]
    ready: dict[str, Any]
    folder: Path
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.ready["address"], timeout=30)

    def sql(self, statement: str, *parameters: object) -> list[dict[str, Any]]:
        """Look into the database."""
        with psycopg.connect(self.ready["database_url"], row_factory=dict_row) as connection:
            return connection.execute(statement.encode(), parameters).fetchall()

    def mail_to(self, address: str) -> list[dict[str, Any]]:
        """What SES accepted for this address."""
        everything = self.http.get("/_local/mail", headers={"Accept": "application/json"}).json()
        return [mail for mail in everything if address in mail["to"]]

    def stripe_control(self, method: str, path: str, document: dict[str, Any] | None = None) -> Any:
        """Tell the Stripe simulator how to behave."""
        reply = self.http.request(method, f"/_local/stripe/_control{path}", json=document)
        reply.raise_for_status()
        return reply.json() if reply.content else None

    def stripe_list(self, kind: str) -> list[dict[str, Any]]:
        """Every object of a kind at Stripe (`payment_intents`), newest first."""
        found: list[dict[str, Any]] = []
        more = True
        while more:
            options = {"limit": 100, **({"starting_after": found[-1]["id"]} if found else {})}
            key = (self.ready["providers"]["stripe"]["secret_key"], "")
            page = self.http.get(f"/_local/stripe/v1/{kind}", params=options, auth=key).raise_for_status().json()
            found += page["data"]
            more = page["has_more"]
        return found

    def refuse(self, service: str, **how: Any) -> None:
        """Let an AWS service refuse calls (or answer late) until `recover`; see `infra.local.aws.cloud_faults`."""
        self.http.post("/_local/faults", json={"service": service, **how}).raise_for_status()

    def recover(self) -> None:
        """End all faults of AWS and Stripe."""
        self.http.delete("/_local/faults").raise_for_status()
        self.stripe_control("DELETE", "/faults")

    def restart_database(self, *, seconds: float) -> None:
        """End all sessions, keep the database away for so long, and wait until it is back."""
        self.http.post("/_local/faults/database", json={"seconds": seconds}).raise_for_status()

    def run_schedule(self, name: str) -> Any:
        """Run a scheduled function now."""
        reply = self.http.post(f"/_local/schedules/{name}/run")
        reply.raise_for_status()
        return reply.json()

    def queues(self) -> dict[str, dict[str, int]]:
        """What waits in each queue, by name. Those of schedules' failures are left out: a run that fell into a fault is
        kept there, and the next run does its work.
        """
        state = self.http.get("/_local/", headers={"Accept": "application/json"}).json()
        found: dict[str, dict[str, int]] = state["queues"]
        return {name: queue for name, queue in found.items() if not name.endswith(_OF_SCHEDULES)}

    def failures(self) -> str:
        """The last invocations that the system has told to have failed, for a test to say why it did."""
        lines = (self.folder / "output.txt").read_text(errors="replace").splitlines()
        return "\n".join([line for line in lines if "fail" in line.lower() or "error" in line.lower()][-20:])

    def arm(self, fault: str) -> Path:
        """Let the next process that reaches the fault's place be killed; returns the file that then exists."""
        if PACKAGED:
            pytest.skip("packaged functions import nothing from tests, so no fault can be planted in them")
        struck = self.folder / "faults" / f"{fault}.struck"
        struck.unlink(missing_ok=True)
        (self.folder / "faults" / fault).touch()
        return struck

    def stop(self) -> int:
        """Ctrl-C; returns the exit status."""
        self.http.close()
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


def start(folder: Path, *, processes: int = 4) -> RunningSystem:
    """Start the system with its data in `folder` and wait until it answers."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "faults").mkdir(exist_ok=True)
    ready_file, output = folder / "ready.json", folder / "output.txt"
    ready_file.unlink(missing_ok=True)
    command = [sys.executable, "-m", "infra.local", "--port", "0", "--home", str(folder / "home")]
    command += ["--ready-file", str(ready_file), "--max-processes", str(processes)]
    command += ["--visibility-timeout", str(VISIBILITY_SECONDS)]
    command += ["--function-env", f"FAULTS_FOLDER={folder / 'faults'}"]
    command += ["--function-env", f"PYTHONPATH={ROOT / 'tests' / 'e2e' / 'faults'}"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SHARESTACK_")}
    environment.pop("DATABASE_URL", None)
    with output.open("ab") as stream:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stream, stderr=stream)
    deadline = time.monotonic() + START_SECONDS
    while not ready_file.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise RuntimeError(f"the system did not start:\n{output.read_text()[-4000:]}")
        time.sleep(0.1)
    return RunningSystem(process, json.loads(ready_file.read_text()), folder)


def eventually(look: Callable[[], T], *, seconds: float = 20) -> T:
    """Look again until something is there (queues and schedules take their time); fails with what was seen last."""
    deadline = time.monotonic() + seconds
    while True:
        seen = look()
        if seen:
            return seen
        assert time.monotonic() < deadline, f"still {seen!r} after {seconds} seconds"
        time.sleep(0.05)
