"""Every route of an application lands on its function, as the gateway chooses among greedy and other routes."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import iter_route_contexts
from sqlalchemy.orm import Session

from infra.environments import DEV
from infra.local.aws import routing, topology
from infra.manifests import functions
from shared.manifest import Api
from tests.contract.applications import Route, application, context_names, entry_point, every_route
from tests.infra.deployment import deployment_of
from tests.infra.test_routes import table
from tests.support.cloud import Cloud
from tests.support.lambda_client import LambdaClient

# As the infrastructure's own tests: the worker that has loaded CDK synthesizes.
pytestmark = pytest.mark.xdist_group("infra")


@pytest.fixture(scope="module")
def gateway() -> dict[str, str]:
    """Functions (`context.handler`) by route key, of the synthesized templates."""
    return table(deployment_of(DEV))


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
    assert match.route.function == f"{route.context}.{route.handler}"


def test_every_route_of_the_gateway_is_needed_by_one_of_its_function(
    gateway: dict[str, str], routes: routing.RouteTable
) -> None:
    taken = set()
    for route in [*every_route(), *own_documents()]:
        match = routes.match(route.method, concrete(route.path))
        assert match is not None
        taken.add(match.route.path)
    unused = {key.partition(" ")[2] for key in gateway} - taken - {""}
    # A prefix has two routes; where one of them serves nothing yet, the context answers there in its own words.
    assert unused <= {path.removesuffix("/{proxy+}") for path in taken} | {f"{path}/{{proxy+}}" for path in taken}


@pytest.mark.parametrize(
    ("path", "function"),
    [
        ("/api/v1/products/42", "catalog.api"),
        ("/api/v1/products/42/recommendations", "discovery.api"),
        ("/api/v1/products/42/recommendations/7", "catalog.api"),
        ("/api/v1/orders/42/downloads/7", "catalog.api"),
        ("/api/v1/orders/42/invoice", "ordering.api"),
        ("/api/v1/users/orders", "ordering.api"),
        ("/api/v1/users/me/orders", "identity.api"),
        ("/api/v1/users/me", "profiles.api"),
        ("/api/v1/users/unsubscribe", "identity.api"),
        ("/api/v1/users/me/watchlist/AAPL", "profiles.api"),
        ("/api/v1/users/ada", "profiles.api"),
        ("/api/v1/users/ada/follow", "profiles.api"),
        ("/api/v1/payments/webhook", "payments.receive_webhook"),
        ("/api/v1/payments/webhook/7", "payments.api"),
    ],
)
def test_a_closer_route_goes_before_a_greedy_one(path: str, function: str, routes: routing.RouteTable) -> None:
    match = routes.match("GET", path)
    assert match is not None
    assert match.route.function == function


SHARED_ADDRESSES = [key for _, _, function in functions() if isinstance(function, Api) for key in function.keys]


@pytest.mark.parametrize("key", SHARED_ADDRESSES)
def test_a_405_of_an_address_that_two_apis_serve_allows_the_methods_of_both(
    key: str, routes: routing.RouteTable, db: Session, aws: Cloud
) -> None:
    """RFC 9110, section 15.5.6."""
    method, _, path = key.partition(" ")
    match = routes.match("POST", path)
    assert match is not None
    client = LambdaClient(entry_point(match.route.function.partition(".")[0]))
    answer = client.post(path, json={})
    assert answer.status == 405
    own = {route.method for route in every_route() if route.path == path}
    assert set(answer.headers["allow"].split(", ")) == own
    assert method in own


def test_the_contexts_to_come_have_room_at_the_gateway(gateway: dict[str, str]) -> None:
    """An HTTP API has 300 routes at most; architecture allows 200 of them, for seventeen contexts. Those that are still
    missing are the smaller ones: ten each.
    """
    missing = 17 - len(context_names())
    assert len(gateway) + 10 * missing <= 200


@pytest.mark.parametrize(("method", "path"), [("GET", "/"), ("POST", "/api/v2/products"), ("GET", "/api/v1/nothing")])
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
