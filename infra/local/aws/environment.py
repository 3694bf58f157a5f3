"""One execution environment: a process that runs a function under the Lambda runtime client.

The process talks to a Runtime API of its own, on its own port, which is how its calls are told from others':
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import asyncio
import contextlib
import signal
import time
import uuid
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import orjson
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from infra.local.aws.code import Code
from infra.local.host.log import Log
from infra.local.host.processes import Registry, die_with_parent

INIT_SECONDS: Final = 30.0  # AWS allows 10; this computer may be busy starting everything at once
_LINE_LIMIT: Final = 2**20
_IDLE_CONNECTION_SECONDS: Final = 3600
_OUTPUT_SECONDS: Final = 2.0


@dataclass(frozen=True)
class Outcome:
    """How an invocation ended: ``error`` is None or its type; milliseconds it took, and those of INIT when cold."""

    payload: bytes
    error: str | None
    duration: float
    init: float | None = None

    @property
    def status(self) -> str:
        """One word for the log."""
        return "ok" if self.error is None else f"error {self.error}"


@dataclass(eq=False)
class Invocation:
    """An event on its way through a function."""

    event: bytes
    outcome: asyncio.Future[Outcome]
    request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    dispatched: float = 0.0

    def finish(self, payload: bytes, error: str | None, *, init: float | None = None) -> None:
        """Settle it, unless whoever waited has gone."""
        if not self.outcome.done():
            duration = (time.perf_counter() - self.dispatched) * 1000 if self.dispatched else 0.0
            self.outcome.set_result(Outcome(payload, error, duration, init))


def failure(kind: str, message: str) -> bytes:
    """The error document that Lambda gives for a function that did not answer."""
    return orjson.dumps({"errorMessage": message, "errorType": kind})


class Environment:
    """A process and its Runtime API. ``on_idle`` and ``on_end`` tell its owner that it is free, or gone."""

    def __init__(
        self,
        *,
        name: str,
        arn: str,
        handler: str,
        timeout: float,
        variables: dict[str, str],
        code: Code,
        log: Log,
        registry: Registry,
        on_idle: Callable[["Environment"], None],
        on_end: Callable[["Environment"], None],
    ) -> None:
        self.name = name
        self.stale = False
        self.initialized = False
        self.init_error: bytes | None = None
        self.idle_since = 0.0
        self.current: Invocation | None = None
        self._arn = arn
        self._handler = handler
        self._timeout = timeout
        self._variables = variables
        self._code = code
        self._log = log
        self._registry = registry
        self._on_idle = on_idle
        self._on_end = on_end
        self._loop = asyncio.get_running_loop()
        self._process: Process | None = None
        self._server: asyncio.Server | None = None
        self._next: asyncio.Future[Invocation | None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._started = 0.0
        self._init_milliseconds: float | None = None
        self._timed_out = False

    @property
    def pid(self) -> int | None:
        """Process id, once started."""
        return self._process.pid if self._process else None

    async def run(self) -> None:
        """Start the process with its Runtime API, attend to it, and settle what is left when it ends."""
        try:
            process = await self._start()
        except OSError as error:
            self.init_error = failure("Runtime.StartError", f"The process could not be started: {error}")
            self._close()
            return
        await self._attend(process)

    async def _start(self) -> Process:
        config = Config(
            self._serve,
            log_config=None,
            access_log=False,
            interface="asgi3",
            lifespan="off",
            ws="none",
            proxy_headers=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=_IDLE_CONNECTION_SECONDS,
        )
        config.load()
        state = ServerState()
        self._server = await self._loop.create_server(
            lambda: HttpToolsProtocol(config=config, server_state=state, app_state={}, _loop=self._loop),
            "127.0.0.1",
            0,
        )
        port = self._server.sockets[0].getsockname()[1]
        self._started = time.perf_counter()
        self._timer = self._loop.call_later(INIT_SECONDS, self._time_out)
        self._process = await asyncio.create_subprocess_exec(
            *self._code.interpreter,
            *self._code.runtime,
            self._handler,
            cwd=self._code.folder,
            env={**self._variables, "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{port}"},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=PIPE,
            stderr=STDOUT,
            limit=_LINE_LIMIT,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGKILL),
        )
        self._registry.add(self._process.pid)
        return self._process

    def dispatch(self, invocation: Invocation) -> None:
        """Hand an invocation to the idle process."""
        assert self._next is not None
        assert self.current is None
        self.current = invocation
        invocation.dispatched = time.perf_counter()
        self._timer = self._loop.call_later(self._timeout, self._time_out)
        waiting, self._next = self._next, None
        waiting.set_result(invocation)

    def kill(self) -> None:
        """End the process at once, as AWS does with an environment that it takes away."""
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    def _time_out(self) -> None:
        self._timed_out = True
        self.kill()

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.endswith("/runtime/invocation/next"):
            await self._answer_next(send)
            return
        body = await _read(receive)
        if path.endswith("/response"):
            self._settle(path, body, None)
        elif path.endswith("/runtime/init/error"):
            self.init_error = body
        elif path.endswith("/error"):
            self._settle(path, body, _error_type(body))
        await _answer(send, 202, [], b'{"status":"OK"}')

    async def _answer_next(self, send: Send) -> None:
        if not self.initialized:
            self.initialized = True
            self._init_milliseconds = (time.perf_counter() - self._started) * 1000
            if self._timer:
                self._timer.cancel()
        waiting = self._next = self._loop.create_future()
        self.idle_since = time.monotonic()
        self._on_idle(self)
        invocation = await waiting
        if invocation is None:
            await _answer(send, 410, [], b"")
            return
        deadline = int((time.time() + self._timeout) * 1000)
        headers = [
            (b"content-type", b"application/json"),
            (b"lambda-runtime-aws-request-id", invocation.request_id.encode()),
            (b"lambda-runtime-deadline-ms", str(deadline).encode()),
            (b"lambda-runtime-invoked-function-arn", self._arn.encode()),
            (b"lambda-runtime-trace-id", f"Root=1-{deadline // 1000:08x}-{invocation.request_id[-12:]}".encode()),
        ]
        await _answer(send, 200, headers, invocation.event)

    def _settle(self, path: str, payload: bytes, error: str | None) -> None:
        invocation = self.current
        if invocation is None or f"/{invocation.request_id}/" not in path:
            return
        if self._timer:
            self._timer.cancel()
        self.current = None
        init, self._init_milliseconds = self._init_milliseconds, None
        invocation.finish(payload, error, init=init)

    async def _attend(self, process: Process) -> None:
        assert process.stdout is not None
        reader = self._loop.create_task(self._read_output(process.stdout))
        code = await process.wait()
        self._registry.remove(process.pid)
        with contextlib.suppress(TimeoutError):  # a grandchild may hold the pipe open
            await asyncio.wait_for(reader, _OUTPUT_SECONDS)
        if self.current is not None:
            invocation, self.current = self.current, None
            if self._timed_out:
                invocation.finish(
                    failure("Sandbox.Timedout", f"Task timed out after {self._timeout:.2f} seconds"), "timeout"
                )
            else:
                reason = f"Runtime exited with error: {_ending(code)}"
                invocation.finish(failure("Runtime.ExitError", reason), "Runtime.ExitError")
        elif not self.initialized and self.init_error is None:
            reason = f"INIT ended by itself: {_ending(code)}" if not self._timed_out else "INIT timed out"
            self.init_error = failure("Runtime.ExitError", reason)
        self._close()

    def _close(self) -> None:
        if self._timer:
            self._timer.cancel()
        if self._server:
            self._server.close()
        if self._next is not None and not self._next.done():
            self._next.set_result(None)
        self._on_end(self)

    async def _read_output(self, stream: asyncio.StreamReader) -> None:
        while True:
            try:
                line = await stream.readline()
            except ValueError:  # longer than the limit: the reader has dropped it
                continue
            if not line:
                return
            self._log.output(self.name, line)


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"


def _error_type(body: bytes) -> str:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return "Unknown"
    return str(document.get("errorType", "Unknown")) if isinstance(document, dict) else "Unknown"


async def _read(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    parts = [body]
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
    return b"".join(parts)


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
