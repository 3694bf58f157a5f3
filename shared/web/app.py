"""create_app(): the FastAPI application of a context, with limits, problem documents, deferred routes and OpenAPI, and
its Lambda entry point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.routing import APIRoute
from mangum import Mangum

from shared import snapshots, startup
from shared.web import openapi, problems, rate_limits
from shared.web.deferred import Deferred, LoadDeferred
from shared.web.middleware import BodyLimit, RequestMiddleware
from shared.web.query import refuse_unknown
from shared.web.warm_up import Request as WarmUpRequest
from shared.web.warm_up import warm_up

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

_ALWAYS: Final = [Depends(rate_limits.enforce), Depends(refuse_unknown)]


def create_app(
    context: str,
    routers: Sequence[APIRouter],
    *,
    unlimited: Sequence[APIRouter] = (),
    body_limits: Mapping[str, BodyLimit] | None = None,
    deferred: Deferred | None = None,
    guest_of: Callable[[Request], str | None] = lambda _: None,
    other_paths: Callable[[], openapi.Paths] = dict,
    other_methods: Mapping[str, Sequence[str]] | None = None,
) -> FastAPI:
    """The HTTP application of a bounded context.

    `unlimited` routers are not rate limited (health checks); `body_limits` maps a path to its limit where it is not
    the usual one. `deferred` routes are made when the first request for one of them comes; whoever looks at
    the routes themselves calls `app.state.load_deferred()` before. `other_paths` describes, for the OpenAPI document,
    addresses of the context that other functions serve. An operation's id in that document is its function's name.
    `guest_of` names a caller who is not signed in by something that stays the same from request to request, for
    idempotency keys; it may raise ProblemError. `other_methods` are those of an address that another API serves (`keys`
    of its manifest), for the `Allow` of a 405.
    """
    app = FastAPI(
        title=f"ShareStack {context}",
        version="1",
        openapi_url=f"/openapi/{context}.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
    )
    for router in routers:
        app.include_router(router, dependencies=_ALWAYS)
    for router in unlimited:
        app.include_router(router, dependencies=[Depends(refuse_unknown)])

    @cache
    def load_deferred() -> None:
        for router in deferred.routers() if deferred else ():
            app.include_router(router, dependencies=_ALWAYS)

    app.state.load_deferred = load_deferred
    app.state.guest_of = guest_of
    app.state.other_methods = other_methods or {}
    problems.install(app)
    openapi.install(app, before=load_deferred, other_paths=other_paths)
    if deferred is not None:
        app.add_middleware(LoadDeferred, prefix=deferred.prefix, load=load_deferred)
    app.add_middleware(RequestMiddleware, body_limits=body_limits or {})
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name


def lambda_handler(app: FastAPI, *requests: WarmUpRequest) -> Handler:
    """The function's entry point. Runs in INIT: what every request needs is made here, the connection to begin with.

    `requests` only read. They are answered once, to nobody (a warm-up), so that the first real one finds
    everything made that is made on first use.
    """
    adapter = Mangum(app, lifespan="off")
    if startup.connect():
        warm_up(adapter, requests)
    snapshots.be_ready()
    return _without_type_of_nothing(adapter)


def _without_type_of_nothing(adapter: Handler) -> Handler:
    """Mangum calls a body without a type JSON, also where there is none: clients would parse nothing. A 304 keeps it: a
    cache takes it for the type of what it holds (RFC 9111, section 3.2).
    """

    def handler(event: Any, context: Any) -> Any:
        answer = adapter(event, context)
        if answer["statusCode"] == 204:
            answer["headers"].pop("content-type", None)
        return answer

    return handler
