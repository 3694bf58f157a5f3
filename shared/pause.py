"""A pause after a failure: for some seconds, callers do without what failed instead of waiting for it again."""

from __future__ import annotations

import time

from shared import process


class Pause:
    """One per process and per thing that can fail; not running at first."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._started_at = float("-inf")
        process.on_reset(self.end)

    def start(self) -> None:
        """Begin, or begin anew."""
        self._started_at = time.monotonic()

    def end(self) -> None:
        """Let callers try again at once."""
        self._started_at = float("-inf")

    @property
    def is_running(self) -> bool:
        """Whether it has been less than `seconds` since the start."""
        return time.monotonic() - self._started_at < self.seconds
