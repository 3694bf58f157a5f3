"""Shipping quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.ordering.domain.places import Place
from functions.ordering.domain.pricing.delivery import Parcel
from functions.ordering.routes.destination import PostalCode, Region
from functions.ordering.routes.owner import CartOwner
from functions.ordering.schemas.pricing import MAX_GRAMS, Country, Destination, ShippingQuote, ShippingQuotes
from functions.ordering.service import shipping_quotes
from shared.money import MAX_AMOUNT
from shared.web import Reader, respond
from shared.web.query import from_query

router = APIRouter(prefix="/api/v1/shipping", tags=["cart"])


@dataclass(frozen=True, slots=True)
class _QuoteQuery:
    place: Place
    currency: str | None
    parcel: Parcel


async def _quote_query(
    *,
    country: Annotated[Country, Query(description="ISO 3166-1 alpha-2", examples=["DE"])],
    region: Region = None,
    postal_code: PostalCode = None,
    currency: Annotated[
        str | None, Query(pattern="^[A-Z]{3}$", description="Of a parcel; without it, the quotes are those of the cart")
    ] = None,
    weight_grams: Annotated[int, Query(ge=0, le=MAX_GRAMS, description="Of the parcel")] = 0,
    subtotal_amount: Annotated[int, Query(ge=0, le=MAX_AMOUNT, description="Price of what is in the parcel")] = 0,
) -> _QuoteQuery:
    return _QuoteQuery(Place(country, region, postal_code), currency, Parcel(weight_grams, subtotal_amount))


@router.get(
    "/quotes",
    response_model=ShippingQuotes,
    summary="List shipping quotes",
    responses={409: {"description": "The cart is empty, and no parcel was described"}},
)
async def list_shipping_quotes(
    request: Request, owner: CartOwner, reader: Reader, query: Annotated[_QuoteQuery, from_query(_quote_query)]
) -> Response:
    """Of the caller's cart, without coupons for free shipping; or of a parcel, where `currency` is given. A
    checkout takes one of the quotes as its `shipping_rate_id`.
    """
    if query.currency is None:
        available = shipping_quotes.of_cart(reader, owner, query.place)
    else:
        available = shipping_quotes.of_parcel(reader, query.parcel, query.currency, query.place)
    body = ShippingQuotes(
        destination=Destination.model_validate(query.place),
        currency=available.currency,
        state=available.shipping.state,
        quotes=[ShippingQuote.of(quote) for quote in available.shipping.quotes],
    )
    return respond(request, body)
