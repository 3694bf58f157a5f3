"""What moves a simulator besides requests: its clock, jobs that are due later, webhooks, and faults."""

from typing import Any, Generic, TypeVar

from simulators.kit.clock import Clock
from simulators.kit.deliveries import Deliveries, Mode, Timing, Webhooks
from simulators.kit.faults import Faults
from simulators.kit.jobs import Jobs, RunJob
from simulators.kit.state import MachineState

State = TypeVar("State", bound=MachineState)


class Machine(Generic[State]):
    """The moving parts around the state of one simulated account. Not thread-safe: used from one event loop."""

    def __init__(self, state: State, webhooks: Webhooks, run_job: RunJob, timing: Timing) -> None:
        self.state = state
        self.faults = Faults()
        self.clock = Clock(state)
        self.jobs = Jobs(state, self.clock, run_job)
        self.deliveries = Deliveries(state, self.clock, webhooks, timing)
        self._resumed = False

    def resume(self) -> None:
        """Go on with what a restored state left undone; must be called within the event loop, repeats are harmless."""
        if self._resumed:
            return
        self._resumed = True
        self.jobs.resume()
        self.deliveries.resume()

    def snapshot(self) -> dict[str, Any]:
        """The state as data that JSON can hold."""
        return self.state.snapshot()

    def restore(self, snapshot: dict[str, Any]) -> None:
        """Become what an earlier `snapshot()` holds."""
        self.state.restore(snapshot)
        self._resumed = False

    async def reset(self) -> None:
        """Return to a fresh account with usual behaviour."""
        await self.close()
        self.state.clear()
        self.faults.clear()
        self.deliveries.mode = Mode()

    async def close(self) -> None:
        """Stop timers and deliveries; the state can still be read."""
        self.jobs.stop()
        await self.deliveries.close()
        self._resumed = False
