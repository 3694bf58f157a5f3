"""The gateway's routes and the applications' routes are the same, and each lands where it is served."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts

from infra.app import synthesize
from infra.environments import DEV
from infra.local import routing, topology
from tests.contract.applications import Route, application, context_names, every_route
from tests.infra import deployment
from tests.infra.test_routes import table

# As the infrastructure's own tests: the worker that has loaded CDK synthesizes.
pytestmark = pytest.mark.xdist_group("infra")


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Functions (`context.handler`) by route key, of the synthesized templates."""
    folder: Path = tmp_path_factory.mktemp("gateway")
    synthesize(DEV, folder)
    return table(deployment.read(folder, DEV))


@pytest.fixture(scope="module")
def routes(gateway: dict[str, str]) -> routing.RouteTable:
    """The same, choosing as API Gateway chooses."""
    split = {key: key.partition(" ") for key in gateway}
    return routing.RouteTable(
        topology.Route(method=method, path=path, function=gateway[key]) for key, (method, _, path) in split.items()
    )


def concrete(template: str) -> str:
    """An address that fits the template."""
    return re.sub(r"\{[^}]+\}", "some-value", template)


def own_documents() -> list[Route]:
    """The OpenAPI document that each context serves of itself."""
    return [Route(context, str(application(context).openapi_url), "GET") for context in context_names()]


@pytest.mark.parametrize("route", [*every_route(), *own_documents()], ids=str)
def test_a_route_of_an_application_lands_on_its_function(route: Route, routes: routing.RouteTable) -> None:
    match = routes.match(route.method, concrete(route.path))
    assert match is not None
    assert (match.route.function, match.route.path) == (f"{route.context}.{route.handler}", route.path)


def test_every_route_of_the_gateway_is_served(gateway: dict[str, str]) -> None:
    served = {(f"{route.context}.{route.handler}", route.path) for route in [*every_route(), *own_documents()]}
    offered = {(function, key.partition(" ")[2]) for key, function in gateway.items() if key != "$default"}
    assert offered == served


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/"), ("POST", "/api/v2/products"), ("GET", "/api/v1/orders/1/x")]
)
def test_every_other_address_lands_on_operations(method: str, path: str, routes: routing.RouteTable) -> None:
    match = routes.match(method, path)
    assert match is not None
    assert (match.route.method, match.route.function) == ("$default", "operations.api")


@pytest.mark.parametrize("route", [route for route in every_route() if route.handler == "api"], ids=str)
def test_no_route_hides_another_of_the_same_application(route: Route) -> None:
    """An application takes the first route that fits; `/import` after `/{product_id}` would never be reached."""
    address = concrete(route.path)
    first = next(
        other.path_format
        for other in iter_route_contexts(application(route.context).routes)
        if other.path_regex.match(address) and route.method in (other.methods or ())
    )
    assert first == route.path
