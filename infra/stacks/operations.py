"""operations: the migration that every deployment begins with."""

from typing import Any

from constructs import Construct

from infra.constructs.foundation import Foundation
from infra.constructs.invoked_function import run_at_deployment
from infra.stacks.context import ContextStack


class OperationsStack(ContextStack):
    """Deployed before the other contexts: it migrates, and a failed migration stops the deployment there."""

    def __init__(self, scope: Construct, name: str, foundation: Foundation, **kwargs: Any) -> None:
        super().__init__(scope, name, foundation, **kwargs)
        # What /health/ready asks: the bus answers for its service.
        self.functions["api"].allow(("events:DescribeEventBus",), foundation.bus.event_bus_arn)
        migrate = self.functions["migrate"]
        migration = run_at_deployment(migrate, on_every_change=True)
        for function in self.functions.values():
            if migration and function is not migrate:
                function.function.node.add_dependency(migration)
