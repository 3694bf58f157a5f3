"""notifications: mail about orders."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.queue_worker import QueueWorker
from infra.stacks.context import ContextStack

ORDER_EVENTS = ("OrderPaid",)
ORDER_EVENTS_HANDLER = "on_order_events"


class NotificationsStack(ContextStack):
    def __init__(self, scope: Construct, foundation: Foundation, **kwargs: Any) -> None:
        super().__init__(scope, "notifications", foundation, **kwargs)
        sender = foundation.environment.mail_from
        worker = QueueWorker(
            self,
            "OnOrderEvents",
            home=self.home,
            spec=FunctionSpec(
                handler=ORDER_EVENTS_HANDLER,
                timeout=30,
                environment={"MAIL_FROM": sender},
            ),
        )
        worker.subscribe(ORDER_EVENTS)
        domain = ses.EmailIdentity(self, "Sender", identity=ses.Identity.domain(sender.partition("@")[2]))
        worker.allow(("ses:SendEmail",), domain.email_identity_arn)
        for number, record in enumerate(domain.dkim_records, start=1):
            cdk.CfnOutput(
                self,
                f"DkimRecord{number}",
                value=cdk.Fn.join(" CNAME ", [record.name, record.value]),
                description="DNS record that proves to SES that the sender's domain is ours",
            )
