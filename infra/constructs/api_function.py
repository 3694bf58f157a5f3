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


class ApiFunction(ContextFunction):
    """A function behind the HTTP API.

    `routes` are route keys: `ANY /path/{parameter}`, `POST /path` or `$default`; those of them that are `open_routes`
    answer without CloudFront's secret.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        home: ContextHome,
        spec: FunctionSpec,
        *,
        routes: Sequence[str],
        open_routes: Sequence[str] = (),
    ) -> None:
        super().__init__(scope, construct_id, home=home, spec=spec)
        home.http_log_group_names.append(self.log_group_name)
        home.http_function_names.append(self.name)
        errors = alarms.count_server_errors(self, self.log_group, name=self.name)
        if home.environment.alarm_per_function:
            action = home.foundation.alarm_action
            self.failure_alarms.append(alarms.server_errors(self, errors, name=self.name, action=action))
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
            made = apigateway.CfnRoute(
                self,
                route,
                api_id=api_id,
                route_key=route,
                target=f"integrations/{integration.ref}",
                authorization_type="NONE" if route in open_routes else "CUSTOM",
                authorizer_id=None if route in open_routes else home.foundation.authorizer_id,
            )
            # One after the other: the gateway refuses changes of one API that come at the same time.
            if home.routes:
                made.add_resource_dependency(home.routes[-1])
            home.routes.append(made)
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
