"""What others may read of operations."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.views import View

AUDIT_ENTRIES: Final = View(
    "operations_audit_entries",
    id=UUID,
    subject_id=UUID,
    actor_id=UUID | None,
    action=str,
    changes=dict[str, Any],
    reason=str | None,
    created_at=datetime,
)

ERRORS: Final = View(
    "operations_errors",
    id=UUID,
    source=str,
    function=str,
    level=str,
    status=str,
    occurrences=int,
    first_seen_at=datetime,
    last_seen_at=datetime,
)
"""The error log, without what was in the errors."""
