"""Counters with an end, in DynamoDB: one atomic increment is one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared import settings
from shared.clients import aws_json
from shared.clients.aws_json import AwsError

_REFUSED: Final = "ConditionalCheckFailedException"


@dataclass(frozen=True, slots=True)
class Tally:
    """A count whose pace matters: how many, when the last one was, and when it expires (epoch seconds)."""

    count: int
    last_at: int
    expires_at: int


def add(key: str, amount: int, *, expires_at: int) -> int:
    """Add to the counter and return its new value. `expires_at` (epoch seconds) is when DynamoDB may delete it."""
    answer = _call(
        "UpdateItem",
        Key={"pk": {"S": f"counter#{key}"}, "sk": {"S": "counter"}},
        UpdateExpression="ADD #value :amount SET expires_at = if_not_exists(expires_at, :expires_at)",
        ExpressionAttributeNames={"#value": "value"},
        ExpressionAttributeValues={":amount": {"N": str(amount)}, ":expires_at": {"N": str(expires_at)}},
        ReturnValues="UPDATED_NEW",
    )
    return int(answer["Attributes"]["value"]["N"])


def read(key: str) -> int:
    """The counter's value, 0 where there is none."""
    answer = _call(
        "GetItem",
        Key={"pk": {"S": f"counter#{key}"}, "sk": {"S": "counter"}},
        ConsistentRead=True,
    )
    return int(answer["Item"]["value"]["N"]) if "Item" in answer else 0


def tally(key: str) -> Tally | None:
    """The tally as it is stored; it may have expired (DynamoDB deletes expired items days later)."""
    answer = _call("GetItem", Key=_tally_key(key), ConsistentRead=True)
    item = answer.get("Item")
    if item is None:
        return None
    return Tally(int(item["value"]["N"]), int(item["last_at"]["N"]), int(item["expires_at"]["N"]))


def advance(key: str, seen: Tally | None, to: Tally) -> bool:
    """Store `to` if the tally still is what was `seen`; False where another was faster."""
    values = {
        ":value": {"N": str(to.count)},
        ":last_at": {"N": str(to.last_at)},
        ":expires_at": {"N": str(to.expires_at)},
    }
    condition = "attribute_not_exists(pk)"
    if seen is not None:
        condition = "#value = :seen_value AND last_at = :seen_at"
        values |= {":seen_value": {"N": str(seen.count)}, ":seen_at": {"N": str(seen.last_at)}}
    try:
        _call(
            "UpdateItem",
            Key=_tally_key(key),
            UpdateExpression="SET #value = :value, last_at = :last_at, expires_at = :expires_at",
            ConditionExpression=condition,
            ExpressionAttributeNames={"#value": "value"},
            ExpressionAttributeValues=values,
        )
    except AwsError as error:
        if error.code.endswith(_REFUSED):
            return False
        raise
    return True


def delete_tally(key: str) -> None:
    """Delete the tally."""
    _call("DeleteItem", Key=_tally_key(key))


def _tally_key(key: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": f"tally#{key}"}, "sk": {"S": "tally"}}


def _call(operation: str, **parameters: Any) -> dict[str, Any]:
    return aws_json.service("dynamodb").call(operation, {"TableName": settings.common().table_name, **parameters})
