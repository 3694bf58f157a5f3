"""Functions that a deployment of pages invokes: one uploads them, one has CloudFront forget what was rendered."""

from collections.abc import Mapping
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import triggers
from constructs import Construct

from infra.constructs import web_assets
from infra.constructs.distributions import invalidations
from infra.constructs.lambda_layer import ARCHITECTURE, RUNTIME
from infra.constructs.retained_log_group import RetainedLogGroup
from infra.constructs.web_bucket import WebBucket
from infra.environments import Environment

PURGE_CODE = Path(__file__).resolve().parents[1] / "site_purge"

# Some hundreds of small objects, eight at a time.
UPLOAD_SECONDS = 300
PURGE_SECONDS = 30


class DeploymentFunction(Construct):
    """A function of one file that runs once per deployment of new pages. `trigger` waits, or is waited for."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment: Environment,
        key: kms.IKey,
        code: lambda_.Code,
        seconds: int,
        variables: Mapping[str, str],
        allowed: list[iam.PolicyStatement],
    ) -> None:
        super().__init__(scope, construct_id)
        name = construct_id.lower()
        log_group = RetainedLogGroup(
            self, "Logs", environment=environment, name=environment.log_group_name(f"web/{name}"), key=key
        )
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            description=f"What web/{name} may do",
        )
        log_group.grant_write(role)
        for statement in allowed:
            role.add_to_policy(statement)
        function = lambda_.Function(
            self,
            "Function",
            function_name=environment.function_name("web", name),
            description=f"web: {name}, while pages are deployed",
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            code=code,
            handler="handler.handler",
            memory_size=512,
            timeout=cdk.Duration.seconds(seconds),
            role=role,
            environment=dict(variables),
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            tracing=lambda_.Tracing.ACTIVE,
            current_version_options=lambda_.VersionOptions(removal_policy=cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE),
        )
        self.trigger = triggers.Trigger(
            self,
            "AtDeployment",
            handler=function,
            execute_on_handler_change=True,
            invocation_type=triggers.InvocationType.REQUEST_RESPONSE,
            timeout=cdk.Duration.seconds(seconds + 30),
        )


class SiteUpload(DeploymentFunction):
    """Writes the built site and `config.json` into its bucket."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        environment: Environment,
        key: kms.IKey,
        bucket: WebBucket,
        configuration: str,
    ) -> None:
        super().__init__(
            scope,
            construct_id,
            environment=environment,
            key=key,
            code=web_assets.site_upload(),
            seconds=UPLOAD_SECONDS,
            variables={"BUCKET": bucket.bucket_name, "CONFIGURATION": configuration},
            allowed=[
                iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.bucket_arn]),
                iam.PolicyStatement(
                    actions=["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging"],
                    resources=[bucket.arn_for_objects("*")],
                ),
            ],
        )
        # Objects can be written while the bucket's policy and lifecycle are there, not before.
        self.trigger.execute_after(bucket)


class SitePurge(DeploymentFunction):
    """Has CloudFront forget the pages that carry `cache_tag`, each time they are rendered by something else."""

    def __init__(
        self, scope: Construct, construct_id: str, *, environment: Environment, key: kms.IKey, cache_tag: str
    ) -> None:
        stack = cdk.Stack.of(scope)
        parameter = stack.format_arn(
            service="ssm",
            region=environment.front_region,
            resource="parameter",
            resource_name=environment.distribution_parameter.removeprefix("/"),
        )
        super().__init__(
            scope,
            construct_id,
            environment=environment,
            key=key,
            code=lambda_.Code.from_asset(str(PURGE_CODE), exclude=["__pycache__", "__init__.py"]),
            seconds=PURGE_SECONDS,
            variables={
                "BUILD": web_assets.build_digest(),
                "CACHE_TAG": cache_tag,
                "DISTRIBUTION_PARAMETER": environment.distribution_parameter,
                "DISTRIBUTION_REGION": environment.front_region,
            },
            allowed=[
                iam.PolicyStatement(actions=["ssm:GetParameter"], resources=[parameter]),
                invalidations(stack, environment),
            ],
        )
