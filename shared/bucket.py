"""The one way in which objects that arrive in a bucket are handled: each in a scope of its own.

Every line logged for an object carries its key. A failed object is logged, then the invocation raises, so that the
whole event is delivered again: handling an object twice must have the effect of once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote_plus
from uuid import UUID

from shared import correlation, log
from shared.invocations import HasTime, invocation, time_left

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

Summary: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ArrivedObject:
    """An object whose key carries the id of a row. `has_time` is whether a further batch may be begun."""

    id: UUID
    bucket: str
    key: str
    has_time: HasTime


def bucket_worker(
    key_pattern: str,
    action: Callable[[ArrivedObject], Summary | None],
    *,
    answer: str,
    failure: str,
    foreign: Callable[[str, str], None],
    reserve: float = 0,
) -> Callable[[dict[str, Any], LambdaContext], dict[str, list[Summary]]]:
    """The handler of a bucket's notifications. The group of `key_pattern` (a regular expression) is the id; an object
    with another key is given to `foreign`, by bucket and key.

    Answers what the actions return, without None, as the member `answer`. `reserve` is how many seconds of the
    invocation are left when `has_time` turns False.
    """
    pattern = re.compile(key_pattern)

    def handle(bucket: str, key: str, has_time: HasTime) -> Summary | None:
        match = pattern.fullmatch(key)
        if match is None:
            foreign(bucket, key)
            return None
        return action(ArrivedObject(UUID(match[1]), bucket, key, has_time))

    def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, list[Summary]]:
        summaries: list[Summary] = []
        with invocation(context.aws_request_id):
            for record in _records(event):
                bucket, key = record["s3"]["bucket"]["name"], unquote_plus(record["s3"]["object"]["key"])
                # The action may take over the correlation id of the request that the object belongs to.
                with correlation.correlated(correlation.current()), log.scope(key=key):
                    try:
                        summary = handle(bucket, key, time_left(context, reserve=reserve))
                    except Exception as error:
                        log.logger().exception(failure)
                        from shared import error_reports

                        error_reports.report(error, "worker", context=log.fields())
                        raise
                if summary is not None:
                    summaries.append(summary)
        return {answer: summaries}

    return handler


def _records(event: dict[str, Any]) -> list[dict[str, Any]]:
    """What arrived: nothing, where S3 only asks whether notifications come through (`s3:TestEvent`)."""
    if event.get("Event") == "s3:TestEvent":
        return []
    records: list[dict[str, Any]] = event["Records"]
    return records
