"""The environment's DNS zone, which the operator made; its id is a parameter that the operator stored."""

import aws_cdk as cdk
from aws_cdk import aws_route53 as route53
from aws_cdk import aws_ssm as ssm

from infra.environments import Environment

_CONSTRUCT = "HostedZone"


def hosted_zone_parameter(environment: Environment) -> str:
    """Name of the SSM parameter that holds the zone's id, in every region that the environment has stacks in."""
    return f"/sharestack/{environment.name}/hosted-zone-id"


def hosted_zone(stack: cdk.Stack, environment: Environment) -> route53.IHostedZone:
    """The zone as `stack` knows it; its id is read when the stack is deployed."""
    found = stack.node.try_find_child(_CONSTRUCT)
    if found is not None:
        return found  # type: ignore[return-value]  # the one made below
    zone_id = ssm.StringParameter.value_for_string_parameter(stack, hosted_zone_parameter(environment))
    return route53.HostedZone.from_hosted_zone_id(stack, _CONSTRUCT, zone_id)
