"""SQS, sending side. Receiving is the Lambda service's work (event source mappings)."""

from __future__ import annotations

from shared import correlation
from shared.clients.aws import client


def send(queue_url: str, body: str, *, correlation_id: str | None = None) -> str:
    """Put one message on the queue; returns its message id. The correlation id travels as a message attribute."""
    answer = client("sqs").send_message(
        QueueUrl=queue_url,
        MessageBody=body,
        MessageAttributes={
            "correlation_id": {"DataType": "String", "StringValue": correlation_id or correlation.current()}
        },
    )
    return answer["MessageId"]
