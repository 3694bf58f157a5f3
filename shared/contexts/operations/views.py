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
