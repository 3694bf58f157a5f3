"""The data of an environment as its second region has it: copies, known by the names that they have in the first."""

from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.database import Database
from infra.constructs.event_bus import EventBus
from infra.environments import Environment
from infra.stacks.network import NetworkStack
from infra.stacks.standby_vault import StandbyVaultStack


class StandbyDataStack(cdk.Stack):
    """Has what `DataStack` has. The database follows the global database; events live in it until they are sent."""

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        network: NetworkStack,
        vault: StandbyVaultStack,
        **kwargs: Any,
    ) -> None:
        super().__init__(scope, environment.stack_name("data"), **kwargs)
        self._settings = environment
        self.key = vault.key
        self.imports_bucket = vault.imports_bucket
        self.downloads_bucket = vault.downloads_bucket
        self.media_bucket = vault.media_bucket
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
        self.table = dynamodb.TableV2.from_table_name(self, "Table", environment.prefix)
        self.bus = EventBus(self, "Bus", environment=environment)
        self.signing_keys = self._secret("SigningKeys", "signing-keys")
        self.stripe = self._secret("Stripe", "stripe")
        self.stripe_webhook = self._secret("StripeWebhook", "stripe-webhook")

    def _secret(self, construct_id: str, name: str) -> secretsmanager.ISecret:
        return secretsmanager.Secret.from_secret_name_v2(self, construct_id, self._settings.secret_name(name))
