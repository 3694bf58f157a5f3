"""The local HTTP API over real HTTP, in front of real function processes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from infra.local.aws.gateway import BODY_LIMIT, Gateway
from infra.local.aws.topology import Cors, Function, Route, Topology
from infra.local.host.log import Log
from infra.local.host.ports import listen
from infra.local.host.server import make_server
from tests.integration.local.conftest import StartRuntime

Package = Callable[..., Function]
Run = Callable[[Any], None]

API = """
import base64, os

def handler(event, context):
    path = event["rawPath"]
    if path == "/boom": raise RuntimeError("secret detail")
    if path == "/exit": os._exit(1)
    if path == "/broken": return {"statusCode": "x"}
    if path == "/slow":
        import time
        time.sleep(5)
    if path == "/empty": return {"statusCode": 304, "headers": {"etag": '"1"'}}
    body = event.get("body") or ""
    if event["isBase64Encoded"]: body = base64.b64decode(body).hex()
    return {"statusCode": 200, "cookies": ["a=1", "b=2"],
            "headers": {"content-type": "application/json", "access-control-allow-origin": "https://evil.example"},
            "body": '{"route": "%s", "size": %d}' % (event["routeKey"], len(body))}
"""

CORS = Cors(("https://shop.example",), ("GET", "POST"), ("authorization",), ("etag",), credentials=True, max_age=60)


async def no_console(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def served(package: Package, runtime: StartRuntime, tmp_path: Path) -> Callable[..., Any]:
    """A gateway for one function, and a client for it."""

    @asynccontextmanager
    async def serve(*, default: bool = True) -> AsyncIterator[httpx.AsyncClient]:
        function = package("demo.api", API, timeout=1.5)
        routes = [Route("ANY", "/items/{id}", "demo.api")]
        routes += [Route("$default", "", "demo.api")] if default else []
        async with runtime(function) as lambdas:
            log = Log(tmp_path / "gateway-log", (tmp_path / "gateway-stream").open("a"))
            gateway = Gateway(Topology({"demo.api": function}, routes, CORS), lambdas.invoke, log, no_console)
            server = make_server(gateway)
            with listen(0) as listener:
                address = f"http://127.0.0.1:{listener.getsockname()[1]}"
                task = asyncio.create_task(server.serve(sockets=[listener]))
                async with httpx.AsyncClient(base_url=address, timeout=20) as client:
                    yield client
                server.should_exit = True
                await task

    return serve


def test_a_request_reaches_the_function_of_its_route(served: Any, run: Run) -> None:
    async def scenario() -> None:
        async with served() as client:
            answer = await client.post("/items/7", content=b"\x00\x01\x02")

        assert answer.json() == {"route": "ANY /items/{id}", "size": 6}
        assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]

    run(scenario())


@pytest.mark.parametrize("path", ["/boom", "/exit", "/broken", "/slow"])
def test_a_function_that_fails_gives_a_problem_document_without_details(path: str, served: Any, run: Run) -> None:
    async def scenario() -> None:
        async with served() as client:
            answer = await client.get(path, headers={"x-correlation-id": "abc-1"})

        assert answer.status_code == 500
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == "internal_error"
        assert answer.json()["correlation_id"] == answer.headers["x-correlation-id"] == "abc-1"
        assert "secret" not in answer.text

    run(scenario())


def test_a_forged_correlation_id_is_replaced(served: Any, run: Run) -> None:
    async def scenario() -> None:
        async with served() as client:
            answer = await client.get("/boom", headers={"x-correlation-id": "a b <script>"})

        assert len(answer.json()["correlation_id"]) == 36

    run(scenario())


def test_without_a_default_route_an_unknown_path_is_a_404_problem(served: Any, run: Run) -> None:
    async def scenario() -> None:
        async with served(default=False) as client:
            answer = await client.get("/nothing")

        assert (answer.status_code, answer.json()["code"]) == (404, "route_not_found")

    run(scenario())


def test_a_body_over_the_limit_is_a_413_problem(served: Any, run: Run) -> None:
    async def scenario() -> None:
        async with served() as client:
            answer = await client.post("/items/7", content=b"x" * (BODY_LIMIT + 1))

        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")

    run(scenario())


def test_a_304_has_no_body_and_keeps_its_headers(served: Any, run: Run) -> None:
    async def scenario() -> None:
        async with served() as client:
            answer = await client.get("/empty")

        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", '"1"')

    run(scenario())


def test_a_preflight_from_an_allowed_origin_is_answered_by_the_api_itself(served: Any, run: Run) -> None:
    async def scenario() -> None:
        async with served() as client:
            headers = {"origin": "https://shop.example", "access-control-request-method": "POST"}
            answer = await client.options("/items/7", headers=headers)

        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == "https://shop.example"
        assert answer.headers["access-control-allow-methods"] == "GET,POST"
        assert answer.headers["access-control-allow-credentials"] == "true"
        assert answer.headers["access-control-max-age"] == "60"

    run(scenario())


def test_cors_headers_are_the_apis_whatever_the_function_says(served: Any, run: Run) -> None:
    async def scenario() -> None:
        async with served() as client:
            allowed = await client.get("/items/7", headers={"origin": "https://shop.example"})
            foreign = await client.get("/items/7", headers={"origin": "https://evil.example"})

        assert allowed.headers["access-control-allow-origin"] == "https://shop.example"
        assert allowed.headers["access-control-expose-headers"] == "etag"
        assert "access-control-allow-origin" not in foreign.headers

    run(scenario())


def test_the_console_is_not_mistaken_for_a_path_that_only_begins_like_it(served: Any, run: Run) -> None:
    async def scenario() -> None:
        async with served() as client:
            assert (await client.get("/_local/")).status_code == 418
            assert (await client.get("/_locality")).status_code == 200

    run(scenario())
