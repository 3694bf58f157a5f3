"""Units of an order's lines, as shipments and returns name them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from functions.ordering.errors import UnitsExceededError
from shared.errors import FieldError, ValidationError


def check_units(requested: Mapping[UUID, int], available: Mapping[UUID, int]) -> None:
    """Raises ValidationError for a line that is not the order's, and UnitsExceededError for too many units."""
    unknown = [item for item in requested if item not in available]
    if unknown:
        raise ValidationError.about([FieldError(("lines",), f"the order has no line {item}") for item in unknown])
    exceeded = {item: quantity for item, quantity in requested.items() if quantity > available[item]}
    if exceeded:
        raise UnitsExceededError(
            "More units are wanted than are left",
            lines=[
                {"order_item_id": str(item), "wanted": quantity, "left": available[item]}
                for item, quantity in exceeded.items()
            ],
        )
