"""One function under the real runtime client, with a Runtime API of its own, and what it costs in processor time."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any, Final, Self

WAIT_SECONDS: Final = 60.0
_PREFIX: Final = "/2018-06-01/runtime/"


def cpu_milliseconds(pid: int) -> float:
    """Processor time that a process has used so far, in user and kernel mode (clock_getcpuclockid(3), to the ns)."""
    return time.clock_gettime((~pid << 3) | 2) * 1000


def median(values: list[float]) -> float:
    """The middle; 0 of nothing."""
    return statistics.median(values) if values else 0.0


class InitFailedError(RuntimeError):
    """The function did not get through INIT; the message is its output."""


class FunctionProcess:
    """A process from its start to its end; use it as a context manager.

    `search_path` is all that Python finds modules in besides its standard library (`-S`: no site-packages).
    """

    def __init__(self, handler: str, *, search_path: str, folder: Path, variables: Mapping[str, str]) -> None:
        self.init_cpu = 0.0
        """Milliseconds of processor time from exec to the first call for work."""
        self.restore_cpu = 0.0
        """Milliseconds from the restored snapshot to the first call for work; 0 without SnapStart."""
        self._events: Queue[bytes | None] = Queue()
        self._answers: Queue[bytes] = Queue()
        self._idle: Queue[float] = Queue()
        self._restored = threading.Event()
        self._snapshot: Queue[float] = Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._api())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [sys.executable, "-S", "-s", "-m", "awslambdaric", handler],
            cwd=folder,
            env={
                "PATH": os.environ["PATH"],
                **variables,
                "PYTHONPATH": search_path,
                "PYTHONDONTWRITEBYTECODE": "1",
                "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self._server.server_port}",
            },
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        self._wait_until_idle()
        return self

    def _wait_until_idle(self) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        while self._idle.empty() and self._snapshot.empty():
            if self._process.poll() is not None or time.monotonic() > deadline:
                output = self.output()
                self.close()
                raise InitFailedError(output)
            time.sleep(0.002)
        self.init_cpu = (self._idle if self._snapshot.empty() else self._snapshot).get()

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process and its Runtime API."""
        self._events.put(None)
        self._restored.set()
        self._process.kill()
        self._process.wait()
        self._server.shutdown()
        self._server.server_close()
        self._output.close()

    def invoke(self, event: Any) -> tuple[Any, float, float]:
        """The function's answer to an event, and the milliseconds that it took: processor time, and wall time."""
        before = cpu_milliseconds(self.pid)
        started = time.perf_counter()
        self._events.put(json.dumps(event).encode())
        answer = self._answers.get(timeout=WAIT_SECONDS)
        wall = (time.perf_counter() - started) * 1000
        return json.loads(answer), self._idle.get(timeout=WAIT_SECONDS) - before, wall

    def resident_mb(self) -> float:
        """Memory that the process occupies now."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def restore(self) -> None:
        """Go on after the snapshot, as Lambda does with each environment made from it. (With SnapStart, entering the
        context waits for the snapshot instead of the first call for work.)
        """
        before = cpu_milliseconds(self.pid)
        self._restored.set()
        self.restore_cpu = self._idle.get(timeout=WAIT_SECONDS) - before

    def output(self) -> str:
        """What the process has written."""
        self._output.seek(0)
        return self._output.read().decode(errors="replace")

    def _api(self) -> type[BaseHTTPRequestHandler]:
        process = self

        class RuntimeApi(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1

            def do_GET(self) -> None:
                if self.path == f"{_PREFIX}restore/next":
                    process._snapshot.put(cpu_milliseconds(process.pid))
                    process._restored.wait()
                    _answer(self, 200, b"")
                    return
                process._idle.put(cpu_milliseconds(process.pid))
                event = process._events.get()
                if event is not None:
                    _answer(self, 200, event, _invocation_headers())

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path.endswith(("/response", "/error")) and "/invocation/" in self.path:
                    process._answers.put(body)
                _answer(self, 202, b'{"status":"OK"}')

            def log_message(self, *_: object) -> None:
                """Nothing: what is measured is not disturbed by printing."""

        return RuntimeApi


def _invocation_headers() -> dict[str, str]:
    return {
        "Lambda-Runtime-Aws-Request-Id": str(uuid.uuid4()),
        "Lambda-Runtime-Deadline-Ms": str(int((time.time() + 30) * 1000)),
        "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:eu-central-1:123456789012:function:measured",
        "Lambda-Runtime-Trace-Id": "Root=1-00000000-000000000000000000000000",
    }


def _answer(
    request: BaseHTTPRequestHandler, status: int, body: bytes, headers: Mapping[str, str] | None = None
) -> None:
    request.send_response_only(status)
    for name, value in {
        **(headers or {}),
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
    }.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


Starter = Callable[[], FunctionProcess]
