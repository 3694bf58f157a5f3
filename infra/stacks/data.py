"""Where state lives: database, DynamoDB table, buckets, event bus, secrets, and the key over all of them."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.closed_bucket import (
    AccessLogBucket,
    DownloadsBucket,
    ImportsBucket,
    MediaBucket,
    media_bucket_name,
)
from infra.constructs.data_key import DataKey
from infra.constructs.database import Database
from infra.constructs.event_bus import EventBus
from infra.constructs.object_replication import replicate
from infra.constructs.removal import removal_of
from infra.environments import Environment
from infra.stacks.network import NetworkStack


class DataStack(cdk.Stack):
    """Every stateful resource; nothing here is replaced by a change of code. Copied to the second region, if any."""

    def __init__(self, scope: Construct, environment: Environment, network: NetworkStack, **kwargs: Any) -> None:
        super().__init__(scope, environment.stack_name("data"), **kwargs)
        self._settings = environment
        self.key = DataKey(self, "Key", environment=environment)
        self.database = Database(
            self,
            "Database",
            environment=environment,
            vpc=network.vpc,
            subnets=network.private_subnets,
            security_group=network.database_group_for(self),
            function_group=network.function_group,
            key=self.key,
        )
        self.table = self._make_table()
        access_logs = AccessLogBucket(self, "AccessLogs", environment=environment)
        options: dict[str, Any] = {"environment": environment, "key": self.key, "access_logs": access_logs}
        self.imports_bucket = self._copied("imports", ImportsBucket(self, "Imports", **options))
        self.downloads_bucket = self._copied("downloads", DownloadsBucket(self, "Downloads", **options))
        media = MediaBucket(self, "Media", **options, name=media_bucket_name(self, environment))
        self.media_bucket = self._copied("media", media)
        self.bus = EventBus(self, "Bus", environment=environment)
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

    def _make_table(self) -> dynamodb.TableV2:
        """Rate-limit counters (and later idempotency locks and connections): short-lived items, removed by TTL."""
        second = self._settings.second_region
        alias = f"arn:{self.partition}:kms:{second}:{self.account}:{self._settings.key_alias}"
        return dynamodb.TableV2(
            self,
            "Table",
            # Fixed, because the second region's functions know it by its name.
            table_name=self._settings.prefix,
            replicas=[dynamodb.ReplicaTableProps(region=second)] if second else None,
            partition_key=dynamodb.Attribute(name="pk", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="sk", type=dynamodb.AttributeType.STRING),
            billing=dynamodb.Billing.on_demand(),
            time_to_live_attribute="expires_at",
            encryption=dynamodb.TableEncryptionV2.customer_managed_key(self.key, {second: alias} if second else None),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=self._settings.protected,
            removal_policy=removal_of(self._settings),
        )

    def _copied(self, content: str, bucket: s3.Bucket) -> s3.Bucket:
        """The bucket, whose objects are copied to the second region where there is one."""
        if self._settings.second_region:
            replicate(bucket, content, self._settings, self.key)
        return bucket

    def _make_secret(self, construct_id: str, name: str, description: str, initial: str) -> secretsmanager.Secret:
        """A secret that starts as `initial`, the form of a JSON object without its content.

        CloudFormation writes it once: what an operator or a rotation stores later stays.
        """
        secret = secretsmanager.Secret(
            self,
            construct_id,
            secret_name=self._settings.secret_name(name),
            description=description,
            encryption_key=self.key,
            secret_string_value=cdk.SecretValue.unsafe_plain_text(initial),
            removal_policy=removal_of(self._settings),
        )
        if self._settings.second_region:
            resource = secret.node.default_child
            assert isinstance(resource, secretsmanager.CfnSecret)
            resource.replica_regions = [
                secretsmanager.CfnSecret.ReplicaRegionProperty(
                    region=self._settings.second_region, kms_key_id=self._settings.key_alias
                )
            ]
        return secret
