"""What customers of the demo shop keep in their accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from demo.contents.customers import ADA


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    customer: str
    """An e-mail address."""
    days_ago: float
    wishes: tuple[str, ...]
    """Slugs of products."""
    addresses: tuple[dict[str, Any], ...]
    """As `POST /users/me/addresses` takes them."""
    has_card: bool
    """Whether a card is saved."""


KEPT: Final = (
    Kept(
        customer=ADA,
        days_ago=5.3,
        wishes=("hand-forged-santoku", "waxed-canvas-tote", "celadon-gaiwan"),
        addresses=(
            {
                "label": "Studio",
                "address": {
                    "name": "Ada Hughes",
                    "company": "Hughes Letterpress",
                    "line1": "2180 Bryant Street",
                    "line2": "Unit 104",
                    "city": "San Francisco",
                    "region": "CA",
                    "postal_code": "94110",
                    "country": "US",
                },
                "is_default_shipping": False,
                "is_default_billing": True,
            },
            {
                "label": "Home",
                "address": {
                    "name": "Ada Hughes",
                    "line1": "1 Market Street",
                    "city": "San Francisco",
                    "region": "CA",
                    "postal_code": "94105",
                    "country": "US",
                },
                "is_default_shipping": True,
                "is_default_billing": False,
            },
        ),
        has_card=True,
    ),
)
