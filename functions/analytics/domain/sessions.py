"""Sessions of activity: what a person does without a break of half an hour. They say nothing of logins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

BREAK: Final = timedelta(minutes=30)
"""A session ends with the last request before a break that is longer."""


@dataclass(frozen=True, slots=True)
class Session:
    """From the first request to the last known one; `id` is None for one that is not stored yet."""

    id: UUID | None
    started_at: datetime
    last_active_at: datetime


@dataclass(frozen=True, slots=True)
class SessionChanges:
    """What has to be written so that the stored sessions of one person are right."""

    new: Sequence[Session]
    changed: Sequence[Session]
    merged: Sequence[UUID]
    """Stored ones that are part of another now."""


def changes(stored: Iterable[Session], seen: Iterable[datetime]) -> SessionChanges:
    """The sessions after a person was seen at these moments, in whatever order they are told of.

    A moment in the minute of the last one that is known changes nothing: the row is written once a minute at most.
    """
    known = list(stored)
    before = {session.id: session for session in known}
    parts = sorted([*known, *(Session(None, at, at) for at in seen)], key=lambda part: (part.started_at, not part.id))
    whole: list[Session] = []
    merged: list[UUID] = []
    for part in parts:
        if whole and part.started_at - whole[-1].last_active_at <= BREAK:
            whole[-1] = _joined(whole[-1], part, merged)
        else:
            whole.append(part)
    stored_now = [session for session in whole if session.id is not None]
    return SessionChanges(
        new=[session for session in whole if session.id is None],
        changed=[session for session in stored_now if session != before[session.id]],
        merged=merged,
    )


def _joined(session: Session, part: Session, merged: list[UUID]) -> Session:
    """`session` with what comes after it. Of two stored ones the earlier stays."""
    if session.id is not None and part.id is not None:
        merged.append(part.id)
    last = max(session.last_active_at, part.last_active_at)
    if part.id is None and _minute(last) == _minute(session.last_active_at):
        last = session.last_active_at
    return replace(session, id=session.id or part.id, last_active_at=last)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
