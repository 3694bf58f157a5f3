"""The Stripe simulator as an ASGI application, to be mounted or served alone.

The `stripe` library reaches it by `StripeClient("sk_test_...", base_addresses={"api": <where it is mounted>})`.
A gateway that mounts it sets `root_path` in the scope; `application.state.account` is the account behind it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route

from simulators.stripe import (  # noqa: F401 - importing a resource registers what it serves
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
from simulators.stripe.api import endpoint, unknown_operation
from simulators.stripe.browser_script import script_routes
from simulators.stripe.calls import SERVICES
from simulators.stripe.contract import operation
from simulators.stripe.control import stripe_control_routes
from simulators.stripe.pages import page_routes
from simulators.stripe.settings import Settings
from simulators.stripe.stripe_account import StripeAccount

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def create_simulator(settings: Settings | None = None, snapshot: dict[str, Any] | None = None) -> Starlette:
    """A simulator of a fresh account, or of the one that an earlier `state.account.snapshot()` holds.

    Raises ApiError when a configured webhook endpoint is not on this machine.
    """
    account = StripeAccount(settings or Settings())
    if snapshot is not None:
        account.restore(snapshot)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        account.resume()
        yield
        await account.close()

    routes = [*_api_routes(account), *stripe_control_routes(account), *page_routes(account), *script_routes()]
    application = Starlette(routes=routes, lifespan=lifespan)
    application.state.account = account
    return application


def _api_routes(account: StripeAccount) -> list[Route]:
    routes = []
    for name, service in SERVICES.items():
        served = operation(name)
        routes.append(Route(served.path, endpoint(account, service, served), methods=[served.method]))
    routes.append(Route("/v1/{rest:path}", unknown_operation(account), methods=_METHODS))
    return routes
