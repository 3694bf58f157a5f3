"""A function in a process of its own, which stops before its one call until it is let go: `python -m ... <handler>`.

Reads the event as one line, writes `ready`, waits for another line, writes `answer: ` and the answer as JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from tests.support.lambda_client import Context

READY = "ready"
ANSWER = "answer: "


def all_at_once(handler: str, events: Sequence[dict[str, Any]]) -> list[Any]:
    """Call a handler of payments with each event in a process of its own, all released at once; their answers."""
    processes = [_start(handler) for _ in events]
    for process, event in zip(processes, events, strict=True):
        _say(process, json.dumps(event))
    for process in processes:
        _hear(process, READY)
    for process in processes:
        _say(process, "go")
    answers = [json.loads(_hear(process, ANSWER)) for process in processes]
    for process in processes:
        process.communicate(timeout=30)
    return answers


def _start(handler: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", __name__, handler],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=dict(os.environ),
        text=True,
    )


def _say(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdin is not None
    process.stdin.write(words + "\n")
    process.stdin.flush()


def _hear(process: subprocess.Popen[str], beginning: str) -> str:
    """What follows the beginning, in the next line that has it; the others are the function's log."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith(beginning):
            return line.removeprefix(beginning)
    raise AssertionError("the process ended")


def _main() -> None:
    handler = importlib.import_module(f"functions.payments.handlers.{sys.argv[1]}").handler
    event = json.loads(sys.stdin.readline())
    print(READY, flush=True)
    sys.stdin.readline()
    print(ANSWER + json.dumps(handler(event, Context())), flush=True)


if __name__ == "__main__":
    _main()
