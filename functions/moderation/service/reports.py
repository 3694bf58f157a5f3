"""People report what others publish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from functions.moderation.domain.reasons import ReportReason
from functions.moderation.errors import OwnTargetError, TargetNotFoundError, TooManyReportsError
from functions.moderation.repository import reports, targets
from functions.moderation.repository.reports import ReportRow
from shared.clients.database import Connection
from shared.pages import split_page

MOST_A_DAY: Final = 100
"""Reports of one person."""


def file(
    connection: Connection, kind: str, target_id: UUID, *, reason: ReportReason, body: str, reporter: UUID
) -> tuple[ReportRow, bool]:
    """Report something, once: whoever repeats it gets the report that is open, and False.

    Raises TargetNotFoundError for what the reporter may not read, OwnTargetError, TooManyReportsError.
    """
    content = {"kind": kind, "target_id": target_id, "reason": reason.value, "body": body}
    earlier = reports.open_one(connection, content, reporter)
    if earlier is not None:
        return earlier, False
    target = targets.visible(connection, kind, target_id, reporter)
    if target is None:
        raise TargetNotFoundError
    if target.owner_id == reporter:
        raise OwnTargetError
    sent, wait = reports.of_a_day(connection, reporter)
    if sent >= MOST_A_DAY:
        raise TooManyReportsError(f"At most {MOST_A_DAY} reports a day", headers={"Retry-After": str(max(wait, 1))})
    made = reports.file(connection, content, target, reporter)
    if made is not None:
        return made, True
    earlier = reports.open_one(connection, content, reporter)
    assert earlier is not None
    return earlier, False


def own(
    connection: Connection, reporter: UUID, *, limit: int, before: UUID | None
) -> tuple[Sequence[ReportRow], UUID | None]:
    """A page of what somebody reported, the newest first, and where the next one starts."""
    rows = reports.own(connection, reporter, limit=limit + 1, before=before)
    return split_page(rows, limit, lambda row: row.id)
