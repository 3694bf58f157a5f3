"""notifications: mail about orders."""

from typing import Any

import aws_cdk as cdk
from constructs import Construct

from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.queue_worker import QueueWorker
from infra.stacks.context import ContextStack

ORDER_EVENTS = ("OrderPaid",)


class NotificationsStack(ContextStack):
    def __init__(self, scope: Construct, foundation: Foundation, **kwargs: Any) -> None:
        super().__init__(scope, "notifications", foundation, **kwargs)
        sender = foundation.environment.mail_from
        worker = QueueWorker(
            self,
            "OnOrderEvents",
            home=self.home,
            spec=FunctionSpec(handler="on_order_events", timeout=30, environment={"MAIL_FROM": sender}),
        )
        worker.subscribe(ORDER_EVENTS)
        # The operator verifies the sender's domain with SES; its identity is named after it.
        domain = self.format_arn(service="ses", resource="identity", resource_name=sender.partition("@")[2])
        worker.allow(("ses:SendEmail",), domain)
        cdk.CfnOutput(self, "MailFrom", value=sender, description="Sender of mail; verify its domain with SES")
