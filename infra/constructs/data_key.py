"""The key over an environment's data in one region."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.constructs.distributions import distributions
from infra.constructs.removal import removal_of
from infra.environments import Environment

# They write on our behalf into what the key encrypts.
SERVICES = ("budgets.amazonaws.com", "events.amazonaws.com", "cloudwatch.amazonaws.com")


class DataKey(kms.Key):
    """A customer-managed key, rotated every year. Its alias is the same in every region."""

    def __init__(self, scope: Construct, construct_id: str, *, environment: Environment) -> None:
        super().__init__(
            scope,
            construct_id,
            alias=environment.key_alias,
            description=f"Data of ShareStack {environment.name}",
            enable_key_rotation=True,
            removal_policy=removal_of(environment),
        )
        stack = cdk.Stack.of(self)
        # Named here, once, because the resources that they write to (queues, log groups) are in later stacks.
        for service in SERVICES:
            self.add_to_resource_policy(
                iam.PolicyStatement(
                    actions=["kms:Decrypt", "kms:GenerateDataKey*"],
                    principals=[
                        iam.ServicePrincipal(service, conditions={"StringEquals": {"aws:SourceAccount": stack.account}})
                    ],
                    resources=["*"],
                )
            )
        # Pictures are encrypted like everything else; CloudFront, which shows them, is in a later stack, too.
        self.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["kms:Decrypt"],
                principals=[
                    iam.ServicePrincipal(
                        "cloudfront.amazonaws.com",
                        conditions={"ArnLike": {"aws:SourceArn": distributions(self, environment)}},
                    )
                ],
                resources=["*"],
            )
        )
        log_groups = f"arn:{stack.partition}:logs:{stack.region}:{stack.account}:log-group:*"
        self.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
                principals=[
                    iam.ServicePrincipal(
                        f"logs.{stack.region}.amazonaws.com",
                        conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
                    )
                ],
                resources=["*"],
            )
        )
