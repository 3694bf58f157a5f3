"""What checkouts look like from outside. Amounts are integer minor units of the checkout's currency."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from functions.ordering.domain.checkouts import CheckoutDetail, CheckoutRequest
from functions.ordering.domain.places import Place
from functions.ordering.schemas.addresses import EXAMPLE_ADDRESS, Address, PostalAddress, Text, postal_address
from functions.ordering.schemas.pricing import CheckoutCoupon, Country
from shared.money import MAX_AMOUNT
from shared.web import RequestModel, ResponseModel
from shared.web.fields import Email


class NewCheckout(RequestModel):
    """Who buys and where to. Without `expected_total_amount` or `accept_changes`, a changed price is a 409."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "email": "ada@example.com",
                    "shipping_address": EXAMPLE_ADDRESS,
                    "expected_total_amount": 1998,
                }
            ]
        }
    )

    email: Annotated[Email | None, Field(description="Required of guests; a customer's is the account's")] = None
    shipping_address: Annotated[Address | None, Field(description="Required where anything is shipped")] = None
    billing_address: Annotated[
        Address | None, Field(description="Whom to invoice, where it is not who it is delivered to")
    ] = None
    country: Annotated[
        Country | None, Field(description="Where it is taxed, of what is not shipped and has no address at all")
    ] = None
    region: Annotated[Text, Field(max_length=100, description="Of `country`, where the tax depends on it")] | None = (
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
        return CheckoutRequest(
            email=self.email,
            shipping_address=_document(self.shipping_address),
            billing_address=_document(self.billing_address),
            place=self._place(),
            shipping_rate_id=self.shipping_rate_id,
            expected_total_amount=self.expected_total_amount,
            accept_changes=self.accept_changes,
            language=language,
        )

    def _place(self) -> Place | None:
        """The shipping address counts before the billing address, and both before `country`: the place of taxation is
        where it is delivered, and where the buyer is invoiced if it is not delivered at all.
        """
        for field in ("shipping_address", "billing_address"):
            address: Address | None = getattr(self, field)
            if address is not None:
                return Place(address.country, address.region, address.postal_code, (field, "region"))
        return Place(self.country, self.region) if self.country else None


def _document(address: Address | None) -> dict[str, object] | None:
    return address.model_dump() if address is not None else None


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


class CheckoutPayment(ResponseModel):
    """The payment that was opened for a checkout; `GET /api/v1/payments/{id}` has more of it."""

    id: UUID
    status: str


class Checkout(ResponseModel):
    """A priced cart whose stock is reserved until `expires_at`."""

    id: UUID
    status: Annotated[
        str,
        Field(
            description="`open`; `ordered`: its order waits for the payment; `paid`; `expired`, a minute after"
            " `expires_at` at the latest; `abandoned`: another checkout or nothing came after it"
        ),
    ]
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
    shipping_rate_id: UUID | None
    shipping_method: Annotated[str | None, Field(description="The name of the shipping rate")]
    shipping_address: PostalAddress | None
    billing_address: Annotated[PostalAddress | None, Field(description="Null where it is the shipping address")]
    expires_at: datetime
    order_id: Annotated[UUID | None, Field(description="The order that it became")]
    payment: Annotated[CheckoutPayment | None, Field(description="Null until one is opened")]
    next: Annotated[NextStep | None, Field(description="Null once it is paid or closed")]

    @classmethod
    def of(cls, checkout: CheckoutDetail) -> Checkout:
        return cls(
            id=checkout.id,
            status=checkout.status,
            email=checkout.email,
            currency=checkout.currency,
            lines=[CheckoutLine.model_validate(line) for line in checkout.lines],
            coupons=[CheckoutCoupon.model_validate(coupon) for coupon in checkout.coupons],
            **asdict(checkout.amounts),
            total_amount=checkout.amounts.total_amount,
            shipping_rate_id=checkout.shipping_rate_id,
            shipping_method=checkout.shipping_method,
            shipping_address=postal_address(checkout.shipping_address),
            billing_address=postal_address(checkout.billing_address),
            expires_at=checkout.expires_at,
            order_id=checkout.order_id,
            payment=_payment(checkout),
            next=_next(checkout),
        )


def _payment(checkout: CheckoutDetail) -> CheckoutPayment | None:
    if checkout.payment_id is None or checkout.payment_status is None:
        return None
    return CheckoutPayment(id=checkout.payment_id, status=checkout.payment_status)


def _next(checkout: CheckoutDetail) -> NextStep | None:
    if not checkout.is_payable:
        return None
    to_pay = checkout.amounts.total_amount > 0
    return NextStep(method="POST", path="/api/v1/payments/intent" if to_pay else "/api/v1/orders")
