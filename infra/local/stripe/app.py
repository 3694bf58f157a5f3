"""The Stripe simulator as an ASGI application, to be mounted or served alone.

The `stripe` library reaches it by `StripeClient("sk_test_...", base_addresses={"api": <where it is mounted>})`.
A gateway that mounts it sets `root_path` in the scope; `application.state.simulator` is the account behind it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from infra.local.stripe import (  # noqa: F401 - importing a resource registers what it serves
    balance,
    charges,
    customers,
    disputes,
    events,
    payment_intents,
    payment_methods,
    payouts,
    refunds,
    setup_intents,
    webhook_endpoints,
)
from infra.local.stripe.api import endpoint, unknown_operation
from infra.local.stripe.calls import SERVICES
from infra.local.stripe.contract import operation
from infra.local.stripe.control import control_routes
from infra.local.stripe.pages import page_routes
from infra.local.stripe.settings import Settings
from infra.local.stripe.simulator import Simulator

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def create_simulator(settings: Settings | None = None, snapshot: dict[str, Any] | None = None) -> Starlette:
    """A simulator of a fresh account, or of the one that an earlier `state.simulator.state.snapshot()` holds.

    Raises ApiError when a configured webhook endpoint is not on this machine.
    """
    simulator = Simulator(settings or Settings())
    if snapshot is not None:
        simulator.restore(snapshot)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        simulator.resume()
        yield
        await simulator.close()

    routes = [*_api_routes(simulator), *control_routes(simulator), *page_routes(simulator)]
    application = Starlette(routes=routes, lifespan=lifespan)
    application.state.simulator = simulator
    return application


def _api_routes(simulator: Simulator) -> list[Route]:
    routes = []
    for name, service in SERVICES.items():
        found = operation(name)
        routes.append(Route(found.path, endpoint(simulator, service, found), methods=[found.method]))
    routes.append(Route("/v1/{rest:path}", unknown_operation(simulator), methods=_METHODS))
    return routes
