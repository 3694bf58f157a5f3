"""State of a process is cleared as its modules have registered it."""

from __future__ import annotations

import pytest

from shared import process
from shared.pause import Pause


@pytest.fixture
def cleared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the callbacks that ran, of those that the test registers."""
    monkeypatch.setattr(process, "_callbacks", [])
    monkeypatch.setattr(process, "_snapshot_callbacks", [])
    monkeypatch.setattr(process, "_end_callbacks", [])
    return []


def test_a_reset_runs_every_callback(cleared: list[str]) -> None:
    process.on_reset(lambda: cleared.append("cache"))
    process.on_reset(lambda: cleared.append("connection"), before_snapshot=True)
    process.reset()
    assert sorted(cleared) == ["cache", "connection"]


def test_a_snapshot_runs_only_the_callbacks_for_what_must_not_be_in_it(cleared: list[str]) -> None:
    process.on_reset(lambda: cleared.append("cache"))
    process.on_reset(lambda: cleared.append("connection"), before_snapshot=True)
    process.prepare_snapshot()
    assert cleared == ["connection"]


def test_the_end_of_an_invocation_runs_its_callbacks_and_nothing_else(cleared: list[str]) -> None:
    process.on_reset(lambda: cleared.append("cache"), before_snapshot=True)
    process.on_end(lambda: cleared.append("held"))
    process.end_invocation()
    process.end_invocation()
    assert cleared == ["held", "held"]


@pytest.fixture
def pause(cleared: list[str]) -> Pause:
    return Pause(60.0)


def test_a_pause_runs_from_its_start_to_its_end(pause: Pause) -> None:
    assert not pause.is_running
    pause.start()
    assert pause.is_running
    pause.end()
    assert not pause.is_running


def test_a_pause_is_over_after_its_seconds(cleared: list[str]) -> None:
    short = Pause(0.0)
    short.start()
    assert not short.is_running


def test_a_reset_ends_a_pause(pause: Pause) -> None:
    pause.start()
    process.reset()
    assert not pause.is_running
