"""create_app(): one FastAPI application with everything that http.md asks for, and its Lambda entry point."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from mangum import Mangum

from shared import snapshots, startup
from shared.web import openapi, problems, rate_limits
from shared.web.deferred import Deferred, LoadDeferred
from shared.web.envelope import Envelope
from shared.web.rehearsal import Request, rehearse

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


def create_app(
    context: str,
    routers: Sequence[APIRouter],
    *,
    unlimited: Sequence[APIRouter] = (),
    body_limits: Mapping[str, int] | None = None,
    deferred: Deferred | None = None,
) -> FastAPI:
    """The HTTP application of a bounded context.

    `unlimited` routers are not rate limited (health checks); `body_limits` maps a path to its limit in bytes where
    it is not the usual one. `deferred` routes are made when the first request for one of them comes; whoever looks at
    the routes themselves calls `app.state.load_deferred()` before.
    """
    app = FastAPI(
        title=f"ShareStack {context}",
        version="1",
        openapi_url=f"/openapi/{context}.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    for router in routers:
        app.include_router(router, dependencies=[Depends(rate_limits.enforce)])
    for router in unlimited:
        app.include_router(router)

    @cache
    def load_deferred() -> None:
        for router in deferred.routers() if deferred else ():
            app.include_router(router, dependencies=[Depends(rate_limits.enforce)])

    app.state.load_deferred = load_deferred
    problems.install(app)
    openapi.install(app, before=load_deferred)
    if deferred is not None:
        app.add_middleware(LoadDeferred, prefix=deferred.prefix, load=load_deferred)
    app.add_middleware(Envelope, body_limits=body_limits or {})
    return app


def lambda_handler(app: FastAPI, *rehearsals: Request) -> Handler:
    """The function's entry point. Runs in INIT: what every request needs is made here, the connection to begin with.

    `rehearsals` are requests that only read. They are answered once, to nobody, so that the first real one finds
    everything made that is made on first use.
    """
    adapter = Mangum(app, lifespan="off")
    if startup.connect():
        rehearse(adapter, rehearsals)
    snapshots.be_ready()
    return adapter
