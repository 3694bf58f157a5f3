"""What requests wait for: processors, and execution environments of functions. Times are in seconds."""

from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

import simpy

Steps = Generator[simpy.Event, Any, Any]


class Cores:
    """Processors that serve in order of arrival, one job on one processor; how many there are may change.

    Parts of a processor are possible: 1.5 are two of three quarters of the speed.
    """

    def __init__(self, env: simpy.Environment, count: float) -> None:
        self._env = env
        self.count = count
        self._busy = 0
        self._waiting: deque[simpy.Event] = deque()
        self.work_done = 0.0

    @property
    def servers(self) -> int:
        return max(1, -int(-self.count // 1))

    @property
    def speed(self) -> float:
        return self.count / self.servers

    @property
    def queue(self) -> int:
        return len(self._waiting)

    def resize(self, count: float) -> None:
        """From now on so many; jobs under way go on as they began."""
        self.count = count
        self._admit()

    def run(self, seconds: float) -> Steps:
        """Have a job of so much processor time done."""
        turn = self._env.event()
        self._waiting.append(turn)
        self._admit()
        yield turn
        yield self._env.timeout(seconds / self.speed)
        self.work_done += seconds
        self._busy -= 1
        self._admit()

    def _admit(self) -> None:
        while self._waiting and self._busy < self.servers:
            self._busy += 1
            self._waiting.popleft().succeed()


@dataclass
class Account:
    """What all functions of an account share: the limit of environments at work at once, and how many are."""

    limit: float
    running: int = 0
    peak: int = 0


@dataclass
class Pool:
    """Environments of one function: kept warm once started, started as Lambda allows it.

    `burst` new environments may start in each ten seconds (Lambda: 1,000 per function). `reserved` is the function's
    own limit.
    """

    env: simpy.Environment
    account: Account
    init: float
    burst: float = 1_000.0
    reserved: float = float("inf")
    running: int = 0
    peak: int = 0
    cold: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    _idle: int = 0
    _tokens: float = field(init=False)
    _refilled: float = 0.0

    def __post_init__(self) -> None:
        self._tokens = self.burst

    def enter(self) -> Steps:
        """An environment at work, after INIT where none is warm; the value is the limit that refused it, or None."""
        reason = self._limit()
        if reason is not None:
            self.refused[reason] = self.refused.get(reason, 0) + 1
            return reason
        self.running += 1
        self.account.running += 1
        self.peak = max(self.peak, self.running)
        self.account.peak = max(self.account.peak, self.account.running)
        if self._idle:
            self._idle -= 1
        else:
            self._tokens -= 1
            self.cold += 1
            yield self.env.timeout(self.init)
        return None

    def leave(self) -> None:
        """The environment is free again, and warm."""
        self.running -= 1
        self.account.running -= 1
        self._idle += 1

    def _limit(self) -> str | None:
        if self.running >= self.reserved:
            return "reserved concurrency"
        if self.account.running >= self.account.limit:
            return "account concurrency"
        passed, self._refilled = self.env.now - self._refilled, self.env.now
        self._tokens = min(self.burst, self._tokens + passed * self.burst / 10)
        return "scaling rate" if not self._idle and self._tokens < 1 else None


class Throttle:
    """The gateway's token bucket: `rate` requests per second, `burst` at once."""

    def __init__(self, env: simpy.Environment, rate: float, burst: float) -> None:
        self._env = env
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._refilled = 0.0
        self.refused = 0

    def admit(self) -> bool:
        now = self._env.now
        self._tokens = min(self._burst, self._tokens + (now - self._refilled) * self._rate)
        self._refilled = now
        if self._tokens < 1:
            self.refused += 1
            return False
        self._tokens -= 1
        return True
