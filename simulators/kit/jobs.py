"""State changes that happen later: captures, refunds and disputes that take their time."""

from collections.abc import Callable

from simulators.kit.clock import Clock, Timer
from simulators.kit.state import MachineState, Record

# Does a job of this kind to the resource of this id.
RunJob = Callable[[str, str], None]


class Jobs:
    """The jobs of a state, each run once it is due by the clock."""

    def __init__(self, state: MachineState, clock: Clock, run_job: RunJob) -> None:
        self._state = state
        self._clock = clock
        self._run_job = run_job
        self._timers: set[Timer] = set()

    def add(self, kind: str, identifier: str, seconds: float) -> None:
        """Have a job of this kind done to the resource after so many seconds."""
        job = {"kind": kind, "id": identifier, "due": self._clock.now() + seconds}
        self._state.jobs.append(job)
        self._schedule(job)

    def run_all(self) -> int:
        """Do every job at once; returns how many there were."""
        self.stop()
        jobs, self._state.jobs = self._state.jobs, []
        for job in jobs:
            self._run_job(job["kind"], job["id"])
        return len(jobs)

    def resume(self) -> None:
        """Schedule the jobs of a restored state."""
        for job in self._state.jobs:
            self._schedule(job)

    def stop(self) -> None:
        """Schedule no more; what is not done stays in the state."""
        for timer in self._timers:
            self._clock.cancel(timer)
        self._timers.clear()

    def _schedule(self, job: Record) -> None:
        def run() -> None:
            self._timers.discard(timer)
            self._state.jobs.remove(job)
            self._run_job(job["kind"], job["id"])

        timer = self._clock.call_at(job["due"], run)
        self._timers.add(timer)
