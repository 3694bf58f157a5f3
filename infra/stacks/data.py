"""Where state lives: database, DynamoDB table, imports bucket, event bus, secrets, and the key over all of them."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.database import Database
from infra.environments import Environment
from infra.stacks.network import NetworkStack


class DataStack(cdk.Stack):
    """Every stateful resource; nothing here is replaced by a change of code."""

    def __init__(self, scope: Construct, environment: Environment, network: NetworkStack, **kwargs: Any) -> None:
        super().__init__(scope, environment.stack_name("data"), **kwargs)
        self._settings = environment
        self._removal = cdk.RemovalPolicy.RETAIN if environment.protected else cdk.RemovalPolicy.DESTROY
        self.key = self._make_key()
        self.database = Database(
            self,
            "Database",
            environment=environment,
            vpc=network.vpc,
            subnets=network.private_subnets,
            # Imported, so that no rule of the group comes to depend on the cluster: the groups live in the network.
            security_group=ec2.SecurityGroup.from_security_group_id(
                self, "DatabaseGroup", network.database_group.security_group_id, mutable=False
            ),
            key=self.key,
        )
        self.table = self._make_table()
        self.imports_bucket = self._make_imports_bucket()
        self.bus = self._make_bus()
        self.signing_keys = self._make_secret(
            "SigningKeys", "signing-keys", "Private keys that sign access tokens; written by identity's rotation", "{}"
        )
        self.stripe = self._make_secret(
            "Stripe", "stripe", "Stripe API keys, set by the operator", '{"secret_key": "", "publishable_key": ""}'
        )
        self.stripe_webhook = self._make_secret(
            "StripeWebhook",
            "stripe-webhook",
            "Signing secrets of the Stripe webhook endpoint, set by the operator",
            '{"signing_secrets": []}',
        )

    def _make_key(self) -> kms.Key:
        key = kms.Key(
            self,
            "Key",
            alias=f"alias/{self._settings.prefix}",
            description=f"Data of ShareStack {self._settings.name}",
            enable_key_rotation=True,
            removal_policy=self._removal,
        )
        # The services that write on our behalf. They are named here, once, because the resources that they write to
        # (queues, log groups) live in stacks that depend on this one.
        same_account = {"StringEquals": {"aws:SourceAccount": self.account}}
        for service in ("budgets.amazonaws.com", "events.amazonaws.com", "cloudwatch.amazonaws.com"):
            key.add_to_resource_policy(
                iam.PolicyStatement(
                    actions=["kms:Decrypt", "kms:GenerateDataKey*"],
                    principals=[iam.ServicePrincipal(service, conditions=same_account)],
                    resources=["*"],
                )
            )
        log_groups = f"arn:{self.partition}:logs:{self.region}:{self.account}:log-group:*"
        key.add_to_resource_policy(
            iam.PolicyStatement(
                actions=["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
                principals=[
                    iam.ServicePrincipal(
                        f"logs.{self.region}.amazonaws.com",
                        conditions={"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
                    )
                ],
                resources=["*"],
            )
        )
        return key

    def _make_table(self) -> dynamodb.TableV2:
        """Rate-limit counters (and later idempotency locks and connections): short-lived items, removed by TTL."""
        return dynamodb.TableV2(
            self,
            "Table",
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="sk", type=dynamodb.AttributeType.STRING),
            billing=dynamodb.Billing.on_demand(),
            time_to_live_attribute="expires_at",
            encryption=dynamodb.TableEncryptionV2.customer_managed_key(self.key),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=self._settings.protected,
            removal_policy=self._removal,
        )

    def _make_access_log_bucket(self) -> s3.Bucket:
        """Who read or wrote which object. Log delivery cannot use a key of ours, hence S3's own encryption."""
        return s3.Bucket(
            self,
            "AccessLogs",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            versioned=True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=cdk.Duration.days(self._settings.log_days),
                    noncurrent_version_expiration=cdk.Duration.days(1),
                )
            ],
            removal_policy=self._removal,
        )

    def _make_imports_bucket(self) -> s3.Bucket:
        """Uploaded product files under `imports/`; a file is only needed until it has been read and looked into."""
        return s3.Bucket(
            self,
            "Imports",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.KMS,
            encryption_key=self.key,
            bucket_key_enabled=True,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            server_access_logs_bucket=self._make_access_log_bucket(),
            server_access_logs_prefix="imports/",
            versioned=True,
            lifecycle_rules=[
                s3.LifecycleRule(
                    expiration=cdk.Duration.days(90),
                    noncurrent_version_expiration=cdk.Duration.days(30),
                    abort_incomplete_multipart_upload_after=cdk.Duration.days(1),
                )
            ],
            removal_policy=self._removal,
        )

    def _make_bus(self) -> events.EventBus:
        bus = events.EventBus(self, "Bus", event_bus_name=self._settings.prefix)
        bus.archive(
            "Archive",
            archive_name=self._settings.prefix,
            description="Every domain event, for replay",
            event_pattern=events.EventPattern(account=[self.account]),
            retention=cdk.Duration.days(self._settings.event_archive_days),
        )
        return bus

    def _make_secret(self, construct_id: str, name: str, description: str, initial: str) -> secretsmanager.Secret:
        """A secret that starts as `initial`, the form of a JSON object without its content.

        CloudFormation writes it once: what an operator or a rotation stores later stays.
        """
        return secretsmanager.Secret(
            self,
            construct_id,
            secret_name=f"{self._settings.prefix}/{name}",
            description=description,
            encryption_key=self.key,
            secret_string_value=cdk.SecretValue.unsafe_plain_text(initial),
            removal_policy=self._removal,
        )
