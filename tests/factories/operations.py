"""Entries of the error log."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from shared.contexts.operations.models import ErrorLog


def error_log_entry(db: Session, **values: Any) -> ErrorLog:
    """One, committed: open, of catalog's API, met once just now."""
    now = datetime.now(UTC)
    given = {
        "fingerprint": uuid.uuid4().bytes * 2,
        "source": "http",
        "function": "catalog.api",
        "error_type": "KeyError",
        "message": "'price'",
        "level": "error",
        "occurrences": 1,
        "sample": {"exceptions": [], "context": {}},
        "correlation_id": "5f1c1f0e-8f0b-4a53-9a55-0a9c8d1f7b21",
        "first_seen_at": now,
        "last_seen_at": now,
        "recent_reports": [uuid.uuid4()],
    }
    entry = ErrorLog(**{**given, **values})
    db.add(entry)
    db.commit()
    return entry
