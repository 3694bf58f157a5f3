"""``/_local``: what a developer can look at and do, and the simulators. For this computer only."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import orjson
from starlette.types import Message, Receive, Scope, Send

from infra.local.aws.cloud import Cloud
from infra.local.aws.lambda_runtime import LambdaRuntime
from infra.local.aws.payload import Response
from infra.local.aws.scheduler import Scheduler
from infra.local.console.faults import Faults
from infra.local.console.pages import index_page, mail_page
from infra.local.host.log import Log
from simulators.protocol import Simulator

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PICTURE: Final = re.compile(r"([a-z0-9-]{1,100})-([1-9])\.png")
_INVOKE_LIMIT: Final = 6 * 1024 * 1024


@dataclass(frozen=True)
class Console:
    """An ASGI application for everything below ``/_local``."""

    runtime: LambdaRuntime
    scheduler: Scheduler
    cloud: Cloud
    simulators: Sequence[Simulator]
    faults: Faults
    log: Log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; refuse those that do not come from this computer by name."""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        refusal = _refusal(scope["method"], headers)
        if refusal:
            await _send(send, _json(403, {"error": refusal}))
            return
        path: str = scope["path"]
        for simulator in self.simulators:
            if simulator.application is not None and f"{path}/".startswith(f"{simulator.mount}/"):
                await simulator.application({**scope, "root_path": simulator.mount}, receive, send)
                return
        if path.startswith("/_local/pictures/") and scope["method"] == "GET":
            await _send(send, await _picture(path.rpartition("/")[2]))
            return
        if path.startswith("/_local/faults"):
            await _send(send, await self._fault(scope["method"], path.rstrip("/"), receive))
            return
        try:
            response = await self._answer(scope["method"], path.rstrip("/"), headers, receive)
        except KeyError as error:
            response = _json(404, {"error": f"There is no {error.args[0]}"})
        await _send(send, response)

    async def _answer(self, method: str, path: str, headers: dict[bytes, str], receive: Receive) -> Response:
        wants_html = "text/html" in headers.get(b"accept", "")
        parts = path.split("/")[2:]
        match (method, *parts):
            case ("GET",):
                state = await self._state()
                return _html(index_page(state, self._simulator_links())) if wants_html else _json(200, state)
            case ("GET", "mail" | "purges" as kind):
                items = await asyncio.to_thread(self.cloud.mail if kind == "mail" else self.cloud.purges)
                return _html(mail_page(items)) if wants_html and kind == "mail" else _json(200, items)
            case ("DELETE", "mail"):
                await asyncio.to_thread(self.cloud.mail, clear=True)
                return Response(204, [], b"")
            case ("POST", "schedules", name, "run"):
                self.scheduler.start(name)
                return _json(202, {"started": name})
            case ("POST", "functions", name, "invoke"):
                return await self._invoke(name, receive)
        return _json(404, {"error": "There is nothing at this address"})

    def _simulator_links(self) -> list[tuple[str, str]]:
        return [(item.title, f"{item.mount}/") for item in self.simulators if item.application is not None]

    async def _invoke(self, name: str, receive: Receive) -> Response:
        body = await _read(receive)
        if body is None:
            return _json(413, {"error": "The event is larger than 6 MiB"})
        outcome = await self.runtime.invoke(name, body or b"{}")
        self.log.request(name, "invoked by hand", outcome.status, outcome.duration, init=outcome.init)
        status = 200 if outcome.error is None else 502
        return Response(status, [(b"content-type", b"application/json")], outcome.payload)

    async def _fault(self, method: str, path: str, receive: Receive) -> Response:
        body = await _read(receive) or b""
        try:
            match (method, path):
                case ("GET" | "POST" | "DELETE", "/_local/faults"):
                    return _json(200, await self.faults.of_cloud(method, body))
                case ("POST", "/_local/faults/database"):
                    return _json(200, await self.faults.restart_database(body))
        except ValueError as error:
            return _json(400, {"error": str(error)})
        return _json(404, {"error": "There is nothing at this address"})

    async def _state(self) -> dict[str, Any]:
        return {
            "functions": {
                name: {"processes": [item.pid for item in pool.environments], "limit": pool.limit}
                for name, pool in sorted(self.runtime.pools.items())
            },
            "queues": await asyncio.to_thread(self._queues),
            "schedules": {
                name: asdict(schedule) | {"last_run": self.scheduler.last_runs.get(name)}
                for name, schedule in sorted(self.scheduler.schedules.items())
            },
        }

    def _queues(self) -> dict[str, dict[str, int]]:
        sqs = self.cloud.clients().sqs
        queues = {}
        for url in sqs.list_queues().get("QueueUrls", []):
            attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
            queues[url.rsplit("/", 1)[-1]] = {
                "waiting": int(attributes["ApproximateNumberOfMessages"]),
                "in_flight": int(attributes["ApproximateNumberOfMessagesNotVisible"]),
            }
        return queues


async def _picture(name: str) -> Response:
    """What is drawn for the demo's products, as `<slug>-<number>.png`."""
    named = _PICTURE.fullmatch(name)
    content = None
    if named is not None:
        from demo.contents.pictures import drawing

        content = await asyncio.to_thread(drawing.draw, named[1], int(named[2]))
    if content is None:
        return _json(404, {"error": "There is no such picture"})
    headers = [(b"content-type", b"image/png"), (b"cache-control", b"public, max-age=86400")]
    return Response(200, headers, content)


def _refusal(method: str, headers: dict[bytes, str]) -> str | None:
    """Why a request is not for us: another host's name (DNS rebinding), or another site's page that sends it."""
    if _host_name(f"//{headers.get(b'host', '')}") not in LOOPBACK:
        return "Only for this computer: use http://127.0.0.1"
    if method not in ("GET", "HEAD"):
        origin = headers.get(b"origin")
        if origin is not None and _host_name(origin) not in LOOPBACK:
            return "Not for pages of other sites"
    return None


def _host_name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


async def _read(receive: Receive) -> bytes | None:
    body = b""
    while True:
        message = await receive()
        part: bytes = message.get("body", b"")
        body += part
        if len(body) > _INVOKE_LIMIT:
            return None
        if not message.get("more_body"):
            return body


def _json(status: int, document: object) -> Response:
    body = orjson.dumps(document, option=orjson.OPT_INDENT_2)
    return Response(status, [(b"content-type", b"application/json")], body)


def _html(page: str) -> Response:
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"),
    ]
    return Response(200, headers, page.encode())


async def _send(send: Callable[[Message], Awaitable[None]], response: Response) -> None:
    headers = [*response.headers]
    if response.status != 204:
        headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})
