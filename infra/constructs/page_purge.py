"""The worker that has CloudFront forget pages which are no longer true."""

import aws_cdk as cdk
from constructs import Construct

from infra.constructs.context_function import FunctionSpec
from infra.constructs.distributions import invalidations
from infra.constructs.foundation import ContextHome
from infra.constructs.queue_worker import QueueWorker
from infra.stacks.front import ORIGIN_SECONDS
from shared.manifest import Reach

# As many changes as fit become one purge; Lambda ends a batch at 6 MB, some thousands of events.
BATCH = 1_000

# Lambda takes no lower number. Each purge is paid for, and CloudFront works on few at a time.
CONCURRENCY = 2


class PagePurge(QueueWorker):
    """Outside the network: CloudFront's API has no endpoint in it, and the worker needs no database.

    Nothing is purged until all that was read before the change has arrived at CloudFront, or has been given up.
    """

    def __init__(self, scope: Construct, construct_id: str, *, home: ContextHome) -> None:
        environment = home.environment
        super().__init__(
            scope,
            construct_id,
            home=home,
            spec=FunctionSpec(handler="purge_pages", memory=256, timeout=30, reach=Reach.AWS),
            batch_size=BATCH,
            batching_window=environment.purge_seconds,
            delay=min(ORIGIN_SECONDS, environment.purge_seconds),
            concurrency=CONCURRENCY,
        )
        self.set("DISTRIBUTION_PARAMETER", environment.distribution_parameter)
        if environment.front_region != environment.region:
            self.set("DISTRIBUTION_REGION", environment.front_region)
        stack = cdk.Stack.of(self)
        parameter = stack.format_arn(
            service="ssm",
            region=environment.front_region,
            resource="parameter",
            resource_name=environment.distribution_parameter.removeprefix("/"),
        )
        self.allow(("ssm:GetParameter",), parameter)
        self.role.add_to_policy(invalidations(stack, environment))
