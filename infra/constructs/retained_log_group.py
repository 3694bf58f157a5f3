"""Log groups: kept as long as the environment says, encrypted with its key where given, gone with the stack."""

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.environments import Environment

RETENTION_BY_DAYS = {
    7: logs.RetentionDays.ONE_WEEK,
    30: logs.RetentionDays.ONE_MONTH,
    90: logs.RetentionDays.THREE_MONTHS,
}


class RetainedLogGroup(logs.LogGroup):
    """A log group with the environment's retention. `name` is complete; see `Environment.log_group_name`."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment: Environment,
        name: str,
        key: kms.IKey | None = None,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            log_group_name=name,
            retention=RETENTION_BY_DAYS[environment.log_days],
            encryption_key=key,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )


def keep_provider_logs(stack: cdk.Stack, environment: Environment) -> None:
    """Send the logs of the custom resource providers that CDK put into `stack` to one log group with a retention.

    Left alone, Lambda makes a group for each of them on first use, and keeps it for ever.
    """
    providers = [
        child
        for child in stack.node.find_all()
        if isinstance(child, cdk.CfnResource)
        and child.cfn_resource_type == "AWS::Lambda::Function"
        and getattr(child, "logging_config", None) is None
    ]
    if providers:
        name = environment.log_group_name(f"deployment/{stack.stack_name}")
        group = RetainedLogGroup(stack, "DeploymentLogs", environment=environment, name=name)
        for provider in providers:
            provider.add_property_override("LoggingConfig", {"LogGroup": group.log_group_name})
