"""A circuit breaker: a provider that does not answer is left alone for a while, and callers are told at once.

Each process keeps its own state, and a failure is also counted in the table of counters, which all processes share: in
an outage a process needs one failure of its own to learn that the others fail as well. A call that succeeds asks
nobody. After OPEN_SECONDS one call is let through (half-open): its outcome closes the circuit, or opens it again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

from functions.payments.errors import ProviderUnavailableError
from shared.clients import counters
from shared.log import logger

FAILURES_TO_OPEN: Final = 5
"""Of all processes within the last WINDOW_SECONDS, of which the earlier part is estimated."""
WINDOW_SECONDS: Final = 30
OPEN_SECONDS: Final = 20.0

_Answer = TypeVar("_Answer")


class Circuit:
    """The circuit to one provider, in this process."""

    def __init__(self, provider: str) -> None:
        self._provider = provider
        self._failures: list[float] = []
        self._open_until: float | None = None

    def call(self, ask: Callable[[], _Answer]) -> _Answer:
        """What `ask` answers. Raises ProviderUnavailableError without asking while the circuit is open."""
        now = time.monotonic()
        if self._open_until is not None and now < self._open_until:
            raise ProviderUnavailableError(retry_after=int(self._open_until - now) + 1, outage=False)
        try:
            answer = ask()
        except ProviderUnavailableError as error:
            if error.outage:
                self._failed()
            raise
        except Exception:
            self._close()  # it said no: so it is there
            raise
        self._close()
        return answer

    def _close(self) -> None:
        self._failures.clear()
        self._open_until = None

    def _failed(self) -> None:
        now = time.monotonic()
        self._failures = [at for at in self._failures if at > now - WINDOW_SECONDS] + [now]
        half_open = self._open_until is not None
        if half_open or max(len(self._failures), self._failures_of_all()) >= FAILURES_TO_OPEN:
            self._open_until = now + OPEN_SECONDS
            logger().error("payment provider left alone", extra={"provider": self._provider, "seconds": OPEN_SECONDS})

    def _failures_of_all(self) -> float:
        """Failures of this window, and the share of the one before that is still of interest: an outage does not
        begin when a window does.
        """
        window, into = divmod(time.time(), WINDOW_SECONDS)
        try:
            expires_at = (int(window) + 3) * WINDOW_SECONDS
            current = counters.add(self._counter(int(window)), 1, expires_at=expires_at)
            return current + counters.read(self._counter(int(window) - 1)) * (1 - into / WINDOW_SECONDS)
        except Exception:  # the breaker must not be what breaks; our own count is left
            logger().warning("failures of the provider not shared", exc_info=True)
            return 0

    def _counter(self, window: int) -> str:
        return f"circuit#{self._provider}#{window}"
