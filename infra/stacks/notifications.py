"""notifications: mail about orders, accounts and offers."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.constructs.context_function import FunctionSpec
from infra.constructs.foundation import Foundation
from infra.constructs.queue_worker import QueueWorker
from infra.stacks.context import ContextStack

PAID = "OrderPaid"

# The events of each worker. A queue for each sort of mail: a flood of one delays no other.
EVENTS = {
    "on_account_events": (
        "EmailVerificationRequested",
        "PasswordResetRequested",
        "PersonalDataExported",
        "AccountErasureRequested",
        "AccountErasurePostponed",
    ),
    "on_order_events": (PAID, "OrderShipped", "OrderDelivered", "OrderRefunded", "ReturnDecided"),
    "on_offer_events": ("BackInStock", "PriceDropped", "CartAbandoned"),
    "on_shop_events": ("StockLow", "DisputeOpened"),
}
OPERATORS_HANDLER = "on_shop_events"
OFFERS_HANDLER = "on_offer_events"

# All workers share the account's sending rate (SES: 14 mails a second at first). Two at once, the fewest that Lambda
# takes, leave room for the other mail, and are not thrown back by SES so often that messages count as dead.
OFFERS_CONCURRENCY = 2


class NotificationsStack(ContextStack):
    def __init__(self, scope: Construct, foundation: Foundation, **kwargs: Any) -> None:
        super().__init__(scope, "notifications", foundation, **kwargs)
        environment = foundation.environment
        sender = environment.mail_from
        domain = ses.EmailIdentity(self, "Sender", identity=ses.Identity.domain(sender.partition("@")[2]))
        for handler, detail_types in EVENTS.items():
            worker = QueueWorker(
                self,
                handler.title().replace("_", ""),
                home=self.home,
                spec=FunctionSpec(handler=handler, timeout=30, environment={"MAIL_FROM": sender}),
                concurrency=OFFERS_CONCURRENCY if handler == OFFERS_HANDLER else None,
            )
            worker.subscribe(detail_types)
            worker.allow(("ses:SendEmail",), domain.email_identity_arn)
            if handler == OPERATORS_HANDLER and environment.operator_email:
                worker.set("OPERATOR_EMAIL", environment.operator_email)
        for number, record in enumerate(domain.dkim_records, start=1):
            cdk.CfnOutput(
                self,
                f"DkimRecord{number}",
                value=cdk.Fn.join(" CNAME ", [record.name, record.value]),
                description="DNS record that proves to SES that the sender's domain is ours",
            )
