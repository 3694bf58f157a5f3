"""Vitals are counted in steps, and percentiles are read from the counts."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.operations.domain.web_vitals import MAX_STEP, StepCount, VitalName, percentile, step_of


def counted(name: VitalName, values: list[float]) -> list[StepCount]:
    steps = Counter(step_of(name, value) for value in values)
    return [StepCount(step, steps[step]) for step in sorted(steps)]


@given(st.lists(st.floats(min_value=1, max_value=60_000), min_size=1, max_size=200))
def test_three_of_four_values_are_below_the_percentile_to_within_a_step(values: list[float]) -> None:
    exact = sorted(values)[math.ceil(0.75 * len(values)) - 1]
    found = percentile("lcp", counted("lcp", values))
    assert exact / 1.1 - 1 <= found <= exact * 1.1 + 1


@given(st.floats(min_value=0, max_value=3_600_000), st.floats(min_value=0, max_value=3_600_000))
def test_a_larger_value_is_in_no_lower_step(a: float, b: float) -> None:
    assert 0 <= step_of("inp", min(a, b)) <= step_of("inp", max(a, b)) <= MAX_STEP


@pytest.mark.parametrize(("value", "shown"), [(0, 0.001), (0.1, 0.1), (0.25, 0.25)])
def test_layout_shifts_are_told_apart_though_they_are_small(value: float, shown: float) -> None:
    assert percentile("cls", counted("cls", [value] * 4)) == pytest.approx(shown, rel=0.08)


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile("lcp", [])
