"""The route table of the gateway."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from infra.manifests import functions
from shared.manifest import Api
from tests.infra.deployment import Deployment, Resource, as_list, references


def function_behind(deployed: Deployment, route: Resource) -> Resource:
    resources = deployed.templates[route.stack]["Resources"]
    [integration] = references(route.properties["Target"])
    return deployed.woken(route.stack, resources[integration]["Properties"]["IntegrationUri"])


def table(deployed: Deployment) -> dict[str, str]:
    """Functions (`context.handler`) by route key."""
    found = {}
    for route in deployed.resources("AWS::ApiGatewayV2::Route"):
        _, context, _, handler, _ = function_behind(deployed, route).properties["Handler"].split(".")
        found[route.properties["RouteKey"]] = f"{context}.{handler}"
    return found


def test_every_environment_has_the_same_routes(deployed: Deployment, dev: Deployment) -> None:
    """`tests/contract/test_routes.py` compares those of development with what the applications serve."""
    assert table(deployed) == table(dev)


def test_every_path_is_routed_with_every_method_and_the_rest_goes_to_one_function(dev: Deployment) -> None:
    """The application answers 405 for a method that it has not; another path's function would answer 404. Where two
    contexts share an address, `Allow` names the methods of both (`tests/contract/test_routes.py`).
    """
    shared = {key for _, _, function in functions() if isinstance(function, Api) for key in function.keys}
    keys = table(dev).keys() - shared
    assert {key.partition(" ")[0] for key in keys} == {"ANY", "$default"}


def test_no_route_is_defined_twice(deployed: Deployment) -> None:
    keys = Counter(route.properties["RouteKey"] for route in deployed.resources("AWS::ApiGatewayV2::Route"))
    assert set(keys.values()) == {1}


def test_no_two_paths_differ_only_in_the_names_of_their_parameters(dev: Deployment) -> None:
    paths = {key.split(" ")[-1] for key in table(dev)}
    shapes = Counter(tuple("{}" if part.startswith("{") else part for part in path.split("/")) for path in paths)
    assert set(shapes.values()) == {1}


def test_a_function_has_one_integration_however_many_routes(deployed: Deployment) -> None:
    integrations = deployed.resources("AWS::ApiGatewayV2::Integration")
    owners = Counter((i.stack, *references(i.properties["IntegrationUri"])) for i in integrations)
    assert len(owners) == len(set(table(deployed).values()))
    assert set(owners.values()) == {1}
    assert {integration.properties["PayloadFormatVersion"] for integration in integrations} == {"2.0"}


def test_only_this_api_may_invoke_its_functions_and_by_one_permission_each(deployed: Deployment) -> None:
    permissions = [
        permission
        for permission in deployed.resources("AWS::Lambda::Permission")
        if permission.properties["Principal"] == "apigateway.amazonaws.com" and permission.stack != "Edge"
    ]
    owners = Counter((p.stack, *references(p.properties["FunctionName"])) for p in permissions)
    assert len(owners) == len(set(table(deployed).values()))
    assert set(owners.values()) == {1}
    this_api = f"{deployed.environment.stack_name('edge')}:ExportsOutputRefApi"
    for permission in permissions:
        assert this_api in json.dumps(permission.properties["SourceArn"])


def test_cors_names_the_environment_s_origins_and_never_all(deployed: Deployment) -> None:
    cors = deployed.only("AWS::ApiGatewayV2::Api").properties["CorsConfiguration"]
    assert cors["AllowOrigins"] == list(deployed.environment.allowed_origins)
    assert cors["AllowCredentials"] is True
    assert "*" not in str(cors)
    assert "OPTIONS" not in cors["AllowMethods"]


@pytest.mark.parametrize("header", ["authorization", "idempotency-key", "if-none-match", "x-correlation-id"])
def test_browsers_may_send_the_headers_of_our_conventions(dev: Deployment, header: str) -> None:
    assert header in dev.only("AWS::ApiGatewayV2::Api").properties["CorsConfiguration"]["AllowHeaders"]


@pytest.mark.parametrize("header", ["etag", "ratelimit-remaining", "retry-after", "x-correlation-id"])
def test_browsers_may_read_the_headers_of_our_conventions(dev: Deployment, header: str) -> None:
    assert header in dev.only("AWS::ApiGatewayV2::Api").properties["CorsConfiguration"]["ExposeHeaders"]


def test_the_stage_is_throttled_and_logs_json_and_counts_by_no_route(deployed: Deployment) -> None:
    """Metrics of every route are paid for; endpoints are counted from the functions' logs."""
    stage = deployed.only("AWS::ApiGatewayV2::Stage").properties
    assert stage["StageName"] == "$default"
    assert stage["DefaultRouteSettings"] == {
        "DetailedMetricsEnabled": False,
        "ThrottlingBurstLimit": deployed.environment.throttle_burst,
        "ThrottlingRateLimit": deployed.environment.throttle_rate,
    }
    assert '"requestId": "$context.requestId"' in stage["AccessLogSettings"]["Format"]


def test_the_routes_of_a_stack_are_made_one_after_the_other(deployed: Deployment) -> None:
    """The gateway answers changes of one API that come together with a conflict."""
    for stack in {route.stack for route in deployed.resources("AWS::ApiGatewayV2::Route")}:
        routes = deployed.resources("AWS::ApiGatewayV2::Route", stack=stack)
        names = {route.logical_id for route in routes}
        before = {route.logical_id: set(as_list(route.body.get("DependsOn", []))) & names for route in routes}
        assert all(len(found) <= 1 for found in before.values())
        chain = [name for name in names if not before[name]]
        while following := [name for name in names if before[name] == {chain[-1]}]:
            assert len(following) == 1
            chain += following
        assert len(chain) == len(names), stack
