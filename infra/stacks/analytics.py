"""analytics: what the shop sells, from views that a schedule refreshes."""

from typing import Any

import aws_cdk as cdk
from constructs import Construct

from infra.constructs.api_function import ApiFunction, any_method
from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.scheduled_job import ScheduledJob
from infra.stacks.context import ContextStack

PATHS = (
    "/openapi/analytics.json",
    "/api/v1/admin/analytics",
    "/api/v1/admin/analytics/products",
)

# Of the views; every refresh reads all orders. No more often than the housekeeping, where that wakes a database.
REFRESH_MINUTES = 15


class AnalyticsStack(ContextStack):
    def __init__(self, scope: Construct, foundation: Foundation, **kwargs: Any) -> None:
        super().__init__(scope, "analytics", foundation, **kwargs)
        api = ApiFunction(self, "Api", home=self.home, spec=FunctionSpec(handler="api"), routes=any_method(PATHS))
        api.count_requests()
        ScheduledJob(
            self,
            "RefreshViews",
            home=self.home,
            spec=FunctionSpec(handler="refresh_views", memory=256, timeout=300),
            every=cdk.Duration.minutes(max(REFRESH_MINUTES, foundation.environment.housekeeping_minutes)),
        )
