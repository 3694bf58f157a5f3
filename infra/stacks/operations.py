"""operations: health, documentation, migrations, seed data, the outbox sweeper, and the answer to unknown paths."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.alarms import NAMESPACE, raise_alarm
from infra.constructs.api_function import ApiFunction, any_method
from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.invoked_function import InvokedFunction, run_at_deployment
from infra.constructs.scheduled_job import ScheduledJob
from infra.stacks.context import ContextStack

PATHS = (
    "/openapi/operations.json",
    "/health",
    "/health/ready",
    "/docs",
    "/docs/{asset}",
    "/openapi.json",
    "/api/v1/admin/audit",
    "/api/v1/admin/audit/{entry_id}",
)

# What no route matches is answered by this context's API, in the form of every other error.
UNKNOWN_PATH_ROUTE = "$default"

OUTBOX_AGE_SECONDS = 300


class OperationsStack(ContextStack):
    """Deployed before the other contexts: it migrates, and a failed migration stops the deployment there."""

    def __init__(self, scope: Construct, foundation: Foundation, imports_bucket: s3.IBucket, **kwargs: Any) -> None:
        super().__init__(scope, "operations", foundation, **kwargs)
        migrate = InvokedFunction(
            self,
            "Migrate",
            home=self.home,
            spec=FunctionSpec(handler="migrate", timeout=600),
        )
        migration = run_at_deployment(migrate, on_every_change=True)

        seed_spec = FunctionSpec(handler="seed", timeout=60)
        seed = InvokedFunction(self, "Seed", home=self.home, spec=seed_spec)
        seed.publish_events()

        api = ApiFunction(
            self,
            "Api",
            home=self.home,
            spec=FunctionSpec(handler="api", environment={"IMPORTS_BUCKET": imports_bucket.bucket_name}),
            routes=[*any_method(PATHS), UNKNOWN_PATH_ROUTE],
        )
        api.count_requests()
        # What /health/ready asks: the bus and the bucket answer for their services.
        api.allow(("events:DescribeEventBus",), foundation.bus.event_bus_arn)
        api.allow(("s3:ListBucket",), imports_bucket.bucket_arn)

        sweeper = ScheduledJob(
            self,
            "SweepOutbox",
            home=self.home,
            spec=FunctionSpec(handler="sweep_outbox", memory=256, timeout=50),
            every=cdk.Duration.minutes(foundation.environment.housekeeping_minutes),
        )
        sweeper.publish_events()
        self._watch_outbox()
        for new_code in (api, sweeper, seed):
            if migration:
                new_code.function.node.add_dependency(migration)

    def _watch_outbox(self) -> None:
        """An event that waits this long was neither published after its commit nor by the sweeper."""
        raise_alarm(
            self,
            "OutboxAge",
            metric=cloudwatch.Metric(
                namespace=NAMESPACE,
                metric_name="OutboxOldestUnpublished",
                dimensions_map={"service": self.home.name},
                statistic="max",
                period=cdk.Duration.minutes(1),
            ),
            threshold=OUTBOX_AGE_SECONDS,
            periods=3,
            name=f"{self.home.environment.prefix}-outbox-age",
            description=f"a domain event waits longer than {OUTBOX_AGE_SECONDS} s for the bus",
            action=self.home.foundation.alarm_action,
        )
