"""The cloud that functions find, on moto: named as the templates name it, reduced to what handlers touch."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
from botocore.config import Config

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
    "WEBHOOK_QUEUE_URL": f"https://sqs.{REGION}.amazonaws.com/123456789012/webhooks",
    "MAIL_FROM": "shop@example.com",
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

    def published(self) -> list[dict[str, Any]]:
        """Every event put on the bus since the last look: its `detail-type` and `detail` and the rest."""
        return [json.loads(body) for body in self.messages(self.bus_queue_url)]

    def messages(self, queue_url: str) -> list[str]:
        """The bodies of all messages in the queue; takes them out."""
        sqs = boto3.client("sqs")
        bodies: list[str] = []
        while batch := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages", []):
            for message in batch:
                bodies.append(message["Body"])
                sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
        return bodies


@cache
def _client(service: str) -> Any:
    """A client that calls moto in this process. Making one takes longer than all calls of `create` together."""
    return boto3.client(service, config=Config(ignore_configured_endpoint_urls=True))


def create(client: Callable[[str], Any] = _client) -> Cloud:
    """Make the resources; call it inside `mock_aws()`, or with clients (by name of the service) of moto's server."""
    sqs = client("sqs")
    webhook_queue_url = sqs.create_queue(QueueName="webhooks")["QueueUrl"]
    bus_queue_url = sqs.create_queue(QueueName="everything-on-the-bus")["QueueUrl"]
    bus_queue_arn = sqs.get_queue_attributes(QueueUrl=bus_queue_url, AttributeNames=["QueueArn"])["Attributes"][
        "QueueArn"
    ]
    events = client("events")
    events.create_event_bus(Name=BUS)
    events.put_rule(Name="everything", EventBusName=BUS, EventPattern=json.dumps({"source": [{"prefix": ""}]}))
    events.put_targets(Rule="everything", EventBusName=BUS, Targets=[{"Id": "queue", "Arn": bus_queue_arn}])
    client("dynamodb").create_table(
        TableName=TABLE,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}],
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    for bucket in (IMPORTS_BUCKET, DOWNLOADS_BUCKET, MEDIA_BUCKET):
        client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    secrets = client("secretsmanager")
    secrets.create_secret(Name="signing-keys", SecretString="{}")
    secrets.create_secret(
        Name="stripe", SecretString=json.dumps({"secret_key": "sk_test_local", "publishable_key": "pk_test_local"})
    )
    secrets.create_secret(
        Name="stripe-webhook", SecretString=json.dumps({"signing_secrets": [WEBHOOK_SECRET, PREVIOUS_WEBHOOK_SECRET]})
    )
    client("sesv2").create_email_identity(EmailIdentity="shop@example.com")
    return Cloud(webhook_queue_url, bus_queue_url)


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
