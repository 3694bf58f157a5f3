"""The environment's distribution of CloudFront, as policies of others name it."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.environments import Environment


def distributions(scope: Construct, environment: Environment) -> str:
    """ARN of the environment's distribution; of any of the account until its id is known.

    The distribution comes after the data, and may be in another region: `Environment.distribution` is written down by
    the operator once it is there.
    """
    stack = cdk.Stack.of(scope)
    return f"arn:{stack.partition}:cloudfront::{stack.account}:distribution/{environment.distribution or '*'}"


def invalidations(stack: cdk.Stack, environment: Environment) -> iam.PolicyStatement:
    """Lets pages be purged from the one distribution with this environment's tags: its id is known in its region."""
    return iam.PolicyStatement(
        actions=["cloudfront:CreateInvalidation"],
        resources=[stack.format_arn(service="cloudfront", region="", resource="distribution", resource_name="*")],
        conditions={"StringEquals": {f"aws:ResourceTag/{tag}": value for tag, value in environment.tags.items()}},
    )
