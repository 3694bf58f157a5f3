"""HTTP of operations: liveness and readiness, the documentation, and addresses that no route has."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from starlette.responses import HTMLResponse, Response

from functions.operations.errors import NotReadyError
from functions.operations.schemas.health import Health, HealthCheck, Readiness
from functions.operations.service import documentation, readiness
from shared.errors import NotFoundError
from shared.permissions import Permission
from shared.web import DOCUMENTATION, MaybeCaller, document, problems, respond

health = APIRouter(tags=["operations"])
docs = APIRouter(tags=["operations"])

# Swagger UI draws its icons from data addresses. All else comes from here, and what a reader tries out stays here.
DOCS_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_DOCUMENT: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "OpenAPI 3.1", "content": {"application/json": {"schema": {"type": "object"}}}}
}
_ASSET: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file",
        "content": {media_type: {} for media_type in ("text/javascript", "text/css", "image/png")},
    },
    404: {"description": "The page has no such file"},
}


@health.get("/health", summary="Liveness", response_model=Health)
async def get_liveness(request: Request) -> Response:
    """The process runs. Asks nothing else, so that a database that is away restarts no function."""
    return respond(request, Health(status="ok"))


@docs.get(
    "/health/ready",
    summary="Readiness",
    response_model=Readiness,
    responses={503: {"description": "Something that requests need does not answer; `checks` says what"}},
)
async def get_readiness(request: Request, caller: MaybeCaller) -> Response:
    """Whether the database, the event bus, the storage and the counters answer, as of the last five seconds. Who may
    read what concerns operations is told of each, with its time in milliseconds.
    """
    results = readiness.check()
    checks: dict[str, HealthCheck] | None = None
    if caller is not None and Permission.OPERATIONS_READ in caller.permissions:
        checks = {
            name: HealthCheck(status="ok" if result.ok else "failed", milliseconds=result.milliseconds)
            for name, result in results.items()
        }
    failed = [name for name, result in results.items() if not result.ok]
    if failed:
        told = None if checks is None else {name: check.model_dump() for name, check in checks.items()}
        raise NotReadyError(f"No answer from: {', '.join(failed)}" if told else None, checks=told)
    return respond(request, Readiness(status="ready", checks=checks))


@docs.get("/openapi.json", summary="This document", response_class=Response, responses=_DOCUMENT)
async def get_openapi_document(request: Request) -> Response:
    """The OpenAPI document of the whole system."""
    return document(request, documentation.openapi(), "application/json", cache=DOCUMENTATION)


@docs.get("/docs", summary="Documentation", response_class=HTMLResponse)
async def get_documentation_page(request: Request) -> Response:
    """A page that shows this document and lets one try it out."""
    return document(
        request,
        documentation.page(),
        "text/html; charset=utf-8",
        cache=DOCUMENTATION,
        headers={"Content-Security-Policy": DOCS_CSP},
    )


@docs.get("/docs/{asset}", summary="File of the documentation page", response_class=Response, responses=_ASSET)
async def get_documentation_asset(
    request: Request, asset: Annotated[str, Path(max_length=50, examples=["page.css"])]
) -> Response:
    """Script, style or image of the page."""
    file = documentation.asset(asset)
    if file is None:
        raise NotFoundError("The documentation has no such file")
    return document(request, file.body, file.media_type, cache=DOCUMENTATION)


async def nowhere(request: Request, error: Exception) -> Response:
    """No route of ours matches: the gateway sends here what it knows no route for (`$default`).

    405 with `Allow` where the address exists with other methods, else 404.
    """
    path, allowed = request.url.path, documentation.methods_at(request.url.path)
    if allowed and request.method not in allowed:
        return problems.from_framework(path, 405, {"Allow": ", ".join(allowed)})
    return problems.from_framework(path, 404)
