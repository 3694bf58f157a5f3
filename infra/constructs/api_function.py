"""An HTTP function: one Lambda function, one integration, one permission, and a route per path."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.constructs import alarms
from infra.constructs.context_function import ContextFunction, FunctionSpec
from infra.constructs.foundation import ContextHome

# Answers without a look at anything. Health checks of Route 53 cannot show CloudFront's secret.
OPEN_ROUTES = ("ANY /health",)


class ApiFunction(ContextFunction):
    """A function behind the HTTP API.

    `routes` are route keys: `ANY /path/{parameter}`, `POST /path` or `$default`. An API takes every method of its
    paths, so that its framework answers 405 with `Allow`, which the gateway would answer with 404.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, home: ContextHome, spec: FunctionSpec, routes: Sequence[str]
    ) -> None:
        super().__init__(scope, construct_id, home=home, spec=spec)
        home.http_function_names.append(self.name)
        self.failure_alarms.append(
            alarms.server_errors(self, self.log_group, name=self.name, action=home.foundation.alarm_action)
        )
        live = self.go_live(gradually=True)
        api_id = home.foundation.api_id
        integration = apigateway.CfnIntegration(
            self,
            "Integration",
            api_id=api_id,
            integration_type="AWS_PROXY",
            integration_uri=live.function_arn,
            payload_format_version="2.0",
        )
        for route in routes:
            apigateway.CfnRoute(
                self,
                route,
                api_id=api_id,
                route_key=route,
                target=f"integrations/{integration.ref}",
                authorization_type="NONE" if route in OPEN_ROUTES else "CUSTOM",
                authorizer_id=None if route in OPEN_ROUTES else home.foundation.authorizer_id,
            )
        self._allow_gateway(api_id, live)

    def count_answers(self, metric: str, *, method: str, path: str) -> None:
        """Count the successful answers to `method` on `path` (as routes spell it) from the log lines."""
        logs.MetricFilter(
            self,
            metric,
            log_group=self.log_group,
            filter_pattern=logs.FilterPattern.all(
                logs.FilterPattern.string_value("$.endpoint", "=", path),
                logs.FilterPattern.string_value("$.method", "=", method),
                logs.FilterPattern.number_value("$.status_code", "<", 300),
            ),
            metric_namespace=alarms.NAMESPACE,
            metric_name=metric,
            metric_value="1",
        )

    def _allow_gateway(self, api_id: str, live: lambda_.Alias) -> None:
        stack = cdk.Stack.of(self)
        lambda_.CfnPermission(
            self,
            "Gateway",
            action="lambda:InvokeFunction",
            function_name=live.function_arn,
            principal="apigateway.amazonaws.com",
            source_arn=stack.format_arn(service="execute-api", resource=api_id, resource_name="*"),
        )


def any_method(paths: Sequence[str]) -> list[str]:
    """Route keys that take every method of `paths`."""
    return [f"ANY {path}" for path in paths]
