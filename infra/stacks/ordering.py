"""ordering: carts, checkout, orders."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.constructs.alarms import NAMESPACE, raise_alarm
from infra.constructs.api_function import ApiFunction, any_method
from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.graphs import CART_ITEMS_ADDED, CHECKOUTS_STARTED, ORDERS_PLACED
from infra.constructs.scheduled_job import ScheduledJob
from infra.stacks.context import ContextStack

PATHS = (
    "/openapi/ordering.json",
    "/api/v1/cart",
    "/api/v1/cart/items",
    "/api/v1/cart/items/{item_id}",
    "/api/v1/cart/merge",
    "/api/v1/cart/checkout",
    "/api/v1/cart/coupons",
    "/api/v1/cart/coupons/{code}",
    "/api/v1/shipping/quotes",
    "/api/v1/admin/coupons",
    "/api/v1/admin/coupons/{coupon_id}",
    "/api/v1/admin/shipping/zones",
    "/api/v1/admin/shipping/zones/{zone_id}",
    "/api/v1/admin/shipping/zones/{zone_id}/rates",
    "/api/v1/admin/shipping/zones/{zone_id}/rates/{rate_id}",
    "/api/v1/admin/tax/rates",
    "/api/v1/admin/tax/rates/{tax_rate_id}",
    "/api/v1/orders",
    "/api/v1/orders/{order_id}",
    "/api/v1/orders/{order_id}/cancel",
    "/api/v1/orders/{order_id}/invoice",
    "/api/v1/orders/{order_id}/returns",
    "/api/v1/returns/{return_id}",
    "/api/v1/users/orders",
    "/api/v1/admin/orders",
    "/api/v1/admin/orders/{order_id}",
    "/api/v1/admin/orders/{order_id}/shipments",
    "/api/v1/shipments/{shipment_id}",
    "/api/v1/admin/returns",
    "/api/v1/admin/returns/{return_id}/decision",
    "/api/v1/admin/returns/{return_id}/receipt",
)

# The steps of a purchase that the dashboard counts, by the path whose success is the step.
CONVERSION = {
    CART_ITEMS_ADDED: "/api/v1/cart/items",
    CHECKOUTS_STARTED: "/api/v1/cart/checkout",
    ORDERS_PLACED: "/api/v1/orders",
}

# Of abandoned carts; no more often than the housekeeping, where that wakes a database.
NOTICE_MINUTES = 15


class OrderingStack(ContextStack):
    def __init__(self, scope: Construct, foundation: Foundation, **kwargs: Any) -> None:
        super().__init__(scope, "ordering", foundation, **kwargs)
        environment = foundation.environment
        spec = FunctionSpec(
            handler="api",
            environment={
                "SELLER_NAME": environment.seller_name,
                "SELLER_ADDRESS": environment.seller_address,
                "SELLER_TAX_ID": environment.seller_tax_id,
            },
        )
        api = ApiFunction(self, "Api", home=self.home, spec=spec, routes=any_method(PATHS))
        api.count_requests()
        api.publish_events()
        prefix = foundation.environment.prefix
        for metric, path in CONVERSION.items():
            api.count_answers(f"{prefix}-{metric}", method="POST", path=path)

        expiry = ScheduledJob(
            self,
            "ExpireReservations",
            home=self.home,
            spec=FunctionSpec(handler="expire_reservations", memory=256, timeout=50),
            every=cdk.Duration.minutes(foundation.environment.housekeeping_minutes),
        )
        expiry.publish_events()
        raise_alarm(
            self,
            "ExpiryFailures",
            metric=cloudwatch.Metric(
                namespace=NAMESPACE,
                metric_name="CheckoutExpiryFailures",
                dimensions_map={"service": self.home.name},
                statistic="sum",
                period=cdk.Duration.minutes(5),
            ),
            threshold=0,
            periods=3,
            name=f"{prefix}-expiry-failures",
            description="the stock of an ended checkout cannot be given back",
            action=foundation.alarm_action,
        )

        notices = ScheduledJob(
            self,
            "NoticeAbandonedCarts",
            home=self.home,
            spec=FunctionSpec(handler="notice_abandoned_carts", memory=256, timeout=50),
            every=cdk.Duration.minutes(max(NOTICE_MINUTES, foundation.environment.housekeeping_minutes)),
        )
        notices.publish_events()
        # A month that cannot be made is an error of the function, and that an alarm.
        ScheduledJob(
            self,
            "PreparePartitions",
            home=self.home,
            spec=FunctionSpec(handler="prepare_partitions", memory=256, timeout=50),
            every=cdk.Duration.days(1),
        )
