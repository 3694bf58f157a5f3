"""What ordering reads from its environment."""

from __future__ import annotations

from dataclasses import dataclass

from shared.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderingSettings(Settings):
    """The seller stands on every invoice; the lines of the address are separated by `|`. Without a name or an address,
    invoices have those of the shop's settings.

    Without paying, one cart or network holds at most `reservation_share_percent` of the units of an item that are on
    hand, and `reservation_least_units` in any case.
    """

    return_window_days: str = "30"
    reservation_share_percent: str = "50"
    reservation_least_units: str = "10"
    seller_name: str = ""
    seller_address: str = ""
    seller_tax_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorSettings(OrderingSettings):
    """`site` is what the operator says about the shop, as JSON: the file that the pages are built with
    (`web/site/site.json`).
    """

    site: str
