"""ordering: carts, checkout, orders."""

from typing import Any

import aws_cdk as cdk
from constructs import Construct

from infra.constructs.api_function import ApiFunction, any_method
from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.scheduled_job import ScheduledJob
from infra.stacks.context import ContextStack

PATHS = (
    "/openapi/ordering.json",
    "/api/v1/cart",
    "/api/v1/cart/items",
    "/api/v1/cart/items/{item_id}",
    "/api/v1/cart/merge",
    "/api/v1/cart/checkout",
    "/api/v1/orders",
    "/api/v1/orders/{order_id}",
    "/api/v1/users/orders",
    "/api/v1/admin/orders",
    "/api/v1/admin/orders/{order_id}",
)


class OrderingStack(ContextStack):
    def __init__(self, scope: Construct, foundation: Foundation, **kwargs: Any) -> None:
        super().__init__(scope, "ordering", foundation, **kwargs)
        spec = FunctionSpec(handler="api")
        api = ApiFunction(self, "Api", home=self.home, spec=spec, routes=any_method(PATHS))
        api.count_requests()
        api.publish_events()

        expiry = ScheduledJob(
            self,
            "ExpireReservations",
            home=self.home,
            spec=FunctionSpec(handler="expire_reservations", memory=256, timeout=50),
            every=cdk.Duration.minutes(1),
        )
        expiry.publish_events()
