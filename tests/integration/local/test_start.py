"""``python -m infra.local`` from outside: what keeps it from starting, and that it leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

ROOT = Path(__file__).resolve().parents[3]
START_SECONDS = 120

pytestmark = pytest.mark.xdist_group("e2e")  # each of these starts processes enough for two cores


def command(home: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "infra.local", "--port", "0", "--home", str(home), *arguments]


def environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PORT")}
    return {**kept, **variables}


def refused(home: Path, *arguments: str, **variables: str) -> str:
    """Start what cannot start; gives what it said on standard error."""
    result = subprocess.run(
        command(home, *arguments),
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 1
    return result.stderr


def test_a_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(tmp_path / "home", "--port", str(port))

    assert said.count("\n") == 1
    assert f"Port {port} cannot be used" in said


def test_a_missing_node_is_one_clear_line(tmp_path: Path) -> None:
    said = refused(tmp_path / "home", PATH=str(tmp_path))

    assert said.count("\n") == 1
    assert "needs Node.js 22 or 24" in said
    assert "was not found" in said


def test_an_old_node_is_one_clear_line(tmp_path: Path) -> None:
    for name in ("node", "npx"):
        (tmp_path / name).write_text("#!/bin/sh\necho v16.20.2\n")
        (tmp_path / name).chmod(0o755)
    said = refused(tmp_path / "home", PATH=f"{tmp_path}:{os.environ['PATH']}")

    assert said.count("\n") == 1
    assert "this is 16.20.2" in said


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = refused(tmp_path / "file" / "home")

    assert said.count("\n") == 1
    assert "cannot be written" in said


def test_a_database_that_does_not_answer_is_one_clear_line(tmp_path: Path) -> None:
    said = refused(tmp_path / "home", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")

    assert said.count("\n") == 1
    assert "The database does not answer" in said


class Started:
    """A running system in a folder."""

    def __init__(self, home: Path) -> None:
        ready = home.with_name("ready.json")
        ready.unlink(missing_ok=True)
        self.output = home.with_name("output.txt")
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                command(home, "--ready-file", str(ready)), cwd=ROOT, env=environment(), stdout=output, stderr=output
            )
        deadline = time.monotonic() + START_SECONDS
        while not ready.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                raise RuntimeError(self.output.read_text()[-2000:])
            time.sleep(0.05)
        self.ready: dict[str, Any] = json.loads(ready.read_text())

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [item for item in processes if item.is_running() and item.status() != psutil.STATUS_ZOMBIE]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_neither_ctrl_c_nor_a_crash_leaves_a_process_behind_and_the_data_survives_both(home: Path) -> None:
    first = Started(home)
    signing_keys = httpx.get(f"{first.ready['address']}/.well-known/jwks.json").text
    children = first.children()
    assert len(children) > 2
    first.process.send_signal(signal.SIGKILL)
    first.process.wait()
    psutil.wait_procs(children, timeout=10)
    assert alive(children) == []

    second = Started(home)
    children = second.children()
    assert second.ready["admin"] == first.ready["admin"]
    assert httpx.get(f"{second.ready['address']}/.well-known/jwks.json").text == signing_keys
    local = httpx.get(f"{second.ready['address']}/_local/", headers={"host": "evil.example"})
    assert local.status_code == 403
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(20) == 0
    assert alive(children) == []
