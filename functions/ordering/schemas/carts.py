"""What carts look like from outside. Amounts are integer minor units of the cart's currency."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from functions.ordering.domain.cart_merge import MergeResult
from functions.ordering.domain.cart_view import CartView
from functions.ordering.domain.pricing import LineProblem, PricedLine, ShippingState
from functions.ordering.schemas.pricing import CartCoupon, Destination, ShippingQuote
from shared.contexts.catalog.stock import shown_units
from shared.contexts.ordering.cart_limits import MAX_QUANTITY
from shared.web import RequestModel, ResponseModel

Quantity = Annotated[int, Field(ge=1, le=MAX_QUANTITY, strict=True)]


class NewCartItem(RequestModel):
    """Units of a variant to add to the cart."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"variant_id": "01990000-0000-7000-8000-000000000001", "quantity": 2}]}
    )

    variant_id: UUID
    quantity: Quantity = 1


class CartItemChange(RequestModel):
    """How many units the line shall have."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"quantity": 3}]})

    quantity: Quantity


class CartItem(ResponseModel):
    """A line of the cart. `problems` lists what has changed since it was added; nothing is adjusted silently."""

    id: UUID
    variant_id: UUID
    product_id: UUID
    product_slug: str
    name: str
    variant_title: str
    sku: str | None
    image_url: str | None
    quantity: int
    price_at_time: Annotated[int, Field(description="Unit price when the line was added")]
    unit_amount: Annotated[int | None, Field(description="Unit price now; null where it is not for sale any more")]
    amount: Annotated[int, Field(description="What the line costs now; 0 where it is not for sale any more")]
    discount_amount: Annotated[int, Field(description="What coupons take off")]
    tax_amount: int
    total_amount: Annotated[int, Field(description="What is paid for the line: discount taken off, tax included")]
    available: Annotated[
        int | None,
        Field(description="Units that this cart can have, where few are left; null where there are many, or no limit"),
    ]
    problems: list[LineProblem]

    @classmethod
    def of(cls, line: PricedLine) -> CartItem:
        row = line.row
        return cls.model_construct(
            id=row.id,
            variant_id=row.variant_id,
            product_id=row.product_id,
            product_slug=row.slug,
            name=row.name,
            variant_title=row.variant_title,
            sku=row.sku,
            image_url=row.image_url,
            quantity=row.quantity,
            price_at_time=row.price_at_time,
            unit_amount=row.price_amount if line.buyable else None,
            amount=line.amount,
            discount_amount=line.discount_amount,
            tax_amount=line.tax_amount,
            total_amount=line.total_amount,
            available=_shown(row.available) if line.buyable else 0,
            problems=list(line.problems),
        )


def _shown(available: int | None) -> int | None:
    return None if available is None else shown_units(available)


class Cart(ResponseModel):
    """A cart at today's prices. `id` and `token` are null for a guest who has put nothing into one.

    Shipping and taxes are an estimate for `destination`, and 0 as long as they depend on one that is not named.
    """

    id: UUID | None
    token: Annotated[str | None, Field(description="A guest's: present it as X-Cart-Token. Null for customers")]
    expires_at: Annotated[datetime | None, Field(description="When a guest's cart ends unless it is used again")]
    currency: Annotated[str | None, Field(description="Null while the cart is empty")]
    items: list[CartItem]
    item_count: Annotated[int, Field(description="Units of all lines")]
    has_problems: Annotated[
        bool, Field(description="Whether a line is not as it was when it was added, or a coupon does not apply")
    ]
    coupons: list[CartCoupon]
    destination: Annotated[Destination | None, Field(description="What the caller named")]
    shipping_state: ShippingState
    shipping_quotes: Annotated[list[ShippingQuote], Field(description="Ways to have it delivered, the cheapest first")]
    is_tax_known: Annotated[bool, Field(description="False as long as the tax depends on a destination")]
    prices_include_tax: Annotated[bool, Field(description="Whether the tax is a part of the other amounts")]
    subtotal_amount: int
    shipping_amount: Annotated[int, Field(description="Of the cheapest way; what coupons take off it is taken off")]
    tax_amount: int
    discount_amount: Annotated[int, Field(description="What coupons take off the items")]
    total_amount: int

    @classmethod
    def of(cls, view: CartView) -> Cart:
        return cls.model_validate(_cart(view))


class CappedCartItem(ResponseModel):
    """A guest's line that did not come over whole."""

    variant_id: UUID
    name: str
    variant_title: str
    wanted: Annotated[int, Field(description="Units that both carts held together")]
    quantity: Annotated[int, Field(description="Units that the cart holds now")]
    reason: Annotated[str, Field(description="`insufficient_stock`, `removed` or `limit`")]


class MergedCart(Cart):
    """The customer's cart after the merge, and what did not fit."""

    capped: list[CappedCartItem]

    @classmethod
    def of_merge(cls, merged: MergeResult) -> MergedCart:
        return cls.model_validate({**_cart(merged.view), "capped": merged.capped})


def _cart(view: CartView) -> dict[str, object]:
    priced = view.priced
    amounts = priced.amounts
    return {
        "id": view.cart.id if view.cart else None,
        "token": view.token,
        "expires_at": view.cart.expires_at if view.cart else None,
        "currency": view.cart.currency if view.cart else None,
        "items": [CartItem.of(line) for line in priced.lines],
        "item_count": sum(line.row.quantity for line in priced.lines),
        "has_problems": any(line.problems for line in priced.lines) or any(each.problem for each in priced.coupons),
        "coupons": [CartCoupon.of(each) for each in priced.coupons],
        "destination": view.place,
        "shipping_state": priced.shipping.state,
        "shipping_quotes": [ShippingQuote.of(quote) for quote in priced.shipping.quotes],
        "is_tax_known": priced.is_tax_known,
        "prices_include_tax": amounts.prices_include_tax,
        "subtotal_amount": amounts.subtotal_amount,
        "shipping_amount": amounts.shipping_amount,
        "tax_amount": amounts.tax_amount,
        "discount_amount": amounts.discount_amount,
        "total_amount": amounts.total_amount,
    }
