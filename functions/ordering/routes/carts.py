"""The cart and its checkout."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.ordering.routes.destination import Destination
from functions.ordering.routes.owner import CartOwner, token_header
from functions.ordering.schemas.carts import Cart, CartItemChange, MergedCart, NewCartItem
from functions.ordering.schemas.checkouts import Checkout, NewCheckout
from functions.ordering.service import carts, checkouts, merging
from functions.ordering.service.carts import token_of
from functions.ordering.service.owners import Owner
from shared import languages
from shared.web import Caller, Fields, Reader, Transaction, answer, no_content

Responses = dict[int | str, dict[str, Any]]

router = APIRouter(prefix="/api/v1/cart", tags=["cart"])

_MERGE_PROBLEMS: Responses = {
    400: {"description": "No cart token"},
    409: {"description": "The carts are of two currencies, or the guest's is being paid"},
}
_ITEM_PROBLEMS: Responses = {
    404: {"description": "There is no such variant, or no such item"},
    409: {"description": "Not enough stock, another currency, or the cart or the line is full"},
}
_CHECKOUT_PROBLEMS: Responses = {
    409: {
        "description": "The cart is empty, has changed, is being paid, or not delivered there; stock is short, or a"
        " coupon used up"
    }
}


@router.get("", response_model=Cart, summary="Show the cart")
async def show_cart(request: Request, owner: CartOwner, reader: Reader, fields: Fields, place: Destination) -> Response:
    """The caller's cart at today's prices and stock; what has changed about a line stands in its `problems`.

    A guest without a token, or whose cart has ended, gets an empty cart without an id. A token that was not made by
    this shop is refused. With a country, the answer estimates shipping and taxes for it.
    """
    view = carts.view(reader, owner, place)
    return answer(request, Cart.of(view), fields=fields, headers=token_header(view.token))


@router.post(
    "/items",
    status_code=201,
    response_model=Cart,
    summary="Add to the cart",
    responses={200: {"model": Cart, "description": "Added to a line that was there"}, **_ITEM_PROBLEMS},
)
async def add_item(request: Request, body: NewCartItem, owner: CartOwner, tx: Transaction) -> Response:
    """Adds up with units of the same variant that are in the cart (then 200 instead of 201). A guest's first item
    makes the cart: its token is in the answer and in the X-Cart-Token header, and is renewed for 24 hours on every use.
    """
    view, item_id, is_new = carts.add(tx, owner, body.variant_id, body.quantity)
    headers = token_header(view.token)
    if is_new:
        headers["Location"] = f"{router.prefix}/items/{item_id}"
    return answer(request, Cart.of(view), status=201 if is_new else 200, headers=headers)


@router.put("/items/{item_id}", response_model=Cart, summary="Change a quantity", responses=_ITEM_PROBLEMS)
async def change_item(
    request: Request, item_id: UUID, body: CartItemChange, owner: CartOwner, tx: Transaction
) -> Response:
    """Sets how many units the line has."""
    view = carts.set_quantity(tx, owner, item_id, body.quantity)
    return answer(request, Cart.of(view), headers=token_header(view.token))


@router.delete(
    "/items/{item_id}",
    status_code=204,
    summary="Take an item out of the cart",
    responses={404: {"description": "There is no such item"}},
)
async def remove_item(item_id: UUID, owner: CartOwner, tx: Transaction) -> Response:
    """Takes the whole line out."""
    return _done(token_of(carts.remove(tx, owner, item_id)))


@router.delete("", status_code=204, summary="Empty the cart")
async def empty_cart(owner: CartOwner, tx: Transaction) -> Response:
    """Takes everything out. A checkout made before stays open until it is replaced or its time is over."""
    return _done(token_of(carts.empty(tx, owner)))


@router.post("/merge", response_model=MergedCart, summary="Merge the guest's cart", responses=_MERGE_PROBLEMS)
async def merge_carts(request: Request, caller: Caller, owner: CartOwner, tx: Transaction) -> Response:
    """After signing in, with the guest's X-Cart-Token: its items come into the account's cart, up to the stock, and the
    guest's cart is gone. What did not fit is listed in `capped`. Repeating it changes nothing.
    """
    merged = merging.merge(tx, Owner(caller.user_id, owner.cart_token))
    return answer(request, MergedCart.of_merge(merged))


@router.post("/checkout", status_code=201, response_model=Checkout, summary="Check out", responses=_CHECKOUT_PROBLEMS)
async def check_out(request: Request, body: NewCheckout, owner: CartOwner, tx: Transaction) -> Response:
    """Prices the cart and reserves its stock for 15 minutes; pay for it with `POST /api/v1/payments/intent`.

    Another checkout of the same cart replaces this one.
    """
    wish = body.wish(languages.preferred(request.headers.get("accept-language")))
    checkout = checkouts.check_out(tx, owner, wish)
    return answer(request, Checkout.of(checkout), status=201, headers=token_header(token_of(checkout.cart)))


def _done(token: str | None) -> Response:
    response = no_content()
    response.headers.update(token_header(token))
    return response
