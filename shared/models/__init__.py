"""The schema. Import a context's module for its tables; `everything()` for the whole (migrations, tests)."""

from __future__ import annotations

from sqlalchemy import MetaData


def everything() -> MetaData:
    """The metadata with the tables of every context."""
    from shared.models import (
        analytics,
        catalog,
        catalog_customers,
        catalog_discovery,
        discovery,
        identity,
        identity_privacy,
        notifications,
        operations,
        ordering,
        ordering_fulfilment,
        ordering_pricing,
        payments,
    )
    from shared.models.base import Base

    assert all(
        (
            analytics,
            catalog,
            catalog_customers,
            catalog_discovery,
            discovery,
            identity,
            identity_privacy,
            notifications,
            operations,
            ordering,
            ordering_fulfilment,
            ordering_pricing,
            payments,
        )
    )
    return Base.metadata
