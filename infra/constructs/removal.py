"""What becomes of state when its stack is removed."""

import aws_cdk as cdk

from infra.environments import Environment


def removal_of(environment: Environment) -> cdk.RemovalPolicy:
    """In a protected environment state stays when its stack is removed, or a later version of it has no place for it.

    What a creation made that failed goes with it nevertheless: names are fixed, and the next try would find them taken.
    """
    return cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE if environment.protected else cdk.RemovalPolicy.DESTROY
