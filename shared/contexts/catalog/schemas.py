"""How products look in lists. Amounts are minor units of the product's currency."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.contexts.media.schemas import Image
from shared.web.schemas import ResponseModel

MinorUnits = Annotated[int, Field(description="Minor units of the currency", examples=[999])]


class ProductSummary(ResponseModel):
    """A product in a list."""

    id: UUID
    slug: Annotated[str, Field(examples=["clay-plant-pot"])]
    name: Annotated[str, Field(examples=["Clay Plant Pot"])]
    vendor: str
    currency: Annotated[str, Field(examples=["USD"])]
    price_min_amount: MinorUnits
    price_max_amount: MinorUnits
    compare_at_amount: Annotated[int | None, Field(description="Earlier price of the cheapest variant")]
    image: Image | None
    in_stock: bool
    rating_average: Annotated[
        float | None, Field(description="Stars of verified buyers, 1 to 5; null without", examples=[4.5])
    ]
    rating_count: Annotated[int, Field(description="Verified buyers who rated it")]
    updated_at: Annotated[datetime, Field(description="When its page was written last")]
