"""Stories are told in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from demo.stories.timeline import tell

START = datetime(2026, 10, 1, tzinfo=UTC)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def story(name: str, hours: list[float], told: list[str]) -> Iterator[datetime]:
    for hour in hours:
        yield at(hour)
        told.append(f"{name} {hour}")


def test_steps_of_all_stories_come_in_the_order_of_time_and_the_clock_goes_along() -> None:
    told: list[str] = []
    clock: list[datetime] = []
    tell([story("late", [3, 5], told), story("early", [1, 4], told)], clock.append, until=at(5))
    assert told == ["early 1", "late 3", "early 4", "late 5"]
    assert clock == [at(1), at(3), at(4), at(5)]


def test_of_two_steps_at_one_moment_the_one_of_the_first_story_comes_first() -> None:
    told: list[str] = []
    tell([story("b", [1], told), story("a", [1], told)], lambda _: None, until=at(1))
    assert told == ["b 1", "a 1"]


def test_nothing_happens_after_the_end() -> None:
    told: list[str] = []
    with pytest.raises(ValueError, match="after its end"):
        tell([story("a", [1, 6], told)], lambda _: None, until=at(5))
    assert told == ["a 1"]
