"""The HTTP API that every context adds its routes to."""

import json
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.constructs.origin_domain import OriginDomain
from infra.constructs.origin_guard import OriginGuard
from infra.constructs.retained_log_group import RetainedLogGroup
from infra.environments import Environment

REQUEST_HEADERS = (
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "x-cart-token",
    "x-correlation-id",
    "x-csrf-token",
)

RESPONSE_HEADERS = (
    "etag",
    "idempotency-replayed",
    "location",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "retry-after",
    "x-cart-token",
    "x-correlation-id",
)

# One JSON line per request. `requestId` is also in the function's log lines, next to their correlation id.
ACCESS_LOG = {
    "requestId": "$context.requestId",
    "time": "$context.requestTimeEpoch",
    "ip": "$context.identity.sourceIp",
    "userAgent": "$context.identity.userAgent",
    "method": "$context.httpMethod",
    "path": "$context.path",
    "route": "$context.routeKey",
    "protocol": "$context.protocol",
    "status": "$context.status",
    "bytes": "$context.responseLength",
    "milliseconds": "$context.responseLatency",
    "integrationStatus": "$context.integration.status",
    "integrationRequestId": "$context.integration.requestId",
    "integrationMilliseconds": "$context.integrationLatency",
    "error": "$context.error.message",
    "integrationError": "$context.integrationErrorMessage",
}


class EdgeStack(cdk.Stack):
    """HTTP API with CORS, throttling and a JSON access log, for CloudFront only. Contexts' stacks add the routes."""

    def __init__(self, scope: Construct, environment: Environment, key: kms.IKey, **kwargs: Any) -> None:
        super().__init__(scope, environment.stack_name("edge"), **kwargs)
        self._settings = environment
        self.api = self._make_api()
        name = environment.access_log_name
        access_log = RetainedLogGroup(self, "AccessLog", environment=environment, name=name, key=key)
        self.stage = apigateway.CfnStage(
            self,
            "Stage",
            api_id=self.api.api_id,
            stage_name="$default",
            auto_deploy=True,
            access_log_settings=apigateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=access_log.log_group_arn, format=json.dumps(ACCESS_LOG)
            ),
            # Metrics by route would cost more than all others, and nothing reads them: endpoints are counted from logs.
            default_route_settings=apigateway.CfnStage.RouteSettingsProperty(
                detailed_metrics_enabled=False,
                throttling_rate_limit=environment.throttle_rate,
                throttling_burst_limit=environment.throttle_burst,
            ),
        )
        guard = OriginGuard(self, "OriginGuard", environment=environment, key=key, api_id=self.api.api_id)
        self.authorizer_id = guard.authorizer.ref
        self.host = self._own_domain() or cdk.Fn.select(2, cdk.Fn.split("/", self.api.api_endpoint))

    def _make_api(self) -> apigateway.HttpApi:
        environment = self._settings
        return apigateway.HttpApi(
            self,
            "Api",
            api_name=environment.prefix,
            description=f"ShareStack {environment.name}",
            create_default_stage=False,
            cors_preflight=apigateway.CorsPreflightOptions(
                allow_origins=list(environment.allowed_origins),
                allow_credentials=True,
                allow_methods=[
                    apigateway.CorsHttpMethod.GET,
                    apigateway.CorsHttpMethod.HEAD,
                    apigateway.CorsHttpMethod.POST,
                    apigateway.CorsHttpMethod.PUT,
                    apigateway.CorsHttpMethod.PATCH,
                    apigateway.CorsHttpMethod.DELETE,
                ],
                allow_headers=list(REQUEST_HEADERS),
                expose_headers=list(RESPONSE_HEADERS),
                max_age=cdk.Duration.hours(1),
            ),
        )

    def _own_domain(self) -> str | None:
        if self._settings.domain is None:
            return None
        return OriginDomain(self, "Origin", environment=self._settings, api=self.api, stage=self.stage).host
