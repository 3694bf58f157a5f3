"""Counters with an end, in DynamoDB: one atomic increment is one call."""

from __future__ import annotations

from shared import settings
from shared.clients.aws import client


def add(key: str, amount: int, *, expires_at: int) -> int:
    """Add to the counter and return its new value. `expires_at` (epoch seconds) is when DynamoDB may forget it."""
    answer = client("dynamodb").update_item(
        TableName=settings.common().table_name,
        Key={"pk": {"S": f"counter#{key}"}, "sk": {"S": "counter"}},
        UpdateExpression="ADD #value :amount SET expires_at = if_not_exists(expires_at, :expires_at)",
        ExpressionAttributeNames={"#value": "value"},
        ExpressionAttributeValues={":amount": {"N": str(amount)}, ":expires_at": {"N": str(expires_at)}},
        ReturnValues="UPDATED_NEW",
    )
    return int(answer["Attributes"]["value"]["N"])


def read(key: str) -> int:
    """The counter's value, 0 where there is none."""
    answer = client("dynamodb").get_item(
        TableName=settings.common().table_name,
        Key={"pk": {"S": f"counter#{key}"}, "sk": {"S": "counter"}},
        ConsistentRead=True,
    )
    return int(answer["Item"]["value"]["N"]) if "Item" in answer else 0


def clear(key: str) -> None:
    """Forget the counter."""
    client("dynamodb").delete_item(
        TableName=settings.common().table_name, Key={"pk": {"S": f"counter#{key}"}, "sk": {"S": "counter"}}
    )
