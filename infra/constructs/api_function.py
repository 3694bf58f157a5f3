"""An HTTP function: one Lambda function, one integration, one permission, and a route per path."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.context_function import ContextFunction, FunctionSpec
from infra.constructs.foundation import ContextHome


class ApiFunction(ContextFunction):
    """A function behind the HTTP API.

    `routes` are route keys: `ANY /path/{parameter}`, `POST /path` or `$default`. An API takes every method of its
    paths, so that its framework answers 405 with `Allow`, which the gateway would answer with 404.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, home: ContextHome, spec: FunctionSpec, routes: Sequence[str]
    ) -> None:
        super().__init__(scope, construct_id, home=home, spec=spec)
        api_id = home.foundation.api_id
        integration = apigateway.CfnIntegration(
            self,
            "Integration",
            api_id=api_id,
            integration_type="AWS_PROXY",
            integration_uri=self.function.function_arn,
            payload_format_version="2.0",
        )
        for route in routes:
            apigateway.CfnRoute(self, route, api_id=api_id, route_key=route, target=f"integrations/{integration.ref}")
        self._allow_gateway(api_id)

    def _allow_gateway(self, api_id: str) -> None:
        stack = cdk.Stack.of(self)
        lambda_.CfnPermission(
            self,
            "Gateway",
            action="lambda:InvokeFunction",
            function_name=self.function.function_arn,
            principal="apigateway.amazonaws.com",
            source_arn=stack.format_arn(service="execute-api", resource=api_id, resource_name="*"),
        )


def any_method(paths: Sequence[str]) -> list[str]:
    """Route keys that take every method of `paths`."""
    return [f"ANY {path}" for path in paths]
