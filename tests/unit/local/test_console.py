"""Where the console sends requests for simulators."""

from dataclasses import dataclass
from typing import Any, cast

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from infra.local.console.application import Console
from infra.local.console.pages import index_page
from tests.support.loops import run


@dataclass
class Provider:
    """As much of a simulator as the console looks at."""

    mount: str
    application: Starlette | None


def provider(name: str) -> Provider:
    async def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{name} {request.url.path.removeprefix(request.scope['root_path'])}")

    return Provider(f"/_local/{name}", Starlette(routes=[Route("/{rest:path}", answer)]))


def answered(*providers: Provider, path: str) -> tuple[int, str]:
    nothing = cast(Any, None)  # runtime, scheduler, cloud, faults and log have no part in this
    console = Console(nothing, nothing, nothing, cast(Any, providers), nothing, nothing)

    async def get() -> tuple[int, str]:
        transport = httpx.ASGITransport(console)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            answer = await client.get(path)
            return answer.status_code, answer.text

    return run(get())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/_local/first/v1/things", "first /v1/things"),
        ("/_local/second/", "second /"),
        ("/_local/second/_control/faults", "second /_control/faults"),
    ],
)
def test_each_simulator_answers_below_its_own_mount(path: str, text: str) -> None:
    assert answered(provider("first"), provider("second"), path=path) == (200, text)


def test_a_path_that_only_starts_with_the_same_letters_is_nobodys() -> None:
    assert answered(provider("first"), path="/_local/firstborn/x")[0] == 404


def test_a_real_service_has_no_address_here() -> None:
    assert answered(Provider("/_local/first", None), path="/_local/first/v1/things")[0] == 404


def test_the_overview_links_to_the_simulators() -> None:
    page = index_page({"functions": {}, "queues": {}, "schedules": {}}, [("A & B", "/_local/ab/")])
    assert "<a href='/_local/ab/'>A &amp; B</a>" in page
