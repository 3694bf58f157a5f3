"""Pages from Vite's own servers, which show a change at once: `WEB=dev`.

They are made in the browser alone, without the headers of the distribution: Vite's scripts are inline, and its client
connects to its own port.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import orjson
from starlette.types import Receive, Scope, Send

from infra import web_build
from infra.local.host.log import Log
from infra.local.host.processes import Registry, die_with_parent
from infra.local.web.pages import building_page, failed_page, send_page
from infra.site_upload.handler import CONFIGURATION

# Applications below `web/apps`, by the start of their addresses; the ports are those of their own configurations.
PORTS: Final = {"storefront": 5173, "studio": 5174, "admin": 5175}
_NOT_PASSED_ON: Final = frozenset({b"host", b"connection", b"upgrade", b"accept-encoding", b"keep-alive"})
_NOT_PASSED_BACK: Final = frozenset({"connection", "transfer-encoding", "content-length", "content-encoding", "date"})
_FIRST_ANSWER_SECONDS: Final = 60
_STOP_SECONDS: Final = 5


@dataclass
class DevelopmentPages:
    """Vite's servers, behind the gateway's address."""

    root: Path
    configuration: Mapping[str, str]
    address: str
    log: Log
    registry: Registry
    _failure: str | None = None
    _ready: bool = False

    async def run(self) -> None:
        """Install, start a server per application, and keep them until cancelled."""
        self.log.note("web: starting Vite")
        try:
            await asyncio.to_thread(web_build.install, self.root)
        except web_build.WebBuildError as error:
            self._failure = str(error)
            self.log.note(f"web: {self._failure.splitlines()[0]}")
            return
        servers = [await self._start(application, port) for application, port in PORTS.items()]
        try:
            self._ready = True
            self.log.note(f"web: {self.address}/ /admin/ /studio/, by Vite")
            await asyncio.gather(*(server.wait() for server in servers))
            self._ready, self._failure = False, "Vite has ended"
            self.log.note(f"web: Vite has ended ({self._output} says why)")
        finally:
            for server in servers:
                await self._end(server)

    async def serve_instead(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Always: nothing comes from the distribution's origins."""
        if scope["path"] == f"/{CONFIGURATION}":
            body = orjson.dumps(dict(self.configuration))
            await send(
                {
                    "type": "http.response.start",
                    "status": 200,
                    "headers": [(b"content-type", b"application/json"), (b"cache-control", b"no-store")],
                }
            )
            await send({"type": "http.response.body", "body": body})
        elif not self._ready:
            await send_page(send, failed_page(self._failure, str(self._output)) if self._failure else building_page())
        else:
            await self._pass_on(scope, send)
        return True

    @property
    def _output(self) -> Path:
        return self.log.folder / "web.log"

    async def _start(self, application: str, port: int) -> asyncio.subprocess.Process:
        vite = self.root / "web" / "node_modules" / ".bin" / "vite"
        with self._output.open("ab") as output:
            process = await asyncio.create_subprocess_exec(
                *(str(vite), "--host", "127.0.0.1", "--port", str(port), "--strictPort", "--clearScreen", "false"),
                cwd=self.root / "web" / "apps" / application,
                env=os.environ | {"API_ORIGIN": self.address},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        self.registry.add(process.pid)
        return process

    async def _end(self, server: asyncio.subprocess.Process) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await server.wait()
        except TimeoutError:
            os.killpg(server.pid, signal.SIGKILL)
        self.registry.remove(server.pid)

    async def _pass_on(self, scope: Scope, send: Send) -> None:
        """The server is waited for while it comes up."""
        port = PORTS[application_of(scope["path"])]
        address = f"http://127.0.0.1:{port}{scope['raw_path'].decode('latin-1')}"
        query = scope["query_string"].decode("latin-1")
        headers = [(name, value) for name, value in scope["headers"] if name not in _NOT_PASSED_ON]
        try:
            answer = await _answer_of(scope["method"], f"{address}?{query}" if query else address, headers)
        except httpx.HTTPError as error:
            await send_page(send, failed_page(f"Vite does not answer: {error!r}", str(self._output)))
            return
        passed = [(n.encode(), v.encode()) for n, v in answer.headers.items() if n.lower() not in _NOT_PASSED_BACK]
        passed.append((b"content-length", str(len(answer.content)).encode()))
        await send({"type": "http.response.start", "status": answer.status_code, "headers": passed})
        await send({"type": "http.response.body", "body": answer.content})


def application_of(path: str) -> str:
    """Whose address a path is."""
    for application in PORTS:
        if f"{path}/".startswith(f"/{application}/"):
            return application
    return "storefront"


async def _answer_of(method: str, address: str, headers: list[tuple[bytes, bytes]]) -> httpx.Response:
    deadline = asyncio.get_running_loop().time() + _FIRST_ANSWER_SECONDS
    async with httpx.AsyncClient(timeout=_FIRST_ANSWER_SECONDS, trust_env=False) as client:
        while True:
            try:
                return await client.request(method, address, headers=headers)
            except httpx.ConnectError:
                if asyncio.get_running_loop().time() > deadline:
                    raise
                await asyncio.sleep(0.2)
