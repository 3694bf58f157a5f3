"""The schema. Import a context's module for its tables; `everything()` for the whole (migrations, tests)."""

from __future__ import annotations

from sqlalchemy import MetaData


def everything() -> MetaData:
    """The metadata with the tables of every context."""
    from shared.models import catalog, identity, notifications, operations, ordering, payments
    from shared.models.base import Base

    assert all((catalog, identity, notifications, operations, ordering, payments))
    return Base.metadata
