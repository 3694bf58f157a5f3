"""What the HTTP edge does while a function starts."""

from __future__ import annotations

import contextlib
import gc
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI, Request
from mangum import Mangum
from starlette.responses import Response

from shared import startup
from shared.web import create_app, warm_up

ROOT = Path(__file__).resolve().parents[3]

PROGRAM = """
import json, shared.web
from fastapi import FastAPI
from pydantic import BaseModel
models = shared.web.framework.OPENAPI_MODELS
before = models.Info.__pydantic_complete__
app = FastAPI(title="Notes", version="1")
print(json.dumps([before, "defer_build" in BaseModel.model_config, app.openapi()["info"]]))
"""


def test_fastapis_models_of_openapi_are_made_when_the_document_is() -> None:
    result = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(result.stdout) == [False, False, {"title": "Notes", "version": "1"}]


def test_the_collector_rests_during_init_even_if_that_fails() -> None:
    resting = []
    with contextlib.suppress(ZeroDivisionError), startup.initializing():
        resting.append(not gc.isenabled())
        raise ZeroDivisionError
    assert resting == [True]
    assert gc.isenabled()
    gc.unfreeze()


@pytest.fixture
def seen() -> list[Request]:
    return []


@pytest.fixture
def app(seen: list[Request]) -> FastAPI:
    router = APIRouter()

    @router.get("/notes")
    async def notes(request: Request, limit: int = 0) -> Response:
        seen.append(request)
        return Response(b"[]")

    return create_app("notes", [], unlimited=[router])


def test_a_warm_up_request_goes_through_the_application(app: FastAPI, seen: list[Request], environment: None) -> None:
    warm_up.warm_up(Mangum(app, lifespan="off"), [warm_up.Request("/notes?limit=3", {"x-more": "yes"})])
    (request,) = seen
    assert (request.query_params["limit"], request.headers["x-more"]) == ("3", "yes")
    assert warm_up.is_warm_up(request.scope)


@pytest.mark.parametrize("claimed", [True, "true", {}, [], 1, None])
def test_nobody_can_call_a_request_a_warm_up(claimed: Any) -> None:
    assert not warm_up.is_warm_up({"aws.event": json.loads(json.dumps({"warm_up": claimed}))})
    assert not warm_up.is_warm_up({})
