"""discovery: recommendations, from what a schedule computes every day."""

from typing import Any

import aws_cdk as cdk
from constructs import Construct

from infra.constructs.api_function import ApiFunction, any_method
from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.scheduled_job import ScheduledJob
from infra.stacks.context import ContextStack

PATHS = (
    "/openapi/discovery.json",
    "/api/v1/products/{product_id}/recommendations",
    "/api/v1/recommendations/products",
)


class DiscoveryStack(ContextStack):
    def __init__(self, scope: Construct, foundation: Foundation, **kwargs: Any) -> None:
        super().__init__(scope, "discovery", foundation, **kwargs)
        api = ApiFunction(self, "Api", home=self.home, spec=FunctionSpec(handler="api"), routes=any_method(PATHS))
        api.count_requests()
        ScheduledJob(
            self,
            "RefreshRecommendations",
            home=self.home,
            # The database does the work; it reads a year's orders, too dear for every hour.
            spec=FunctionSpec(handler="refresh_recommendations", memory=256, timeout=900),
            every=cdk.Duration.days(1),
        )
