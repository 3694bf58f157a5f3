"""What checkouts look like from outside. Amounts are integer minor units of the checkout's currency."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from functions.ordering.domain.checkouts import CheckoutRequest, PricedCheckout
from functions.ordering.domain.places import Place
from functions.ordering.schemas.pricing import CheckoutCoupon, Country
from shared.money import MAX_AMOUNT
from shared.web import RequestModel, ResponseModel
from shared.web.fields import Email, SingleLine

_EXAMPLE_ADDRESS: Final[JsonDict] = {
    "name": "Ada Lovelace",
    "line1": "12 St James's Square",
    "city": "London",
    "postal_code": "SW1Y 4JH",
    "country": "GB",
}

_Text = Annotated[str, SingleLine]


class Address(RequestModel):
    """Where to deliver. What every country has is required; the rest depends on the country."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE_ADDRESS]})

    name: Annotated[_Text, Field(min_length=1, max_length=200)]
    company: Annotated[_Text, Field(max_length=200)] | None = None
    line1: Annotated[_Text, Field(min_length=1, max_length=200)]
    line2: Annotated[_Text, Field(max_length=200)] | None = None
    city: Annotated[_Text, Field(min_length=1, max_length=100)]
    region: (
        Annotated[
            _Text,
            Field(
                max_length=100,
                description="State, province, prefecture: ISO 3166-2 code or name; required where prices depend on it",
            ),
        ]
        | None
    ) = None
    postal_code: Annotated[_Text, Field(max_length=20)] | None = None
    country: Country
    phone: Annotated[str, Field(pattern=r"^\+?[0-9 ()/.-]{3,30}$")] | None = None


class NewCheckout(RequestModel):
    """Who buys and where to. Without `expected_total_amount` or `accept_changes`, a changed price is a 409."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "email": "ada@example.com",
                    "shipping_address": _EXAMPLE_ADDRESS,
                    "expected_total_amount": 1998,
                }
            ]
        }
    )

    email: Annotated[Email | None, Field(description="Required of guests; a customer's is the account's")] = None
    shipping_address: Annotated[Address | None, Field(description="Required where anything is shipped")] = None
    country: Annotated[
        Country | None, Field(description="Where it is taxed, of what is not shipped and has no shipping address")
    ] = None
    region: Annotated[_Text, Field(max_length=100, description="Of `country`, where the tax depends on it")] | None = (
        None
    )
    shipping_rate_id: Annotated[
        UUID | None, Field(description="One of the cart's shipping quotes; the cheapest where none is named")
    ] = None
    expected_total_amount: Annotated[
        int | None, Field(ge=0, le=MAX_AMOUNT, strict=True, description="The total that the customer saw")
    ] = None
    accept_changes: Annotated[
        bool, Field(strict=True, description="Buy at today's prices, even if they have changed")
    ] = False

    def to_request(self, language: str) -> CheckoutRequest:
        """`language` is what a guest reads."""
        address = self.shipping_address
        place = Place(self.country, self.region) if self.country else None
        if address is not None:
            path = ("shipping_address", "region")
            place = Place(address.country, address.region, address.postal_code, path)
        return CheckoutRequest(
            email=self.email,
            shipping_address=address.model_dump() if address is not None else None,
            place=place,
            shipping_rate_id=self.shipping_rate_id,
            expected_total_amount=self.expected_total_amount,
            accept_changes=self.accept_changes,
            language=language,
        )


class ShippingAddress(ResponseModel):
    """An address as it was entered."""

    name: str
    company: str | None = None
    line1: str
    line2: str | None = None
    city: str
    region: str | None = None
    postal_code: str | None = None
    country: str
    phone: str | None = None


class CheckoutLine(ResponseModel):
    variant_id: UUID
    product_id: UUID
    name: str
    variant_title: str
    sku: str | None
    quantity: int
    unit_amount: int
    amount: int
    discount_amount: int
    tax_amount: int
    tax_rate_basis_points: Annotated[int, Field(description="1900 are 19 %")]
    total_amount: Annotated[int, Field(description="What is paid for the line: discount taken off, tax included")]


class NextStep(ResponseModel):
    """The request to make next; its body is `{"checkout_id": ...}`, and it needs an Idempotency-Key."""

    method: str
    path: str


class Checkout(ResponseModel):
    """A priced cart whose stock is reserved until `expires_at`."""

    id: UUID
    status: str
    email: str
    currency: str
    lines: list[CheckoutLine]
    coupons: list[CheckoutCoupon]
    prices_include_tax: Annotated[bool, Field(description="Whether the tax is a part of the other amounts")]
    subtotal_amount: int
    shipping_amount: int
    shipping_tax_amount: Annotated[int, Field(description="The part of `tax_amount` that is for shipping")]
    shipping_tax_rate_basis_points: Annotated[int, Field(description="1900 are 19 %")]
    tax_amount: int
    discount_amount: int
    total_amount: int
    shipping_method: Annotated[str | None, Field(description="The name of the shipping rate")]
    shipping_address: ShippingAddress | None
    expires_at: datetime
    next: NextStep

    @classmethod
    def of(cls, checkout: PricedCheckout) -> Checkout:
        amounts, chosen, address = checkout.priced.amounts, checkout.priced.shipping.chosen, checkout.shipping_address
        to_pay = amounts.total_amount > 0
        return cls(
            id=checkout.id,
            status="open",
            email=checkout.email,
            currency=checkout.currency,
            lines=[
                CheckoutLine(
                    variant_id=line.row.variant_id,
                    product_id=line.row.product_id,
                    name=line.row.name,
                    variant_title=line.row.variant_title,
                    sku=line.row.sku,
                    quantity=line.row.quantity,
                    unit_amount=line.row.price_amount,
                    amount=line.amount,
                    discount_amount=line.discount_amount,
                    tax_amount=line.tax_amount,
                    tax_rate_basis_points=line.tax_rate_basis_points,
                    total_amount=line.total_amount,
                )
                for line in checkout.lines
            ],
            coupons=[CheckoutCoupon.of(each) for each in checkout.priced.coupons if each.problem is None],
            **asdict(amounts),
            total_amount=amounts.total_amount,
            shipping_method=chosen.name if chosen else None,
            shipping_address=ShippingAddress(**address) if address is not None else None,
            expires_at=checkout.expires_at,
            next=NextStep(method="POST", path="/api/v1/payments/intent" if to_pay else "/api/v1/orders"),
        )
