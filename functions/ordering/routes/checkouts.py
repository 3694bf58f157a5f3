"""A checkout, after it was begun with the cart."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.ordering.routes.owner import CartOwner
from functions.ordering.schemas.checkouts import Checkout
from functions.ordering.service import checkouts
from shared.web import Fields, Reader, respond

router = APIRouter(prefix="/api/v1/checkouts", tags=["cart"])


@router.get(
    "/{checkout_id}",
    response_model=Checkout,
    summary="Show a checkout",
    responses={404: {"description": "There is no such checkout of the caller's"}},
)
async def get_checkout(
    request: Request, checkout_id: UUID, owner: CartOwner, reader: Reader, fields: Fields
) -> Response:
    """As `POST /api/v1/cart/checkout` answered it, and what became of it since: its order and its payment. A guest
    sends the cart token of the checkout.
    """
    return respond(request, Checkout.of(checkouts.show(reader, owner, checkout_id)), fields=fields)
