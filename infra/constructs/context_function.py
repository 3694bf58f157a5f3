"""A Lambda function of a context: its own role, log group, layers, environment variables and grants."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_secretsmanager as secretsmanager
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs import alarms, code_asset
from infra.constructs.foundation import ContextHome
from infra.constructs.lambda_layer import ARCHITECTURE, RUNTIME
from infra.constructs.live_alias import live_alias
from infra.constructs.retained_log_group import RetainedLogGroup
from infra.database_roles import OWNER, context_role
from infra.packaging.contents import LAYERS_OF, package_of
from shared.manifest import Reach
from shared.signals import SOURCE as SIGNALS

# What Lambda itself does with the role of a function in a VPC (Lambda guide, "Required IAM permissions").
INTERFACE_ACTIONS = (
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
)


@dataclass(frozen=True, kw_only=True)
class FunctionSpec:
    """What one handler file needs besides its package. `memory` in MB, `timeout` in seconds. What
    brings the schema logs in to the database as its owner, everything else as its context.

    With `snap_start` its versions start from a snapshot, in environments that pay for that (`docs/performance.md`);
    `shared/snapshots.py` keeps out of it what must not be in one.
    """

    handler: str
    memory: int = 512
    timeout: int = 15
    reach: Reach = Reach.DATABASE
    environment: Mapping[str, str] = field(default_factory=dict)
    snap_start: bool = False
    brings_schema: bool = False


class ContextFunction(Construct):
    """The function behind `functions/<context>/handlers/<handler>.py`. Grants name just what it uses."""

    def __init__(self, scope: Construct, construct_id: str, *, home: ContextHome, spec: FunctionSpec) -> None:
        super().__init__(scope, construct_id)
        self.home = home
        self.spec = spec
        self.name = home.environment.function_name(home.name, spec.handler)
        function = f"{home.name}.{spec.handler}"
        self.log_group_name = home.environment.log_group_name(f"{home.name}/{spec.handler}")
        self.log_group = RetainedLogGroup(
            self, "Logs", environment=home.environment, name=self.log_group_name, key=home.key
        )
        home.function_names.append(self.name)
        home.log_group_names.append(self.log_group_name)
        self.role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            description=f"What {home.name}/{spec.handler} may do",
        )
        self.log_group.grant_write(self.role)
        self._send_signals()
        self.database = home.foundation.database_logins[OWNER if spec.brings_schema else context_role(home.name)]
        in_network = spec.reach is not Reach.AWS
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=self.name,
            description=f"{home.name}: {spec.handler.replace('_', ' ')}",
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            code=code_asset.code(package_of(function)),
            handler=f"functions.{home.name}.handlers.{spec.handler}.handler",
            layers=[home.layers.named(layer) for layer in LAYERS_OF[function]],
            memory_size=spec.memory,
            timeout=cdk.Duration.seconds(spec.timeout),
            role=self.role,
            environment={**self._common_environment(), **self._pausing(in_network), **spec.environment},
            log_group=self.log_group,
            logging_format=lambda_.LoggingFormat.JSON,
            application_log_level_v2=lambda_.ApplicationLogLevel[home.environment.log_level],
            system_log_level_v2=lambda_.SystemLogLevel.INFO,
            tracing=lambda_.Tracing.ACTIVE,
            reserved_concurrent_executions=dict(home.environment.reserved_concurrency).get(function),
            snap_start=_snap_start(home, spec),
            vpc=home.foundation.vpc if in_network else None,
            vpc_subnets=self._subnets() if in_network else None,
            security_groups=[home.foundation.function_group] if in_network else None,
            # Old versions stay, so that an alias can go back to them; one that a failed deployment made must not be in
            # the way of the next try with the same code.
            current_version_options=lambda_.VersionOptions(removal_policy=cdk.RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE),
        )
        if in_network:
            self._allow_network_interfaces()
            self.allow(("rds-db:connect",), self.database.connect_arn)
        self.failure_alarms: list[cloudwatch.IAlarm] = []
        if home.environment.alarm_per_function:
            action = home.foundation.alarm_action
            self.failure_alarms.append(alarms.function_errors(self.function, name=self.name, action=action))

    def _common_environment(self) -> dict[str, str]:
        foundation = self.home.foundation
        environment = foundation.environment
        return {
            "ENVIRONMENT": environment.name,
            "SERVICE": self.home.name,
            "POWERTOOLS_SERVICE_NAME": self.home.name,
            "LOG_LEVEL": environment.log_level,
            "DATABASE_URL": self.database.url,
            "DATABASE_AUTH": "iam",
            "TABLE_NAME": foundation.table.table_name,
            "EVENT_BUS_NAME": foundation.bus.event_bus_name,
            "PUBLIC_URL": foundation.public_url,
            "SHOP_TIME_ZONE": environment.shop_time_zone,
            "ALLOWED_ORIGINS": ",".join(environment.allowed_origins),
            # CloudFront, which writes the caller's address into X-Forwarded-For.
            "TRUSTED_PROXY_HOPS": "1",
            "JWT_ISSUER": foundation.public_url,
            "JWT_AUDIENCE": environment.prefix,
        }

    def _pausing(self, in_network: bool) -> dict[str, str]:
        """Of a function that reaches a database which pauses: it does so only while nobody is connected."""
        pauses = in_network and self.home.environment.database_pause_minutes is not None
        return {"DATABASE_PAUSES": "true"} if pauses else {}

    def _subnets(self) -> ec2.SubnetSelection:
        """Private subnets, if AWS services can be reached from there; otherwise those that have a way out."""
        foundation = self.home.foundation
        enclosed = self.spec.reach is Reach.DATABASE and foundation.environment.interface_endpoints
        return foundation.private_subnets if enclosed else foundation.egress_subnets

    def _allow_network_interfaces(self) -> None:
        self.allow(INTERFACE_ACTIONS, "*")
        # Only the Lambda service needs them; the code running in the function does not.
        arn = cdk.Stack.of(self).format_arn(
            service="lambda",
            resource="function",
            resource_name=self.name,
            arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
        )
        self.role.add_to_policy(
            iam.PolicyStatement(
                effect=iam.Effect.DENY,
                actions=list(INTERFACE_ACTIONS),
                resources=["*"],
                conditions={"ArnLike": {"lambda:SourceFunctionArn": [arn, f"{arn}:*"]}},
            )
        )

    def allow(self, actions: tuple[str, ...], *resources: str) -> None:
        """Let the function do `actions` on `resources` (ARNs)."""
        self.role.add_to_policy(iam.PolicyStatement(actions=list(actions), resources=list(resources)))

    def go_live(self, *, gradually: bool) -> lambda_.Alias:
        """The alias for whatever wakes the function; `gradually` where a tenth of its traffic tells something."""
        alias = live_alias(self, self.function)
        if gradually and self.home.environment.gradual_deployments:
            self.home.canaries.watch(self.spec.handler, alias, self.failure_alarms)
        return alias

    def set(self, variable: str, value: str) -> None:
        """Set an environment variable."""
        self.function.add_environment(variable, value)

    def count_requests(self) -> None:
        """Let the function keep rate-limit counters."""
        self.allow(
            ("dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:UpdateItem"), self.home.foundation.table.table_arn
        )
        self._use_key_through("dynamodb")

    def _send_signals(self) -> None:
        """Let the function put on the bus what the platform tells of it, as of errors (`shared.signals`)."""
        self.role.add_to_policy(
            iam.PolicyStatement(
                actions=["events:PutEvents"],
                resources=[self.home.foundation.bus.event_bus_arn],
                conditions={
                    "ForAllValues:StringEquals": {"events:source": SIGNALS},
                    "Null": {"events:source": "false"},
                },
            )
        )

    def publish_events(self) -> None:
        """Let the function put domain events on the bus."""
        self.allow(("events:PutEvents",), self.home.foundation.bus.event_bus_arn)

    def read_secret(self, variable: str, secret: secretsmanager.ISecret) -> None:
        """Let the function read `secret`; its ARN is in the environment variable `variable`."""
        self.set(variable, secret.secret_full_arn or secret.secret_name)
        self.allow(("secretsmanager:GetSecretValue",), _arn_of(secret))
        self._use_key_through("secretsmanager")

    def write_secret(self, secret: secretsmanager.ISecret) -> None:
        """Let the function store a new version of `secret`."""
        self.allow(("secretsmanager:PutSecretValue",), _arn_of(secret))
        self._use_key_through("secretsmanager")

    def use_objects(self, bucket_arn: str, prefix: str, *actions: str) -> None:
        """Let the function do `actions` on objects under `prefix`, which ends in a slash."""
        self.allow(actions, f"{bucket_arn}/{prefix}*")
        self._use_key_through("s3")

    def send_to(self, variable: str, queue: sqs.IQueue) -> None:
        """Let the function put messages on `queue`; its URL is in the environment variable `variable`."""
        self.set(variable, queue.queue_url)
        self.allow(("sqs:SendMessage",), queue.queue_arn)
        self.use_key_for_queues()

    def use_key_for_queues(self) -> None:
        """Let the function use the key that encrypts queues."""
        self._use_key_through("sqs")

    def _use_key_through(self, service: str) -> None:
        """The key is used by a service on the function's behalf, never by the function directly."""
        stack = cdk.Stack.of(self)
        self.role.add_to_policy(
            iam.PolicyStatement(
                actions=["kms:Decrypt", "kms:GenerateDataKey"],
                resources=[self.home.key.key_arn],
                conditions={"StringEquals": {"kms:ViaService": f"{service}.{stack.region}.{stack.url_suffix}"}},
            )
        )


def _arn_of(secret: secretsmanager.ISecret) -> str:
    """The secret's ARN; for one known by its name only, with a place for the six characters that it ends in."""
    return secret.secret_full_arn or f"{secret.secret_arn}-??????"


def _snap_start(home: ContextHome, spec: FunctionSpec) -> lambda_.SnapStartConf | None:
    snapped = home.environment.snap_start and spec.snap_start
    return lambda_.SnapStartConf.ON_PUBLISHED_VERSIONS if snapped else None
