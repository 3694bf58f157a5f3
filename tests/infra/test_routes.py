"""The route table of the gateway."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.infra.deployment import Deployment, Resource, references

PATHS = {
    "analytics.api": {
        "/api/v1/admin/analytics",
        "/api/v1/admin/analytics/products",
        "/openapi/analytics.json",
    },
    "discovery.api": {
        "/api/v1/products/{product_id}/recommendations",
        "/api/v1/recommendations/products",
        "/openapi/discovery.json",
    },
    "identity.api": {
        "/.well-known/jwks.json",
        "/api/v1/admin/users",
        "/api/v1/admin/users/{user_id}",
        "/api/v1/auth/email/verification",
        "/api/v1/auth/email/verify",
        "/api/v1/auth/login",
        "/api/v1/auth/logout",
        "/api/v1/auth/password/forgot",
        "/api/v1/auth/password/reset",
        "/api/v1/auth/refresh",
        "/api/v1/auth/register",
        "/api/v1/auth/sessions",
        "/api/v1/auth/sessions/{session_id}",
        "/api/v1/auth/verify",
        "/api/v1/users/me",
        "/api/v1/users/me/email",
        "/api/v1/users/me/password",
        "/api/v1/users/me/consents",
        "/api/v1/users/me/erasure/cancel",
        "/api/v1/users/me/export",
        "/api/v1/users/me/exports/{export_id}",
        "/api/v1/users/unsubscribe",
        "/openapi/identity.json",
    },
    "catalog.api": {
        "/api/v1/products/{product_id}/reviews",
        "/api/v1/reviews/{review_id}",
        "/api/v1/reviews/{review_id}/votes",
        "/api/v1/admin/reviews",
        "/api/v1/admin/reviews/{review_id}/status",
        "/api/v1/admin/reviews/{review_id}/reply",
        "/api/v1/orders/{order_id}/downloads",
        "/api/v1/orders/{order_id}/downloads/{media_id}",
        "/api/v1/admin/products/{product_id}/media",
        "/api/v1/admin/products/{product_id}/media/{media_id}",
        "/api/v1/admin/products/{product_id}/media/{media_id}/complete",
        "/api/v1/wishlist",
        "/api/v1/wishlist/{product_id}",
        "/api/v1/admin/inventory",
        "/api/v1/admin/inventory/{variant_id}",
        "/api/v1/admin/inventory/{variant_id}/adjustments",
        "/api/v1/admin/inventory/{variant_id}/movements",
        "/api/v1/admin/products",
        "/api/v1/admin/products/import",
        "/api/v1/admin/products/imports/{import_id}",
        "/api/v1/admin/products/export",
        "/api/v1/admin/products/exports",
        "/api/v1/admin/products/exports/{export_id}",
        "/api/v1/admin/products/{product_id}",
        "/api/v1/categories",
        "/api/v1/admin/categories",
        "/api/v1/admin/categories/{category_id}",
        "/api/v1/products",
        "/api/v1/products/search",
        "/api/v1/products/search/suggestions",
        "/api/v1/products/{product_id}",
        "/openapi/catalog.json",
    },
    "media.api": {
        "/api/v1/media",
        "/api/v1/media/upload",
        "/api/v1/media/uploads",
        "/api/v1/media/{media_id}",
        "/openapi/media.json",
    },
    "ordering.api": {
        "/api/v1/admin/orders",
        "/api/v1/admin/orders/{order_id}",
        "/api/v1/admin/orders/{order_id}/shipments",
        "/api/v1/shipments/{shipment_id}",
        "/api/v1/admin/returns",
        "/api/v1/admin/returns/{return_id}/decision",
        "/api/v1/admin/returns/{return_id}/receipt",
        "/api/v1/cart",
        "/api/v1/cart/checkout",
        "/api/v1/cart/coupons",
        "/api/v1/cart/coupons/{code}",
        "/api/v1/shipping/quotes",
        "/api/v1/admin/coupons",
        "/api/v1/admin/coupons/{coupon_id}",
        "/api/v1/admin/shipping/zones",
        "/api/v1/admin/shipping/zones/{zone_id}",
        "/api/v1/admin/shipping/zones/{zone_id}/rates",
        "/api/v1/admin/shipping/zones/{zone_id}/rates/{rate_id}",
        "/api/v1/admin/tax/rates",
        "/api/v1/admin/tax/rates/{tax_rate_id}",
        "/api/v1/cart/items",
        "/api/v1/cart/items/{item_id}",
        "/api/v1/cart/merge",
        "/api/v1/orders",
        "/api/v1/orders/{order_id}",
        "/api/v1/orders/{order_id}/cancel",
        "/api/v1/orders/{order_id}/invoice",
        "/api/v1/orders/{order_id}/returns",
        "/api/v1/returns/{return_id}",
        "/api/v1/users/orders",
        "/openapi/ordering.json",
    },
    "payments.api": {
        "/api/v1/admin/disputes",
        "/api/v1/admin/disputes/{dispute_id}",
        "/api/v1/admin/disputes/{dispute_id}/evidence",
        "/api/v1/admin/fraud/decisions",
        "/api/v1/admin/fraud/decisions/{decision_id}/review",
        "/api/v1/admin/ledger",
        "/api/v1/admin/ledger/balances",
        "/api/v1/admin/payments",
        "/api/v1/admin/payments/{payment_id}",
        "/api/v1/admin/payments/{payment_id}/refunds",
        "/api/v1/admin/reconciliations",
        "/api/v1/admin/reconciliations/differences",
        "/api/v1/admin/reconciliations/differences/{difference_id}/resolution",
        "/api/v1/admin/reconciliations/{reconciliation_id}",
        "/api/v1/admin/refunds",
        "/api/v1/admin/refunds/{refund_id}",
        "/api/v1/payment-methods",
        "/api/v1/payment-methods/setup",
        "/api/v1/payment-methods/{payment_method_id}",
        "/api/v1/payments",
        "/api/v1/payments/intent",
        "/api/v1/payments/{payment_id}",
        "/openapi/payments.json",
    },
    "operations.api": {
        "/api/v1/admin/audit",
        "/api/v1/admin/audit/{entry_id}",
        "/docs",
        "/docs/{asset}",
        "/health",
        "/health/ready",
        "/openapi.json",
        "/openapi/operations.json",
    },
}

# What goes elsewhere than to an api function of a context.
SPECIAL = {"$default": "operations.api", "ANY /api/v1/payments/webhook": "payments.receive_webhook"}


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


def test_every_path_goes_to_the_api_of_its_context_with_every_method(deployed: Deployment) -> None:
    expected = {f"ANY {path}": function for function, paths in PATHS.items() for path in paths}
    assert table(deployed) == expected | SPECIAL


def test_no_route_is_defined_twice(deployed: Deployment) -> None:
    keys = Counter(route.properties["RouteKey"] for route in deployed.resources("AWS::ApiGatewayV2::Route"))
    assert set(keys.values()) == {1}


def test_no_two_paths_differ_only_in_the_names_of_their_parameters(dev: Deployment) -> None:
    shapes = Counter(
        tuple("{}" if part.startswith("{") else part for part in key.split(" ")[-1].split("/")) for key in table(dev)
    )
    assert set(shapes.values()) == {1}


def test_a_function_has_one_integration_however_many_routes(deployed: Deployment) -> None:
    integrations = deployed.resources("AWS::ApiGatewayV2::Integration")
    owners = Counter((i.stack, *references(i.properties["IntegrationUri"])) for i in integrations)
    assert len(owners) == len(PATHS) + 1
    assert set(owners.values()) == {1}
    assert {integration.properties["PayloadFormatVersion"] for integration in integrations} == {"2.0"}


def test_only_this_api_may_invoke_its_functions_and_by_one_permission_each(deployed: Deployment) -> None:
    permissions = [
        permission
        for permission in deployed.resources("AWS::Lambda::Permission")
        if permission.properties["Principal"] == "apigateway.amazonaws.com" and permission.stack != "Edge"
    ]
    owners = Counter((p.stack, *references(p.properties["FunctionName"])) for p in permissions)
    assert len(owners) == len(PATHS) + 1
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


def test_the_stage_is_throttled_measured_and_logs_json(deployed: Deployment) -> None:
    stage = deployed.only("AWS::ApiGatewayV2::Stage").properties
    assert stage["StageName"] == "$default"
    assert stage["DefaultRouteSettings"] == {
        "DetailedMetricsEnabled": True,
        "ThrottlingBurstLimit": deployed.environment.throttle_burst,
        "ThrottlingRateLimit": deployed.environment.throttle_rate,
    }
    assert '"requestId": "$context.requestId"' in stage["AccessLogSettings"]["Format"]
