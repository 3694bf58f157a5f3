"""Functions in JavaScript: CloudFront's own as they are deployed, and the one that renders, under the local runtime."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra.local.aws.code import in_node
from infra.local.aws.lambda_runtime import LambdaRuntime
from infra.local.aws.topology import Function
from infra.local.host.log import Log
from infra.local.host.processes import Registry
from infra.manifests import ROOT
from tests.support.loops import run

Invoke = Callable[..., Any]

RENDER = """
export async function handler(event) {
  if (event.rawPath === "/boom") throw new TypeError("no such thing");
  const { headers, rawPath: path } = event;
  return { path, headers, origin: process.env.SITE_ORIGIN, http: event.requestContext.http };
}
"""


@pytest.fixture
def invoke(tmp_path: Path) -> Invoke:
    """Gives the answers, and the error of the last, of one process that gets these events one after the other."""

    def of(folder: Path, handler: str, *events: dict[str, Any], **environment: str) -> tuple[list[Any], str | None]:
        function = Function("web.render", "web-render", handler, 5.0, 512, environment)

        async def scenario() -> tuple[list[Any], str | None]:
            runtime = LambdaRuntime(
                {"web.render": function},
                code=lambda _: in_node(folder),
                overrides={},
                limit=1,
                log=Log(tmp_path / "log", (tmp_path / "stream").open("a")),
                registry=Registry(tmp_path / "processes.json"),
            )
            try:
                outcomes = [await runtime.invoke("web.render", json.dumps(event).encode()) for event in events]
            finally:
                await runtime.close()
            return [json.loads(item.payload) for item in outcomes], outcomes[-1].error

        return run(scenario())

    return of


def edge(invoke: Invoke, tmp_path: Path, name: str, uri: str, query: dict[str, str] | None = None) -> dict[str, Any]:
    """The request that CloudFront's function makes of one."""
    code = (ROOT / "infra" / "edge_functions" / f"{name}.js").read_text()
    (tmp_path / f"{name}.mjs").write_text(f"{code}\nexport {{ handler }};\n")
    request = {
        "method": "GET",
        "uri": uri,
        "querystring": {key: {"value": value} for key, value in (query or {}).items()},
        "headers": {"host": {"value": "shop.example"}, "x-page-path": {"value": "/forged"}},
        "cookies": {},
    }
    [answer], error = invoke(tmp_path, f"{name}.handler", {"version": "1.0", "request": request})
    assert error is None, answer
    changed: dict[str, Any] = answer
    return changed


def test_every_page_is_asked_for_at_the_shell_s_address(invoke: Invoke, tmp_path: Path) -> None:
    request = edge(invoke, tmp_path, "pages", "/p/bee\u8702-mug")
    assert request["uri"] == "/fallback.html"
    assert request["headers"]["x-page-path"] == {"value": "/p/bee%E8%9C%82-mug"}
    assert request["headers"]["x-page-host"] == {"value": "shop.example"}


@pytest.mark.parametrize("path", ["/en", "/en/", "/en/p/mug"])
def test_a_page_in_english_falls_back_on_the_shell_in_english(invoke: Invoke, tmp_path: Path, path: str) -> None:
    assert edge(invoke, tmp_path, "pages", path)["uri"] == "/en/fallback.html"


def test_what_advertisers_add_makes_no_page_of_its_own(invoke: Invoke, tmp_path: Path) -> None:
    query = {"utm_source": "mail", "fbclid": "1", "q": "mug", "option.size": "L"}
    assert set(edge(invoke, tmp_path, "pages", "/search", query)["querystring"]) == {"q", "option.size"}


@pytest.mark.parametrize(
    ("uri", "document"),
    [
        ("/admin", "/admin/index.html"),
        ("/admin/orders/7", "/admin/index.html"),
        ("/admin/customers/ada@example.com", "/admin/index.html"),
        ("/studio/", "/studio/index.html"),
        ("/administer", "/index.html"),
        ("/en/checkout/return", "/en/index.html"),
        ("/en", "/en/index.html"),
        ("/english-tea", "/index.html"),
        ("/admin/favicon.svg", "/admin/favicon.svg"),
    ],
)
def test_every_address_of_an_application_is_its_document(
    invoke: Invoke, tmp_path: Path, uri: str, document: str
) -> None:
    assert edge(invoke, tmp_path, "shells", uri)["uri"] == document


def rendered(tmp_path: Path) -> Path:
    """A folder as it is deployed: what Lambda calls, and a page's function behind it."""
    shutil.copyfile(ROOT / "infra" / "render" / "entry.mjs", tmp_path / "entry.mjs")
    (tmp_path / "index.mjs").write_text(RENDER)
    return tmp_path


def event(path: str, viewer: str = "203.0.113.7:50310") -> dict[str, Any]:
    headers = {"x-page-path": path, "x-page-host": "d1.cloudfront.net", "cloudfront-viewer-address": viewer}
    return {
        "rawPath": "/index.html",
        "headers": {**headers, "x-forwarded-for": "198.51.100.1, 192.0.2.9"},
        "requestContext": {"http": {"method": "GET", "path": "/index.html", "sourceIp": "192.0.2.9"}},
    }


@pytest.mark.parametrize(
    ("viewer", "address"),
    [
        ("203.0.113.7:50310", "203.0.113.7"),
        ("2001:db8:0:0:0:0:0:7:50310", "2001:db8:0:0:0:0:0:7"),
        ("[2001:db8::7]:50310", "2001:db8::7"),
    ],
)
def test_a_page_is_told_its_own_path_and_who_asks(invoke: Invoke, tmp_path: Path, viewer: str, address: str) -> None:
    [answer], _ = invoke(rendered(tmp_path), "entry.handler", event("/p/mug", viewer), SITE_ORIGIN="https://a.example")
    assert (answer["path"], answer["http"]["path"]) == ("/p/mug", "/p/mug")
    assert (answer["headers"], answer["http"]["sourceIp"]) == ({"x-forwarded-for": address}, address)
    assert answer["origin"] == "https://a.example"


def test_without_a_domain_a_page_learns_its_address_from_the_request(invoke: Invoke, tmp_path: Path) -> None:
    [answer], _ = invoke(rendered(tmp_path), "entry.handler", event("/"), SITE_ORIGIN="")
    assert answer["origin"] == "https://d1.cloudfront.net"


def test_a_page_that_fails_does_not_end_the_process(invoke: Invoke, tmp_path: Path) -> None:
    [failed, answered], error = invoke(rendered(tmp_path), "entry.handler", event("/boom"), event("/p/mug"))
    assert (failed["errorType"], failed["errorMessage"]) == ("TypeError", "no such thing")
    assert (answered["path"], error) == ("/p/mug", None)


def test_code_that_cannot_be_loaded_is_told_to_who_asks(invoke: Invoke, tmp_path: Path) -> None:
    [answer], error = invoke(tmp_path, "entry.handler", event("/"))
    assert error == "Runtime.InitError"
    assert "entry.mjs" in answer["errorMessage"]
