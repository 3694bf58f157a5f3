"""The address book: addresses that a customer saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

MAX_ADDRESSES: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressTerms:
    """What the customer decides about an entry. The names are the columns'."""

    label: str | None
    address: dict[str, Any]
    is_default_shipping: bool
    is_default_billing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAddressRow(AddressTerms):
    id: UUID
    version: int
    created_at: datetime
    updated_at: datetime
