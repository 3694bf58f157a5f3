"""The customer's wishlist."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.contexts.catalog.schemas import MinorUnits
from shared.contexts.media.schemas import Image
from shared.web import ResponseModel


class Wish(ResponseModel):
    """A product that the caller wishes for, with its price and stock now."""

    product_id: UUID
    slug: Annotated[str, Field(examples=["clay-plant-pot"])]
    name: Annotated[str, Field(examples=["Clay Plant Pot"])]
    currency: Annotated[str, Field(examples=["USD"])]
    price_min_amount: MinorUnits
    on_sale: Annotated[bool, Field(description="False where the shop has taken it off sale")]
    in_stock: bool
    image: Image | None
    known_amount: Annotated[
        int | None,
        Field(description="The lowest price the caller knows of: when wished, or told since; null in another currency"),
    ]
    variant_id: Annotated[UUID | None, Field(description="What a cart takes, of a product with one variant")]
    created_at: datetime
