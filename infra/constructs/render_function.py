"""The function that renders public pages, at an address that only CloudFront may ask."""

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs import alarms, web_assets
from infra.constructs.distributions import distributions
from infra.constructs.lambda_layer import ARCHITECTURE
from infra.constructs.live_alias import Canaries, live_alias
from infra.constructs.retained_log_group import RetainedLogGroup
from infra.environments import Environment

# The render function asks the API three times at most, at the same time, and waits a second and a half for each.
RENDER_SECONDS = 10

MEMORY = 512


class RenderFunction(Construct):
    """Outside the network, without any right but to write its log: what it knows comes from the API's public routes.

    `origin` is the API's host. The secret that opens it is resolved by CloudFormation, as for CloudFront itself, so
    that no start waits for Secrets Manager; a new generation of it has another name, and deploys the function anew.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment: Environment,
        key: kms.IKey,
        origin: str,
        alarm_action: cloudwatch.IAlarmAction,
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = environment
        name = environment.function_name("web", "render")
        log_group = RetainedLogGroup(
            self, "Logs", environment=environment, name=environment.log_group_name("web/render"), key=key
        )
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            description="What web/render may do",
        )
        log_group.grant_write(role)
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=name,
            description="web: renders public pages",
            runtime=lambda_.Runtime.NODEJS_22_X,
            architecture=ARCHITECTURE,
            code=web_assets.render(),
            handler="entry.handler",
            memory_size=MEMORY,
            timeout=cdk.Duration.seconds(RENDER_SECONDS),
            role=role,
            environment={
                "API_ORIGIN": f"https://{origin}",
                "ORIGIN_SECRET": environment.newest_origin_secret,
                # Without a domain the address is CloudFront's, which comes after the function and is told by requests.
                "SITE_ORIGIN": f"https://{environment.domain}" if environment.domain else "",
                "NODE_ENV": "production",
            },
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            tracing=lambda_.Tracing.ACTIVE,
            current_version_options=lambda_.VersionOptions(removal_policy=cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE),
        )
        self.alias = live_alias(self, self.function)
        self._watch(name, alarm_action)
        url = self.alias.add_function_url(auth_type=lambda_.FunctionUrlAuthType.AWS_IAM)
        self.host = cdk.Fn.select(2, cdk.Fn.split("/", url.url))
        self._allow_cloudfront()

    def _watch(self, name: str, action: cloudwatch.IAlarmAction) -> None:
        """Shells answer in its place when it fails, so nobody would complain."""
        if not self._settings.alarm_per_function:
            return
        failed = alarms.function_errors(self.function, name=name, action=action)
        if self._settings.gradual_deployments:
            Canaries(self).watch("render", self.alias, [failed])

    def _allow_cloudfront(self) -> None:
        """A function URL wants both (Lambda guide, "Control access to Lambda function URLs")."""
        source = distributions(self, self._settings)
        principal = "cloudfront.amazonaws.com"
        lambda_.CfnPermission(
            self,
            "Url",
            action="lambda:InvokeFunctionUrl",
            function_name=self.alias.function_arn,
            function_url_auth_type="AWS_IAM",
            principal=principal,
            source_arn=source,
        )
        lambda_.CfnPermission(
            self,
            "Invoke",
            action="lambda:InvokeFunction",
            function_name=self.alias.function_arn,
            invoked_via_function_url=True,
            principal=principal,
            source_arn=source,
        )
