"""payments: intents, the way of a webhook (gateway, queue, worker), refunds, and what watches over money."""

import re
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
from infra.constructs.scheduled_job import ScheduledJob
from infra.stacks.context import ContextStack

PATHS = (
    "/openapi/payments.json",
    "/api/v1/payments",
    "/api/v1/payments/{payment_id}",
    "/api/v1/payments/intent",
    "/api/v1/payment-methods",
    "/api/v1/payment-methods/setup",
    "/api/v1/payment-methods/{payment_method_id}",
    "/api/v1/admin/payments",
    "/api/v1/admin/payments/{payment_id}",
    "/api/v1/admin/payments/{payment_id}/refunds",
    "/api/v1/admin/refunds",
    "/api/v1/admin/refunds/{refund_id}",
    "/api/v1/admin/ledger",
    "/api/v1/admin/ledger/balances",
    "/api/v1/admin/disputes",
    "/api/v1/admin/disputes/{dispute_id}",
    "/api/v1/admin/disputes/{dispute_id}/evidence",
    "/api/v1/admin/fraud/decisions",
    "/api/v1/admin/fraud/decisions/{decision_id}/review",
    "/api/v1/admin/reconciliations",
    "/api/v1/admin/reconciliations/differences",
    "/api/v1/admin/reconciliations/differences/{difference_id}/resolution",
    "/api/v1/admin/reconciliations/{reconciliation_id}",
)

# Every method: otherwise another one would be taken for `/payments/{payment_id}`.
WEBHOOK_ROUTE = "ANY /api/v1/payments/webhook"

STRIPE_VARIABLE = "STRIPE_SECRET_ARN"

REFUND_EVENTS = ("RefundRequested",)
ERASURE_EVENTS = ("AccountErased",)

# Refunds that were interrupted wait this long at most, where housekeeping does not run less often.
RESOLVE_MINUTES = 5

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
        worker.count_requests()
        # An event that comes out of order is settled by reading the provider's object again.
        worker.read_secret(STRIPE_VARIABLE, stripe)

        self._give_back(stripe)
        self._forget(stripe)
        self._watch_money(stripe)
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

    def _give_back(self, stripe: secretsmanager.ISecret) -> None:
        """What ordering asks for, and what was interrupted. Failures of Stripe are counted for all that call it."""
        worker = QueueWorker(
            self,
            "OnOrderEvents",
            home=self.home,
            spec=FunctionSpec(handler="on_order_events", timeout=30, reach=Reach.INTERNET),
        )
        worker.subscribe(REFUND_EVENTS)
        resolver = ScheduledJob(
            self,
            "ResolveRefunds",
            home=self.home,
            spec=FunctionSpec(handler="resolve_refunds", memory=256, timeout=120, reach=Reach.INTERNET),
            every=cdk.Duration.minutes(max(RESOLVE_MINUTES, self.home.environment.housekeeping_minutes)),
        )
        for function in (worker, resolver):
            function.publish_events()
            function.count_requests()
            function.read_secret(STRIPE_VARIABLE, stripe)
        self._alarm("RefundsFailed", above=0, periods=1, description="a refund failed; somebody has to look at it")
        self._alarm("RefundsOverdue", above=0, periods=3, description="a refund waits for Stripe for over an hour")

    def _forget(self, stripe: secretsmanager.ISecret) -> None:
        """What Stripe knows of people who wanted to be forgotten."""
        worker = QueueWorker(
            self,
            "OnAccountErased",
            home=self.home,
            spec=FunctionSpec(handler="on_account_erased", memory=256, timeout=30, reach=Reach.INTERNET),
        )
        worker.subscribe(ERASURE_EVENTS)
        worker.count_requests()
        worker.read_secret(STRIPE_VARIABLE, stripe)

    def _watch_money(self, stripe: secretsmanager.ISecret) -> None:
        reconciler = ScheduledJob(
            self,
            "Reconcile",
            home=self.home,
            spec=FunctionSpec(handler="reconcile", timeout=900, reach=Reach.INTERNET),
            every=cdk.Duration.days(1),
        )
        reconciler.count_requests()
        reconciler.read_secret(STRIPE_VARIABLE, stripe)
        ScheduledJob(
            self,
            "NoticeDisputes",
            home=self.home,
            spec=FunctionSpec(handler="notice_disputes", memory=256, timeout=30),
            every=cdk.Duration.days(1),
        )
        difference = "Stripe's balance transactions and the ledger disagree"
        self._alarm("ReconciliationDifferences", above=0, periods=1, description=difference)
        self._alarm("DisputesDue", above=0, periods=1, description="evidence in a dispute is due within three days")

    def _watch_lag(self) -> None:
        late = f"payments are noticed more than {WEBHOOK_LAG_SECONDS} s after they were made"
        self._alarm("WebhookLag", above=WEBHOOK_LAG_SECONDS, periods=3, statistic="p95", description=late)

    def _alarm(self, metric: str, *, above: float, periods: int, description: str, statistic: str = "max") -> None:
        raise_alarm(
            self,
            metric,
            metric=cloudwatch.Metric(
                namespace=NAMESPACE,
                metric_name=metric,
                dimensions_map={"service": self.home.name},
                statistic=statistic,
                period=cdk.Duration.minutes(5),
            ),
            threshold=above,
            periods=periods,
            name=f"{self.home.environment.prefix}-{re.sub('(?<=[a-z])(?=[A-Z])', '-', metric).lower()}",
            description=description,
            action=self.home.foundation.alarm_action,
        )
