"""The alias that triggers call: new code gets a part of the traffic first, and loses it again on an alarm."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_codedeploy as codedeploy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

ALIAS = "live"

# A tenth of the traffic for five minutes, then all of it. Names of CodeDeploy.
CANARY = codedeploy.LambdaDeploymentConfig.CANARY_10_PERCENT_5_MINUTES


def live_alias(scope: Construct, function: lambda_.Function) -> lambda_.Alias:
    """The alias `live` on the function's present version. Earlier versions stay, so that it can be moved back."""
    return lambda_.Alias(scope, "Live", alias_name=ALIAS, version=function.current_version)


class Canaries(Construct):
    """Gradual deployments of the functions of one stack; CloudFormation waits for each of them."""

    def __init__(self, scope: Construct) -> None:
        super().__init__(scope, "Canaries")
        self._application: codedeploy.LambdaApplication | None = None
        self._role: iam.Role | None = None

    def watch(self, name: str, alias: lambda_.Alias, alarms: Sequence[cloudwatch.IAlarm]) -> None:
        """Move `alias` to a new version gradually, and back when one of `alarms` is raised or somebody stops it."""
        if self._application is None:
            self._application = codedeploy.LambdaApplication(
                self, "Application", application_name=cdk.Stack.of(self).stack_name
            )
            self._role = iam.Role(
                self, "Role", assumed_by=iam.ServicePrincipal("codedeploy.amazonaws.com"), description="Moves aliases"
            )
        codedeploy.LambdaDeploymentGroup(
            self,
            name,
            application=self._application,
            deployment_group_name=name,
            alias=alias,
            role=self._role,
            deployment_config=CANARY,
            alarms=list(alarms),
            auto_rollback=codedeploy.AutoRollbackConfig(
                failed_deployment=True, stopped_deployment=True, deployment_in_alarm=True
            ),
        )
