"""Log groups: encrypted with the environment's key, kept as long as the environment says, gone with the stack."""

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
    """A log group with the environment's retention, named `/sharestack/<environment>/<name>`.

    `vended` puts it under `/aws/vendedlogs`, where a service's log delivery needs no resource policy per group
    (CloudWatch Logs, "Enabling logging from AWS services").
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment: Environment,
        name: str,
        key: kms.IKey | None = None,
        vended: bool = False,
    ) -> None:
        root = "/aws/vendedlogs/sharestack" if vended else "/sharestack"
        super().__init__(
            scope,
            construct_id,
            log_group_name=f"{root}/{environment.name}/{name}",
            retention=RETENTION_BY_DAYS[environment.log_days],
            encryption_key=key,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
