"""Routes that are made when somebody asks for one."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, Request
from mangum import Mangum
from starlette.responses import JSONResponse, Response

from shared.web import Deferred, create_app, rate_limits
from tests.support.lambda_client import Answer, LambdaClient


def router(path: str) -> APIRouter:
    made = APIRouter()

    @made.get(path, name=path, summary=path)
    async def read(request: Request) -> Response:
        return JSONResponse({"path": request.url.path})

    return made


@pytest.fixture
def made() -> list[str]:
    """What was made so far."""
    return []


@pytest.fixture
def app(made: list[str], monkeypatch: pytest.MonkeyPatch, environment: None) -> FastAPI:
    monkeypatch.setattr(rate_limits, "_hit", lambda *_: 1)

    def administration() -> list[APIRouter]:
        made.append("administration")
        return [router("/api/v1/admin/notes"), router("/api/v1/admin/notes/{note_id}")]

    return create_app("notes", [router("/api/v1/notes")], deferred=Deferred(administration))


def ask(app: FastAPI, method: str, path: str) -> Answer:
    handler: Any = Mangum(app, lifespan="off")
    return LambdaClient(handler).request(method, path)


def test_they_are_made_by_the_first_request_for_one_and_once(app: FastAPI, made: list[str]) -> None:
    assert ask(app, "GET", "/api/v1/notes").status == 200
    assert made == []
    for path in ("/api/v1/admin/notes", "/api/v1/admin/notes/1", "/api/v1/admin/notes"):
        reply = ask(app, "GET", path)
        assert (reply.status, reply.json()) == (200, {"path": path})
        assert reply.headers["ratelimit-limit"]
    assert made == ["administration"]


def test_what_is_not_there_is_not_there_at_the_first_request_either(app: FastAPI) -> None:
    assert ask(app, "GET", "/api/v1/admin/other").status == 404


def test_another_method_is_told_which_there_is(app: FastAPI) -> None:
    reply = ask(app, "DELETE", "/api/v1/admin/notes")
    assert (reply.status, reply.headers["allow"]) == (405, "GET")


def test_the_document_knows_them(app: FastAPI) -> None:
    assert set(app.openapi()["paths"]) == {"/api/v1/notes", "/api/v1/admin/notes", "/api/v1/admin/notes/{note_id}"}


def test_a_route_that_would_never_be_reached_is_an_error(environment: None) -> None:
    app = create_app("notes", [], deferred=Deferred(lambda: [router("/api/v1/notes")]))
    with pytest.raises(ValueError, match="/api/v1/notes does not begin with /api/v1/admin/"):
        app.state.load_deferred()
