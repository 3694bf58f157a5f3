"""What can be reported, as its owners say it is read, and as the reporter may read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from shared import report_targets
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class Target:
    """A target as it is now. `snapshot` is JSON: what a moderator has to see later, whatever becomes of the target;
    `media_ids` are its pictures.
    """

    owner_id: UUID | None
    version: int | None
    snapshot: dict[str, Any]
    is_shown: bool
    """Whether people can see it at present."""
    media_ids: list[UUID]


def visible(connection: Connection, kind: str, target_id: UUID, viewer: UUID) -> Target | None:
    """The target, where the viewer may read it."""
    target = report_targets.registered()[kind]
    with connection.cursor(row_factory=class_row(Target)) as cursor:
        statement = f"{target.select} AND {target.visible}".encode()
        return cursor.execute(statement, {"id": target_id, "viewer": viewer}).fetchone()


def present(connection: Connection, kind: str, target_id: UUID) -> Target | None:
    """The target as it is now, whoever may read it; None also for a kind that there is no more."""
    target = report_targets.registered().get(kind)
    if target is None:
        return None
    with connection.cursor(row_factory=class_row(Target)) as cursor:
        return cursor.execute(target.select.encode(), {"id": target_id}).fetchone()
