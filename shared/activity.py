"""Who is there: signed-in people, as the requests of every context see them, told to whoever keeps sessions.

A process remembers in which minute it last saw somebody, so that a person is told of once a minute at most, and a
request that only reads sends no statement for it. Who was not seen for a while is told of at once, together with all
that waits; who goes on is told of with the next request after a minute. So a process that ends loses at most a minute
of somebody whose presence in this quarter of an hour is known already.
"""

from __future__ import annotations

import time
from typing import Final

from shared import process, signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from uuid import UUID

DETAIL_TYPE: Final = "PeopleSeen"
MINUTE: Final = 60
QUARTER: Final = 15 * MINUTE
"""Days begin at a quarter of an hour in every time zone, so that a day on which somebody was there is never lost."""
MOST_TOLD: Final = 100
_MOST_REMEMBERED: Final = 10_000

clock = time.time

_last_seen: dict[UUID, int] = {}
_waiting: list[tuple[UUID, float]] = []
process.on_reset(_last_seen.clear, before_snapshot=True)
process.on_reset(_waiting.clear, before_snapshot=True)


def seen(user_id: UUID) -> None:
    """Somebody has sent a request. Never raises."""
    now = clock()
    before = _last_seen.get(user_id)
    if before is not None and before // MINUTE == now // MINUTE:
        return
    if len(_last_seen) >= _MOST_REMEMBERED:
        _last_seen.clear()
    _last_seen[user_id] = int(now)
    _waiting.append((user_id, now))
    is_new = before is None or before // QUARTER != now // QUARTER
    if is_new or len(_waiting) >= MOST_TOLD or now - _waiting[0][1] >= MINUTE:
        told, _waiting[:] = list(_waiting), []
        signals.send(DETAIL_TYPE, {"people": [{"user_id": str(who), "seen_at": at} for who, at in told]})
