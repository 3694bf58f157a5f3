"""What delivery costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.ordering.repository.pricing_rules import Place
from functions.ordering.routes.destination import PostalCode, Region
from functions.ordering.routes.owner import CartOwner
from functions.ordering.schemas.pricing import MAX_GRAMS, Country, Destination, ShippingQuote, ShippingQuotes
from functions.ordering.service import shipping_quotes
from functions.ordering.service.pricing.delivery import Parcel
from shared.money import MAX_AMOUNT
from shared.web import Reader, answer
from shared.web.query import from_query

router = APIRouter(prefix="/api/v1/shipping", tags=["cart"])


@dataclass(frozen=True, slots=True)
class _Asked:
    place: Place
    currency: str | None
    parcel: Parcel


async def _asked(
    *,
    country: Annotated[Country, Query(description="ISO 3166-1 alpha-2", examples=["DE"])],
    region: Region = None,
    postal_code: PostalCode = None,
    currency: Annotated[
        str | None, Query(pattern="^[A-Z]{3}$", description="Of a parcel; without it, the cart is asked about")
    ] = None,
    weight_grams: Annotated[int, Query(ge=0, le=MAX_GRAMS, description="Of the parcel")] = 0,
    subtotal_amount: Annotated[int, Query(ge=0, le=MAX_AMOUNT, description="Price of what is in the parcel")] = 0,
) -> _Asked:
    return _Asked(Place(country, region, postal_code), currency, Parcel(weight_grams, subtotal_amount))


@router.get(
    "/quotes",
    response_model=ShippingQuotes,
    summary="Ask what delivery costs",
    responses={409: {"description": "The cart is empty, and no parcel was described"}},
)
async def show_quotes(
    request: Request, owner: CartOwner, reader: Reader, asked: Annotated[_Asked, from_query(_asked)]
) -> Response:
    """Of the caller's cart, coupons for free shipping not taken off; or of a parcel, where `currency` is given. A
    checkout takes one of the quotes as its `shipping_rate_id`.
    """
    if asked.currency is None:
        found = shipping_quotes.of_cart(reader, owner, asked.place)
    else:
        found = shipping_quotes.of_parcel(reader, asked.parcel, asked.currency, asked.place)
    body = ShippingQuotes(
        destination=Destination.model_validate(asked.place),
        currency=found.currency,
        state=found.shipping.state,
        quotes=[ShippingQuote.of(quote) for quote in found.shipping.quotes],
    )
    return answer(request, body)
