"""Makes the API answer to CloudFront only: a secret header, and a Lambda authorizer that knows it.

HTTP APIs have no resource policies, take no firewall, and CloudFront cannot sign requests to them.
"""

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.lambda_layer import ARCHITECTURE, RUNTIME
from infra.constructs.retained_log_group import RetainedLogGroup
from infra.environments import CLOUDFRONT_REGION, Environment

CODE = Path(__file__).resolve().parents[1] / "origin_guard"

ORIGIN_HEADER = "x-origin-secret"

# The gateway keeps the authorizer's answer for this long, so a withdrawn secret works for as long.
ANSWER_SECONDS = 300


class OriginGuard(Construct):
    """The secrets (one per generation in the environment's table), the authorizer's function, the authorizer."""

    def __init__(
        self, scope: Construct, construct_id: str, *, environment: Environment, key: kms.IKey, api_id: str
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = environment
        names = [environment.origin_secret_name(generation) for generation in environment.origin_secrets]
        if not environment.standby:  # there are replicas of them
            for generation, name in zip(environment.origin_secrets, names, strict=True):
                self._make_secret(generation, name, key)
        function = self._make_function(names, key)
        self.authorizer = apigateway.CfnAuthorizer(
            self,
            "Authorizer",
            api_id=api_id,
            name="cloudfront",
            authorizer_type="REQUEST",
            identity_source=[f"$request.header.{ORIGIN_HEADER}"],
            authorizer_uri=(
                f"arn:{cdk.Aws.PARTITION}:apigateway:{cdk.Stack.of(self).region}:lambda:path/2015-03-31/functions/"
                f"{function.function_arn}/invocations"
            ),
            authorizer_payload_format_version="2.0",
            authorizer_result_ttl_in_seconds=ANSWER_SECONDS,
            enable_simple_responses=True,
        )
        lambda_.CfnPermission(
            self,
            "Gateway",
            action="lambda:InvokeFunction",
            function_name=function.function_arn,
            principal="apigateway.amazonaws.com",
            source_arn=cdk.Stack.of(self).format_arn(
                service="execute-api", resource=api_id, resource_name=f"authorizers/{self.authorizer.ref}"
            ),
        )

    def _make_secret(self, generation: int, name: str, key: kms.IKey) -> None:
        settings = self._settings
        elsewhere = {CLOUDFRONT_REGION} if settings.domain else set()
        elsewhere |= {settings.second_region} if settings.second_region else set()
        secretsmanager.Secret(
            self,
            f"Secret{generation}",
            secret_name=name,
            description="What CloudFront shows to the API",
            encryption_key=key,
            generate_secret_string=secretsmanager.SecretStringGenerator(password_length=48, exclude_punctuation=True),
            # CloudFront's own stack reads it where CloudFront is configured.
            replica_regions=[
                secretsmanager.ReplicaRegion(region=region) for region in sorted(elsewhere - {settings.region})
            ],
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )

    def _make_function(self, names: list[str], key: kms.IKey) -> lambda_.Function:
        settings = self._settings
        log_group = RetainedLogGroup(
            self, "Logs", environment=settings, name=settings.log_group_name("edge/origin-guard"), key=key
        )
        role = self._make_role(names, key)
        log_group.grant_write(role)
        return lambda_.Function(
            self,
            "Function",
            function_name=settings.function_name("edge", "origin_guard"),
            description="edge: lets requests through that came by CloudFront",
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            code=lambda_.Code.from_asset(str(CODE), exclude=["__pycache__", "__init__.py"]),
            handler="handler.handler",
            memory_size=256,
            timeout=cdk.Duration.seconds(5),
            role=role,
            environment={"ORIGIN_SECRETS": ",".join(names)},
            log_group=log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            tracing=lambda_.Tracing.ACTIVE,
        )

    def _make_role(self, names: list[str], key: kms.IKey) -> iam.Role:
        stack = cdk.Stack.of(self)
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            description="What the authorizer of the API may do",
        )
        # Secrets Manager ends ARNs in six characters of its own.
        secrets = [
            stack.format_arn(
                service="secretsmanager",
                resource="secret",
                resource_name=f"{name}-??????",
                arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
            )
            for name in names
        ]
        role.add_to_policy(iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=secrets))
        role.add_to_policy(
            iam.PolicyStatement(
                actions=["kms:Decrypt"],
                resources=[key.key_arn],
                conditions={"StringEquals": {"kms:ViaService": f"secretsmanager.{stack.region}.{stack.url_suffix}"}},
            )
        )
        return role
