"""The virtual clock and what is due by it."""

import asyncio
import time
from functools import partial

from simulators.kit.clock import Clock
from simulators.kit.jobs import Jobs
from simulators.kit.state import MachineState
from tests.support.loops import run

DAY = 86_400.0


def test_what_is_due_within_an_advance_happens_at_once_in_order_and_the_rest_waits() -> None:
    async def scenario() -> list[str]:
        clock = Clock(MachineState())
        called: list[str] = []
        start = clock.now()
        for name, days in (("second", 2), ("fourth", 4), ("first", 1)):
            clock.call_at(start + days * DAY, partial(called.append, name))
        clock.advance(3 * DAY)
        await asyncio.sleep(0.01)
        return called

    assert run(scenario()) == ["first", "second"]


def test_a_sleeper_wakes_when_the_clock_is_advanced() -> None:
    async def scenario() -> None:
        clock = Clock(MachineState())
        sleeper = asyncio.create_task(clock.sleep(DAY))
        await asyncio.sleep(0)
        clock.advance(DAY)
        await asyncio.wait_for(sleeper, 5)

    run(scenario())


def test_a_cancelled_timer_is_not_called() -> None:
    async def scenario() -> list[str]:
        clock = Clock(MachineState())
        called: list[str] = []
        timer = clock.call_at(clock.now() + DAY, lambda: called.append("timer"))
        clock.cancel(timer)
        clock.advance(2 * DAY)
        await asyncio.sleep(0.01)
        return called

    assert run(scenario()) == []


def test_a_restored_state_keeps_its_time_and_its_jobs() -> None:
    async def scenario() -> tuple[float, list[tuple[str, str]]]:
        state = MachineState()
        clock = Clock(state)
        Jobs(state, clock, lambda kind, identifier: None).add("settle", "re_1", DAY)
        clock.advance(DAY / 2)
        later = MachineState()
        later.restore(state.snapshot())
        restored, done = Clock(later), list[tuple[str, str]]()
        jobs = Jobs(later, restored, lambda kind, identifier: done.append((kind, identifier)))
        jobs.resume()
        ahead = restored.now() - time.time()
        restored.advance(DAY / 2)
        await asyncio.sleep(0.01)
        return ahead, done

    ahead, done = run(scenario())
    assert abs(ahead - DAY / 2) < 1
    assert done == [("settle", "re_1")]
