"""What checkouts look like from outside. Amounts are integer minor units of the checkout's currency."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field
from pydantic.config import JsonDict

from functions.ordering.countries import COUNTRIES
from functions.ordering.service.checkouts import CheckoutWish, PricedCheckout
from shared.money import MAX_AMOUNT
from shared.web import AnswerModel, RequestModel

_EXAMPLE_ADDRESS: Final[JsonDict] = {
    "name": "Ada Lovelace",
    "line1": "12 St James's Square",
    "city": "London",
    "postal_code": "SW1Y 4JH",
    "country": "GB",
}

# One line each: a label printer and a mail header have no use for control characters.
_Text = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f\u2028\u2029]*$")]
# What an address must look like to be worth a try; whether it takes mail only mail can tell (RFC 5321, section 4.5.3).
Email = Annotated[
    str,
    Field(
        min_length=3,
        max_length=254,
        pattern=r"^[^\s@\x00-\x1f\x7f]{1,64}@[^\s@\x00-\x1f\x7f.]+(\.[^\s@\x00-\x1f\x7f.]+)*$",
    ),
]


def _known(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError("not an ISO 3166-1 alpha-2 country code")
    return code


class Address(RequestModel):
    """Where to deliver. What every country has is required; the rest depends on the country."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE_ADDRESS]})

    name: Annotated[_Text, Field(min_length=1, max_length=200)]
    company: Annotated[_Text, Field(max_length=200)] | None = None
    line1: Annotated[_Text, Field(min_length=1, max_length=200)]
    line2: Annotated[_Text, Field(max_length=200)] | None = None
    city: Annotated[_Text, Field(min_length=1, max_length=100)]
    region: Annotated[_Text, Field(max_length=100, description="State, province, prefecture")] | None = None
    postal_code: Annotated[_Text, Field(max_length=20)] | None = None
    country: Annotated[
        str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2", examples=["DE"]), AfterValidator(_known)
    ]
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
    shipping_address: Address
    expected_total_amount: Annotated[
        int | None, Field(ge=0, le=MAX_AMOUNT, strict=True, description="The total that the customer saw")
    ] = None
    accept_changes: Annotated[bool, Field(strict=True, description="Buy at today's prices, whatever they are")] = False

    def wish(self) -> CheckoutWish:
        return CheckoutWish(
            email=self.email,
            shipping_address=self.shipping_address.model_dump(),
            expected_total_amount=self.expected_total_amount,
            accept_changes=self.accept_changes,
        )


class ShippingAddress(AnswerModel):
    """An address as it was given."""

    name: str
    company: str | None = None
    line1: str
    line2: str | None = None
    city: str
    region: str | None = None
    postal_code: str | None = None
    country: str
    phone: str | None = None


class CheckoutLine(AnswerModel):
    variant_id: UUID
    product_id: UUID
    name: str
    variant_title: str
    sku: str | None
    quantity: int
    unit_amount: int
    amount: int


class NextStep(AnswerModel):
    """The request to make next; its body is `{"checkout_id": ...}`, and it needs an Idempotency-Key."""

    method: str
    path: str


class Checkout(AnswerModel):
    """A priced cart whose stock is reserved until `expires_at`."""

    id: UUID
    status: str
    email: str
    currency: str
    lines: list[CheckoutLine]
    subtotal_amount: int
    shipping_amount: int
    tax_amount: int
    discount_amount: int
    total_amount: int
    shipping_address: ShippingAddress
    expires_at: datetime
    next: NextStep

    @classmethod
    def of(cls, checkout: PricedCheckout) -> Checkout:
        amounts = checkout.amounts
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
                )
                for line in checkout.lines
            ],
            subtotal_amount=amounts.subtotal_amount,
            shipping_amount=amounts.shipping_amount,
            tax_amount=amounts.tax_amount,
            discount_amount=amounts.discount_amount,
            total_amount=amounts.total_amount,
            shipping_address=ShippingAddress(**checkout.shipping_address),
            expires_at=checkout.expires_at,
            next=NextStep(method="POST", path="/api/v1/payments/intent" if to_pay else "/api/v1/orders"),
        )
