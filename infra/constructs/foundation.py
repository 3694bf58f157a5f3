"""What every context's functions stand on, handed from the shared stacks to the contexts' stacks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_events as events
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager

from infra.constructs.lambda_layer import Layers
from infra.constructs.live_alias import Canaries
from infra.environments import Environment


@dataclass(frozen=True, kw_only=True)
class DatabaseLogin:
    """A role's way into the database: a URL without a password, and the ARN that `rds-db:connect` is granted on."""

    url: str
    connect_arn: str


@dataclass(frozen=True, kw_only=True)
class Foundation:
    """Resources of the shared stacks that functions use, with the environment they belong to.

    `database_logins` are by role (`infra/database_roles.py`). `buckets` and `secrets` have the names by which manifests
    ask for them.
    """

    environment: Environment
    vpc: ec2.IVpc
    private_subnets: ec2.SubnetSelection
    egress_subnets: ec2.SubnetSelection
    function_group: ec2.ISecurityGroup
    key: kms.IKey
    database_logins: Mapping[str, DatabaseLogin]
    table: dynamodb.ITableV2
    bus: events.IEventBus
    api_id: str
    authorizer_id: str
    public_url: str
    alarm_action: cloudwatch.IAlarmAction
    buckets: Mapping[str, s3.IBucket]
    secrets: Mapping[str, secretsmanager.ISecret]


@dataclass(frozen=True, kw_only=True)
class ContextHome:
    """One bounded context in one stack: what its triggers' constructs need to know.

    `key` is the environment's key as imported into the context's stack, so that grants add to roles here and never to
    the key's policy there (which would make the two stacks depend on each other). The lists are filled by the
    constructs, for the dashboard; `routes` have the order in which they are made.
    """

    name: str
    foundation: Foundation
    layers: Layers
    canaries: Canaries
    key: kms.IKey
    function_names: list[str] = field(default_factory=list)
    http_function_names: list[str] = field(default_factory=list)
    queue_names: list[str] = field(default_factory=list)
    log_group_names: list[str] = field(default_factory=list)
    http_log_group_names: list[str] = field(default_factory=list)
    routes: list[apigateway.CfnRoute] = field(default_factory=list)

    @property
    def environment(self) -> Environment:
        return self.foundation.environment
