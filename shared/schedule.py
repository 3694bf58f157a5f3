"""The one way in which a schedule, an operator or a deployment runs a function.

A run has a correlation id, which every line logged for it carries. A run that fails is logged, then raises, so that it
is tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from shared.invocations import HasTime, invocation, time_left
from shared.log import logger

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

__all__ = ["HasTime", "Run", "command", "schedule"]

Payload: TypeAlias = Mapping[str, Any]
S = TypeVar("S", bound=Mapping[str, object])


class Run(NamedTuple):
    """One run; `payload` is what it was invoked with, empty where that was nothing."""

    payload: Payload
    has_time: HasTime


def schedule(
    job: Callable[[HasTime], S], *, message: str, reserve: float = 0
) -> Callable[[dict[str, Any], LambdaContext], S]:
    """The handler of a function that a schedule wakes: runs the job, logs what it returns as `message`, answers it.

    `reserve` is how many seconds of the invocation are left when `has_time` turns False.
    """
    return command(lambda run: job(run.has_time), message=message, reserve=reserve)


def command(
    job: Callable[[Run], S], *, message: str, reserve: float = 0, logged: Collection[str] | None = None
) -> Callable[[dict[str, Any] | None, LambdaContext], S]:
    """The handler of a function that an operator or a deployment invokes with a payload; as `schedule` otherwise.

    Of the answer only the members in `logged` are logged, where that is given.
    """

    def handler(event: dict[str, Any] | None, context: LambdaContext) -> S:
        payload = event or {}
        event_id = payload.get("id")
        with invocation(event_id if isinstance(event_id, str) else None):
            try:
                summary = job(Run(payload, time_left(context, reserve=reserve)))
            except Exception as error:
                logger().exception("run failed")
                from shared import error_reports

                error_reports.report(error, "schedule")
                raise
            names = summary if logged is None else logged
            logger().info(message, extra={name: summary[name] for name in names})
            return summary

    return handler
