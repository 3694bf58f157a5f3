"""notifications: the domain that mails come from."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_ses as ses
from constructs import Construct

from infra.constructs.foundation import Foundation
from infra.stacks.context import ContextStack


class NotificationsStack(ContextStack):
    def __init__(self, scope: Construct, name: str, foundation: Foundation, **kwargs: Any) -> None:
        super().__init__(scope, name, foundation, **kwargs)
        sender = foundation.environment.mail_from
        domain = ses.EmailIdentity(self, "Sender", identity=ses.Identity.domain(sender.partition("@")[2]))
        # SES looks at the recipient, too, where that is an identity of ours: in its sandbox nobody else gets mail.
        identities = f"arn:{cdk.Aws.PARTITION}:ses:{cdk.Aws.REGION}:{cdk.Aws.ACCOUNT_ID}:identity/*"
        for worker in self.functions.values():
            worker.role.add_to_policy(
                iam.PolicyStatement(
                    actions=["ses:SendEmail"],
                    resources=[identities],
                    conditions={"StringEquals": {"ses:FromAddress": sender}},
                )
            )
        for number, record in enumerate(domain.dkim_records, start=1):
            cdk.CfnOutput(
                self,
                f"DkimRecord{number}",
                value=cdk.Fn.join(" CNAME ", [record.name, record.value]),
                description="DNS record that proves to SES that the sender's domain is ours",
            )
