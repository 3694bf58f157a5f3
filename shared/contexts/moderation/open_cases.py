"""Cases, as they are opened by reports and by screening."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from psycopg.types.json import Jsonb

from shared.clients.database import Connection

MAX_SNAPSHOTS: Final = 20
"""Of one case: a target that is edited between reports is kept in so many versions."""

# Whoever reports the same target waits here, and so does who decides the case: a decided one is opened anew.
_OPEN: Final = """
INSERT INTO report_cases (target_kind, target_id, owner_id) VALUES (%(kind)s, %(target_id)s, %(owner_id)s)
ON CONFLICT (target_kind, target_id) WHERE status = 'open' DO UPDATE SET owner_id = excluded.owner_id
RETURNING id
"""
KEEP_SNAPSHOT: Final = """snapshots = CASE WHEN c.snapshots -> -1 -> 'content' IS NOT DISTINCT FROM %(snapshot)s::jsonb
        OR jsonb_array_length(c.snapshots) >= %(most_snapshots)s THEN c.snapshots
    ELSE c.snapshots || jsonb_build_object('version', %(target_version)s::int, 'taken_at', now(),
        'content', %(snapshot)s::jsonb) END"""
"""SQL: keep the target, unless the last snapshot of the case `c` is the same. Its parameters are `target_version` and
those of `snapshot`.
"""


def open_case(connection: Connection, kind: str, target_id: UUID, owner_id: UUID | None) -> UUID:
    """The target's open case, locked; made where there is none."""
    row = connection.execute(_OPEN, {"kind": kind, "target_id": target_id, "owner_id": owner_id}).fetchone()
    assert row is not None
    case_id: UUID = row["id"]
    return case_id


def snapshot(content: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters of `KEEP_SNAPSHOT`."""
    return {"snapshot": Jsonb(dict(content)), "most_snapshots": MAX_SNAPSHOTS}
