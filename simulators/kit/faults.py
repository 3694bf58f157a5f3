"""Failures of the API itself, on request: errors, delays, and answers that are lost after the effect."""

import asyncio
from collections.abc import Callable
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Result = TypeVar("Result")
# The provider's own error of an HTTP status.
Failure = Callable[[int], Exception]


class Fault(BaseModel):
    """A failure of requests whose method and path match.

    status: the HTTP status to answer with; None lets the request through, only delayed.
    applied: whether a request that is answered with an error nevertheless takes effect.
    delay_seconds, delay: how long to wait, before the request takes effect or after it.
    times: how many requests fail; None means all until the faults are cleared.
    """

    model_config = ConfigDict(extra="forbid")

    status: int | None = Field(default=None, ge=400, le=599)
    applied: bool = False
    delay_seconds: float = Field(default=0.0, ge=0)
    delay: Literal["before", "after"] = "before"
    times: int | None = Field(default=None, ge=1)
    method: str | None = None
    path_prefix: str = "/"

    def matches(self, method: str, path: str) -> bool:
        return self.method in (None, method) and path.startswith(self.path_prefix)


class Faults:
    """The failures that are in force."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def listed(self) -> list[dict[str, Any]]:
        return [fault.model_dump() for fault in self._faults]

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that this request meets, counted down."""
        for fault in self._faults:
            if fault.matches(method, path):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                return fault
        return None


async def meet(fault: Fault | None, effect: Callable[[], Result], failure: Failure) -> Result:
    """The result of the effect, as the fault lets it come about; raises the failure of the fault's status."""
    if fault is None:
        return effect()
    if fault.delay == "before":
        await asyncio.sleep(fault.delay_seconds)
    if fault.status is not None and not fault.applied:
        raise failure(fault.status)
    result = effect()
    if fault.delay == "after":
        await asyncio.sleep(fault.delay_seconds)
    if fault.status is not None:
        raise failure(fault.status)
    return result
