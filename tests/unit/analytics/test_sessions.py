"""Sessions of activity, against the obvious way to make them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from functions.analytics.domain.sessions import BREAK, Session, SessionChanges, changes

START = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
MOMENTS = st.integers(min_value=0, max_value=400).map(lambda minutes: START + timedelta(minutes=minutes))


def split(moments: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    """Sorted, and cut at every break."""
    cut: list[list[datetime]] = []
    for moment in sorted(moments):
        if cut and moment - cut[-1][-1] <= BREAK:
            cut[-1].append(moment)
        else:
            cut.append([moment])
    return [(part[0], part[-1]) for part in cut]


def written(stored: list[Session], change: SessionChanges) -> list[Session]:
    kept = {session.id: session for session in stored if session.id not in change.merged}
    kept |= {session.id: session for session in change.changed}
    new = [Session(uuid.uuid4(), session.started_at, session.last_active_at) for session in change.new]
    return [*kept.values(), *new]


@given(st.lists(st.lists(MOMENTS, max_size=5), max_size=6))
def test_sessions_are_the_same_in_whatever_order_and_however_often_people_are_told_of(
    batches: list[list[datetime]],
) -> None:
    stored: list[Session] = []
    for batch in [*batches, *batches[:2]]:
        stored = written(stored, changes(stored, batch))
    found = sorted((session.started_at, session.last_active_at) for session in stored)
    assert found == split([moment for batch in batches for moment in batch])


def test_within_a_minute_nothing_is_written_again() -> None:
    session = Session(uuid.uuid4(), START, START + timedelta(seconds=10))
    again = changes([session], [START + timedelta(seconds=second) for second in (0, 20, 59)])
    assert again == SessionChanges(new=[], changed=[], merged=[])
    later = changes([session], [START + timedelta(seconds=60)])
    assert [changed.last_active_at for changed in later.changed] == [START + timedelta(seconds=60)]


def test_what_comes_late_joins_two_sessions() -> None:
    first = Session(uuid.uuid4(), START, START)
    second = Session(uuid.uuid4(), START + 2 * BREAK, START + 2 * BREAK)
    change = changes([second, first], [START + BREAK])
    assert change.changed == [Session(first.id, START, START + 2 * BREAK)]
    assert change.merged == [second.id]
