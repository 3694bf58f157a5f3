"""create_app(): one FastAPI application with everything that http.md asks for, and its Lambda entry point."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from mangum import Mangum

from shared.clients import database
from shared.log import logger
from shared.web import openapi, problems, rate_limits
from shared.web.envelope import Envelope

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


def create_app(
    context: str,
    routers: Sequence[APIRouter],
    *,
    unlimited: Sequence[APIRouter] = (),
    body_limits: Mapping[str, int] | None = None,
) -> FastAPI:
    """The HTTP application of a bounded context.

    `unlimited` routers are not rate limited (health checks); `body_limits` maps a path to its limit in bytes where
    it is not the usual one.
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
    problems.install(app)
    openapi.install(app)
    app.add_middleware(Envelope, body_limits=body_limits or {})
    return app


def lambda_handler(app: FastAPI) -> Handler:
    """The function's entry point. Runs in INIT: what every request needs (the connection) is made here.

    A database that cannot be reached now must not fail INIT: the first request tries again and answers 503.
    """
    adapter = Mangum(app, lifespan="off")
    try:
        database.connection()
    except Exception:
        logger().warning("no database connection in INIT", exc_info=True)
    gc.collect()
    gc.freeze()
    return adapter
