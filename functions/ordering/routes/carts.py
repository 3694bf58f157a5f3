"""The cart and its checkout."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.ordering.domain.cart_view import token_of
from functions.ordering.routes.destination import Destination
from functions.ordering.routes.owner import CartOwner, token_header
from functions.ordering.schemas.carts import Cart, CartItemChange, MergedCart, NewCartItem
from functions.ordering.schemas.checkouts import Checkout, NewCheckout
from functions.ordering.service import cart_merge, carts, checkouts
from functions.ordering.service.owners import Owner
from shared import languages
from shared.web import Caller, Fields, Reader, Transaction, client_address, no_content, respond

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
        "description": "The cart is empty, has changed, is being paid, or not delivered there; stock is short, a coupon"
        " used up, or more would be reserved without paying than may be"
    },
    429: {"description": "Too many requests, or stock was reserved too often without paying"},
}


@router.get("", response_model=Cart, summary="Show the cart")
async def get_cart(request: Request, owner: CartOwner, reader: Reader, fields: Fields, place: Destination) -> Response:
    """The caller's cart at today's prices and stock; what has changed about a line stands in its `problems`.

    A guest without a token, or whose cart has expired, gets an empty cart without an id. A token that was not signed
    by this shop is refused. With a country, the answer estimates shipping and taxes for it.
    """
    view = carts.view(reader, owner, place)
    return respond(request, Cart.of(view), fields=fields, headers=token_header(view.token))


@router.post(
    "/items",
    status_code=201,
    response_model=Cart,
    summary="Add to the cart",
    responses={200: {"model": Cart, "description": "Added to a line that was there"}, **_ITEM_PROBLEMS},
)
async def add_cart_item(request: Request, body: NewCartItem, owner: CartOwner, tx: Transaction) -> Response:
    """Adds up with units of the same variant that are in the cart (then 200 instead of 201). A guest's first item
    makes the cart: its token is in the answer and in the X-Cart-Token header, and is renewed for 24 hours on every use.
    """
    view, item_id, is_new = carts.add(tx, owner, body.variant_id, body.quantity)
    headers = token_header(view.token)
    if is_new:
        headers["Location"] = f"{router.prefix}/items/{item_id}"
    return respond(request, Cart.of(view), status=201 if is_new else 200, headers=headers)


@router.put("/items/{item_id}", response_model=Cart, summary="Change a quantity", responses=_ITEM_PROBLEMS)
async def update_cart_item(
    request: Request, item_id: UUID, body: CartItemChange, owner: CartOwner, tx: Transaction
) -> Response:
    """Sets how many units the line has."""
    view = carts.set_quantity(tx, owner, item_id, body.quantity)
    return respond(request, Cart.of(view), headers=token_header(view.token))


@router.delete(
    "/items/{item_id}",
    status_code=204,
    summary="Remove an item from the cart",
    responses={404: {"description": "There is no such item"}},
)
async def delete_cart_item(item_id: UUID, owner: CartOwner, tx: Transaction) -> Response:
    """Removes the whole line."""
    return _no_content(token_of(carts.remove(tx, owner, item_id)))


@router.delete("", status_code=204, summary="Empty the cart")
async def empty_cart(owner: CartOwner, tx: Transaction) -> Response:
    """Removes all items. An earlier checkout stays open until it is replaced or expires."""
    return _no_content(token_of(carts.empty(tx, owner)))


@router.post("/merge", response_model=MergedCart, summary="Merge the guest's cart", responses=_MERGE_PROBLEMS)
async def merge_carts(request: Request, caller: Caller, owner: CartOwner, tx: Transaction) -> Response:
    """After signing in, with the guest's X-Cart-Token: its items come into the account's cart, up to the stock, and the
    guest's cart is deleted. What did not fit is listed in `capped`. Repeating it changes nothing.
    """
    merged = cart_merge.merge(tx, Owner(caller.user_id, owner.cart_token))
    return respond(request, MergedCart.of_merge(merged))


@router.post("/checkout", status_code=201, response_model=Checkout, summary="Check out", responses=_CHECKOUT_PROBLEMS)
async def check_out_cart(request: Request, body: NewCheckout, owner: CartOwner, tx: Transaction) -> Response:
    """Prices the cart and reserves its stock for 3 minutes; `POST /api/v1/payments/intent` opens the payment, which
    extends that once, to 15 minutes from then.

    Another checkout of the same cart replaces this one, and has what is left of its time. What was not paid in time can
    be reserved anew two times an hour by the same cart, and by the same network what it may hold. Without paying, one
    cart or network holds at most half of the units of an item that are in stock, or 10 where that is more.
    """
    checkout_request = body.to_request(languages.preferred(request.headers.get("accept-language")))
    cart, checkout = checkouts.check_out(tx, owner, checkout_request, network=client_address(request))
    headers = {"Location": f"/api/v1/checkouts/{checkout.id}", **token_header(token_of(cart))}
    return respond(request, Checkout.of(checkout), status=201, headers=headers)


def _no_content(token: str | None) -> Response:
    response = no_content()
    response.headers.update(token_header(token))
    return response
