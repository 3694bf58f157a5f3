"""The coupons of the cart."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from functions.ordering.domain.cart_view import token_of
from functions.ordering.routes.destination import Destination
from functions.ordering.routes.owner import CartOwner, token_header
from functions.ordering.schemas.carts import Cart
from functions.ordering.schemas.pricing import CODE, NewCartCoupon
from functions.ordering.service import cart_coupons
from shared.web import Transaction, limited_as, no_content, respond
from shared.web.rate_limits import Kind

router = APIRouter(prefix="/api/v1/cart/coupons", tags=["cart"])


@router.post(
    "",
    status_code=201,
    response_model=Cart,
    summary="Enter a coupon's code",
    openapi_extra=limited_as(Kind.COUPONS),
    responses={
        200: {"model": Cart, "description": "The cart holds it already"},
        404: {"description": "There is no such coupon, or not at this time"},
        409: {"description": "It does not apply to the cart (`problem` says why), or the cart holds too many"},
    },
)
async def add_cart_coupon(
    request: Request, body: NewCartCoupon, owner: CartOwner, tx: Transaction, place: Destination
) -> Response:
    """The code's case does not matter. Whether the coupon still applies is checked whenever the cart is shown:
    one that does not is shown with its `problem`. Attempts are limited to 10 a minute.
    """
    view, is_new = cart_coupons.add(tx, owner, body.code, place)
    headers = token_header(view.token)
    if is_new:
        headers["Location"] = f"{router.prefix}/{body.code.upper()}"
    return respond(request, Cart.of(view), status=201 if is_new else 200, headers=headers)


@router.delete(
    "/{code}",
    status_code=204,
    summary="Remove a coupon",
    responses={404: {"description": "The cart holds no such coupon"}},
)
async def delete_cart_coupon(
    code: Annotated[str, Path(pattern=CODE, max_length=40, examples=["SPRING10"])], owner: CartOwner, tx: Transaction
) -> Response:
    """Removes the coupon from the cart."""
    response = no_content()
    response.headers.update(token_header(token_of(cart_coupons.remove(tx, owner, code))))
    return response
