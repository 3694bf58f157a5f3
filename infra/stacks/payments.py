"""payments: intents, and the way of a webhook: gateway, queue, worker."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.alarms import NAMESPACE, raise_alarm
from infra.constructs.api_function import ApiFunction, any_method
from infra.constructs.context_function import FunctionSpec, Reach
from infra.constructs.foundation import Foundation
from infra.constructs.queue_worker import QueueWorker
from infra.stacks.context import ContextStack

PATHS = (
    "/openapi/payments.json",
    "/api/v1/payments",
    "/api/v1/payments/{payment_id}",
    "/api/v1/payments/intent",
    "/api/v1/admin/payments",
    "/api/v1/admin/payments/{payment_id}",
    "/api/v1/admin/payments/{payment_id}/refunds",
    "/api/v1/admin/refunds",
    "/api/v1/admin/refunds/{refund_id}",
    "/api/v1/admin/ledger",
    "/api/v1/admin/ledger/balances",
)

# Every method: otherwise another one would be taken for `/payments/{payment_id}`.
WEBHOOK_ROUTE = "ANY /api/v1/payments/webhook"

STRIPE_VARIABLE = "STRIPE_SECRET_ARN"

# From Stripe's event to its effect; Stripe itself sends most events within seconds.
WEBHOOK_LAG_SECONDS = 300


class PaymentsStack(ContextStack):
    def __init__(
        self,
        scope: Construct,
        foundation: Foundation,
        *,
        stripe: secretsmanager.ISecret,
        stripe_webhook: secretsmanager.ISecret,
        **kwargs: Any,
    ) -> None:
        super().__init__(scope, "payments", foundation, **kwargs)
        spec = FunctionSpec(handler="api", timeout=25, reach=Reach.INTERNET)
        api = ApiFunction(self, "Api", home=self.home, spec=spec, routes=any_method(PATHS))
        api.count_requests()
        api.publish_events()
        api.read_secret(STRIPE_VARIABLE, stripe)

        worker = QueueWorker(
            self,
            "OnWebhook",
            home=self.home,
            spec=FunctionSpec(handler="on_webhook", timeout=30, reach=Reach.INTERNET),
        )
        worker.publish_events()
        # An event that comes out of order is settled by reading the provider's object again.
        worker.read_secret(STRIPE_VARIABLE, stripe)

        self._watch_lag()

        # Verifies and queues; the answer to the provider never waits for the database, so it cannot reach it.
        ingest = ApiFunction(
            self,
            "ReceiveWebhook",
            home=self.home,
            spec=FunctionSpec(handler="receive_webhook", memory=256, timeout=10, reach=Reach.AWS),
            routes=[WEBHOOK_ROUTE],
        )
        ingest.read_secret("STRIPE_WEBHOOK_SECRET_ARN", stripe_webhook)
        ingest.send_to("WEBHOOK_QUEUE_URL", worker.queue)

    def _watch_lag(self) -> None:
        raise_alarm(
            self,
            "WebhookLag",
            metric=cloudwatch.Metric(
                namespace=NAMESPACE,
                metric_name="WebhookLag",
                dimensions_map={"service": self.home.name},
                statistic="p95",
                period=cdk.Duration.minutes(5),
            ),
            threshold=WEBHOOK_LAG_SECONDS,
            periods=3,
            name=f"{self.home.environment.prefix}-webhook-lag",
            description=f"payments are noticed more than {WEBHOOK_LAG_SECONDS} s after they were made",
            action=self.home.foundation.alarm_action,
        )
