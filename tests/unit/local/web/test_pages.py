"""What is answered while there are no pages, and whose server answers in development."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from infra.local.host.log import Log
from infra.local.web.built import BuiltPages
from infra.local.web.development import DevelopmentPages, application_of
from tests.support.loops import run


def ask(pages: Any, path: str = "/") -> tuple[bool, int, dict[bytes, bytes], bytes]:
    """Whether it was answered, status, headers, body."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [],
    }
    answered = run(pages.serve_instead(scope, None, send))
    if not sent:
        return answered, 0, {}, b""
    return answered, sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


@pytest.fixture
def built(tmp_path: Path) -> BuiltPages:
    nothing: Any = None
    log = Log(tmp_path, (tmp_path / "stream").open("a"))
    return BuiltPages(tmp_path, tmp_path, "site", nothing, {}, nothing, "http://127.0.0.1:8000", log, nothing)


def test_until_pages_are_built_an_address_says_so_and_loads_itself_again(built: BuiltPages) -> None:
    answered, status, headers, body = ask(built)
    assert (answered, status) == (True, 503)
    assert b"building its pages" in body
    assert b"http-equiv='refresh'" in body
    assert headers[b"cache-control"] == b"no-store"
    assert int(headers[b"retry-after"]) > 0


def test_a_build_that_failed_says_why_without_being_taken_for_markup(built: BuiltPages) -> None:
    built._failure = "App.tsx: unexpected <div>"
    _, _, _, body = ask(built)
    assert b"could not be built" in body
    assert b"unexpected &lt;div&gt;" in body


def test_pages_that_are_built_come_from_the_distribution(built: BuiltPages) -> None:
    built._ready = True
    built._failure = "a later build"
    assert ask(built)[0] is False


def test_in_development_the_configuration_is_answered_without_a_bucket(tmp_path: Path) -> None:
    nothing: Any = None
    log = Log(tmp_path, (tmp_path / "stream").open("a"))
    pages = DevelopmentPages(tmp_path, {"site": "http://127.0.0.1:8000"}, "http://127.0.0.1:8000", log, nothing)
    answered, status, _, body = ask(pages, "/config.json")
    assert (answered, status, body) == (True, 200, b'{"site":"http://127.0.0.1:8000"}')
    assert ask(pages, "/")[1] == 503


@pytest.mark.parametrize(
    ("path", "application"),
    [
        ("/", "storefront"),
        ("/admin", "admin"),
        ("/admin/orders", "admin"),
        ("/studio/", "studio"),
        ("/administer", "storefront"),
    ],
)
def test_each_application_has_a_server_of_its_own(path: str, application: str) -> None:
    assert application_of(path) == application
