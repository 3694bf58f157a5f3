"""HTTP of operations: liveness and readiness."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.operations.errors import NotReadyError
from functions.operations.schemas import Check, Health, Readiness
from functions.operations.service import readiness
from shared.web import answer

health = APIRouter(tags=["operations"])


@health.get("/health", summary="Liveness", response_model=Health)
async def live(request: Request) -> Response:
    """The process runs. Asks nothing else, so that a database that is away restarts no function."""
    return answer(request, Health(status="ok"))


@health.get(
    "/health/ready",
    summary="Readiness",
    response_model=Readiness,
    responses={503: {"description": "Something that requests need does not answer; `checks` says what"}},
)
async def ready(request: Request) -> Response:
    """Asks the database, the event bus, the storage and the counters, each with its time in milliseconds."""
    results = readiness.check()
    checks = {
        name: Check(status="ok" if result.ok else "failed", milliseconds=result.milliseconds)
        for name, result in results.items()
    }
    failed = [name for name, result in results.items() if not result.ok]
    if failed:
        told = {name: check.model_dump() for name, check in checks.items()}
        raise NotReadyError(f"No answer from: {', '.join(failed)}", checks=told)
    return answer(request, Readiness(status="ready", checks=checks))
