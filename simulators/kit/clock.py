"""A clock that tests can put forward: what is due by it happens without waiting."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from simulators.kit.state import MachineState


@dataclass(eq=False)
class Timer:
    """A call at a time of the virtual clock."""

    due: float
    callback: Callable[[], None]
    handle: asyncio.TimerHandle | None = field(default=None, repr=False)


class Clock:
    """Seconds since 1970, ahead of the real clock by what it was advanced. Used from one event loop."""

    def __init__(self, state: MachineState) -> None:
        self._state = state
        self._timers: set[Timer] = set()

    def now(self) -> float:
        return time.time() + self._state.clock_offset

    def advance(self, seconds: float) -> None:
        """Put the clock forward; what is due by then is called as soon as the event loop runs, the earliest first."""
        self._state.clock_offset += seconds
        for timer in sorted(self._timers, key=lambda timer: timer.due):
            self._schedule(timer)

    def call_at(self, due: float, callback: Callable[[], None]) -> Timer:
        """Call within the running event loop at this time, at once when it has passed."""
        timer = Timer(due, callback)
        self._timers.add(timer)
        self._schedule(timer)
        return timer

    def cancel(self, timer: Timer) -> None:
        """Do not call any more; harmless for a timer that has been called."""
        self._timers.discard(timer)
        if timer.handle is not None:
            timer.handle.cancel()

    async def sleep(self, seconds: float) -> None:
        """Wait by this clock."""
        done = asyncio.get_running_loop().create_future()

        def wake() -> None:
            if not done.done():
                done.set_result(None)

        timer = self.call_at(self.now() + seconds, wake)
        try:
            await done
        finally:
            self.cancel(timer)

    def _schedule(self, timer: Timer) -> None:
        if timer.handle is not None:
            timer.handle.cancel()

        def run() -> None:
            self._timers.discard(timer)
            timer.callback()

        timer.handle = asyncio.get_running_loop().call_later(max(0.0, timer.due - self.now()), run)
