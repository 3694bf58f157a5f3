"""What ordering reads from its environment."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingSettings(Settings):
    """The seller stands on every invoice; the lines of the address are separated by `|`."""

    return_window_days: str = "30"
    seller_name: str = "ShareStack"
    seller_address: str = ""
    seller_tax_id: str = ""
