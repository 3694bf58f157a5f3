"""The distribution of CloudFront that reads pictures, as policies of the data name it."""

import aws_cdk as cdk
from constructs import Construct

from infra.environments import Environment


def distributions(scope: Construct, environment: Environment) -> str:
    """ARN of the environment's distribution; of any of the account until its id is known.

    The distribution comes after the data, and may be in another region: `Environment.distribution` is written down by
    the operator once it is there.
    """
    stack = cdk.Stack.of(scope)
    return f"arn:{stack.partition}:cloudfront::{stack.account}:distribution/{environment.distribution or '*'}"
