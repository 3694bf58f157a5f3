"""The cloud that functions find, on moto: named as the templates name it, reduced to what handlers touch."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import boto3
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID as ACCOUNT
from moto.dynamodb.models import dynamodb_backends
from moto.events.models import events_backends
from moto.s3.models import s3_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.sesv2.models import sesv2_backends
from moto.sqs.models import sqs_backends

from shared.signals import SOURCE

REGION = "eu-central-1"
BUS = "sharestack-test"
TABLE = "sharestack-test"
IMPORTS_BUCKET = "sharestack-test-imports"
DOWNLOADS_BUCKET = "sharestack-test-downloads"
MEDIA_BUCKET = "sharestack-test-media"
DISTRIBUTION_PARAMETER = "/sharestack-test/distribution"

ENVIRONMENT = {
    "ENVIRONMENT": "dev",
    "SERVICE": "test",
    "DATABASE_AUTH": "password",
    "TABLE_NAME": TABLE,
    "EVENT_BUS_NAME": BUS,
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "ALLOWED_ORIGINS": "http://localhost:3000",
    "JWT_ISSUER": "http://127.0.0.1:8000",
    "JWT_AUDIENCE": "sharestack-api",
    "IMPORTS_BUCKET": IMPORTS_BUCKET,
    "DOWNLOADS_BUCKET": DOWNLOADS_BUCKET,
    "MEDIA_BUCKET": MEDIA_BUCKET,
    "SIGNING_KEYS_SECRET_ARN": "signing-keys",
    "STRIPE_SECRET_ARN": "stripe",
    "STRIPE_WEBHOOK_SECRET_ARN": "stripe-webhook",
    "WEBHOOK_QUEUE_URL": f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/webhooks",
    "MAIL_FROM": "shop@example.com",
    "MAX_RECEIVES": "5",
    "DISTRIBUTION_PARAMETER": DISTRIBUTION_PARAMETER,
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "POWERTOOLS_SERVICE_NAME": "test",
    "POWERTOOLS_METRICS_NAMESPACE": "ShareStack",
}
WEBHOOK_SECRET = "whsec_test_current"
PREVIOUS_WEBHOOK_SECRET = "whsec_test_previous"


@dataclass(frozen=True)
class Cloud:
    """Addresses, and a look at what functions did."""

    webhook_queue_url: str
    bus_queue_url: str
    _on_the_bus: list[dict[str, Any]] = field(default_factory=list)

    def published(self) -> list[dict[str, Any]]:
        """Every domain event put on the bus since the last look: its `detail-type` and `detail` and the rest."""
        return self._taken(lambda event: event["source"] != SOURCE)

    def signals(self, detail_type: str) -> list[dict[str, Any]]:
        """Every signal of this type that was put on the bus since the last look at it."""
        return self._taken(lambda event: (event["source"], event["detail-type"]) == (SOURCE, detail_type))

    def _taken(self, wanted: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        events = [*self._on_the_bus, *(json.loads(body) for body in self.messages(self.bus_queue_url))]
        self._on_the_bus[:] = [event for event in events if not wanted(event)]
        # A field of moto's own.
        taken = filter(wanted, events)
        return [{name: value for name, value in event.items() if name != "ingestion-time"} for event in taken]

    def messages(self, queue_url: str) -> list[str]:
        """The bodies of all messages in the queue; takes them out."""
        sqs = boto3.client("sqs")
        bodies: list[str] = []
        while batch := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages", []):
            for message in batch:
                bodies.append(message["Body"])
                sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
        return bodies


@contextmanager
def simulated() -> Iterator[Cloud]:
    """moto's cloud in this process with the functions' resources, empty at the start of the block.

    boto3's session outlives the block: with a new one, the first client of a test would read botocore's descriptions
    of endpoints and services once more, which takes as long as many a test.
    """
    with mock_aws():
        boto3.DEFAULT_SESSION = _session()
        yield create()


@cache
def _session() -> boto3.Session:
    return boto3.Session()


def create() -> Cloud:
    """Make the resources in the moto of this process. Its models are called, not its API: every test makes them, and
    calls of the API would take twenty times as long.
    """
    sqs = sqs_backends[ACCOUNT][REGION]
    sqs.create_queue("webhooks")
    bus_queue = sqs.create_queue("everything-on-the-bus")
    events = events_backends[ACCOUNT][REGION]
    events.create_event_bus(BUS)
    events.put_rule("everything", event_bus_arn=BUS, event_pattern=json.dumps({"source": [{"prefix": ""}]}))
    # Without a transformer moto compiles eight expressions for every event, which takes longer than all the rest of it.
    whole = {"InputPathsMap": {"event": "$"}, "InputTemplate": "<event>"}
    events.put_targets("everything", BUS, [{"Id": "queue", "Arn": bus_queue.queue_arn, "InputTransformer": whole}])
    dynamodb_backends[ACCOUNT][REGION].create_table(
        TABLE,
        schema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        attr=[{"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "S"}],
        billing_mode="PAY_PER_REQUEST",
        throughput=None,
        global_indexes=[],
        indexes=[],
        streams=None,
        sse_specification=None,
        tags=[],
        deletion_protection_enabled=False,
        warm_throughput=None,
    )
    for bucket in (IMPORTS_BUCKET, DOWNLOADS_BUCKET, MEDIA_BUCKET):
        s3_backends[ACCOUNT]["aws"].create_bucket(bucket, REGION)
    _create_secret("signing-keys", {})
    _create_secret("stripe", {"secret_key": "sk_test_local", "publishable_key": "pk_test_local"})
    _create_secret("stripe-webhook", {"signing_secrets": [WEBHOOK_SECRET, PREVIOUS_WEBHOOK_SECRET]})
    sesv2_backends[ACCOUNT][REGION].create_email_identity("shop@example.com", None, None, None)
    return Cloud(ENVIRONMENT["WEBHOOK_QUEUE_URL"], f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{bus_queue.name}")


def _create_secret(name: str, value: dict[str, Any]) -> None:
    secretsmanager_backends[ACCOUNT][REGION].create_secret(
        name,
        secret_string=json.dumps(value),
        secret_binary=None,
        description=None,
        tags=None,
        kms_key_id=None,
        client_request_token=None,
        replica_regions=[],
        force_overwrite=False,
    )


def create_distribution() -> str:
    """Make CloudFront's distribution, and write its id down where the front's stack does; answers the id."""
    origin = {"Id": "api", "DomainName": "api.example.com"}
    behavior = {"TargetOriginId": "api", "ViewerProtocolPolicy": "https-only"}
    config: Any = {
        "CallerReference": "test",
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": behavior,
    }
    made = boto3.client("cloudfront").create_distribution(DistributionConfig=config)["Distribution"]
    boto3.client("ssm").put_parameter(Name=DISTRIBUTION_PARAMETER, Value=made["Id"], Type="String")
    return str(made["Id"])


def purges(distribution_id: str) -> list[dict[str, Any]]:
    """What CloudFront was asked to forget: `CallerReference` and `Items` of each invalidation, oldest first."""
    cloudfront = boto3.client("cloudfront")
    listed = cloudfront.list_invalidations(DistributionId=distribution_id)["InvalidationList"]
    asked = [
        cloudfront.get_invalidation(DistributionId=distribution_id, Id=item["Id"])["Invalidation"]["InvalidationBatch"]
        for item in listed.get("Items", [])
    ]
    return [{"CallerReference": batch["CallerReference"], "Items": batch["Paths"]["Items"]} for batch in asked]
