"""Countries, destinations, coupons and quotes as carts and checkouts show them. Amounts are integer minor units."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from functions.ordering.domain.countries import COUNTRIES
from functions.ordering.domain.pricing import AppliedCoupon, CouponProblem, Quote, ShippingState
from functions.ordering.domain.pricing_rules import CouponKind
from shared.web import RequestModel, ResponseModel


def _known(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError("not an ISO 3166-1 alpha-2 country code")
    return code


Country = Annotated[
    str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2", examples=["DE"]), AfterValidator(_known)
]
CODE: Final = r"^[A-Za-z0-9][A-Za-z0-9_-]{1,39}$"
Code = Annotated[str, Field(pattern=CODE, description="Letters, digits, `-` and `_`, in any case")]
MAX_GRAMS: Final = 10**9


class NewCartCoupon(RequestModel):
    """A code, as the customer typed it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "spring10"}]})

    code: Code


class Destination(ResponseModel):
    """Where shipping and taxes were estimated for."""

    country: str
    region: str | None
    postal_code: str | None


class CheckoutCoupon(ResponseModel):
    """A coupon and what it takes off."""

    code: str
    description: str
    kind: CouponKind
    discount_amount: Annotated[int, Field(description="Taken off the items")]
    shipping_discount_amount: Annotated[int, Field(description="Taken off the shipping")]


class CartCoupon(CheckoutCoupon):
    """A coupon of the cart; where `problem` is set it takes nothing off any more, and why."""

    problem: CouponProblem | None

    @classmethod
    def of(cls, applied: AppliedCoupon) -> CartCoupon:
        return cls(
            code=applied.row.code,
            description=applied.row.description,
            kind=applied.row.kind,
            discount_amount=applied.discount_amount,
            shipping_discount_amount=applied.shipping_discount_amount,
            problem=applied.problem,
        )


class ShippingQuote(ResponseModel):
    """One way to have it delivered."""

    rate_id: UUID
    name: str
    amount: int
    min_days: Annotated[int | None, Field(description="Days until it arrives, at least")]
    max_days: Annotated[int | None, Field(description="Days until it arrives, at most")]

    @classmethod
    def of(cls, quote: Quote) -> ShippingQuote:
        return cls.model_validate(quote)


class ShippingQuotes(ResponseModel):
    """What delivery to a destination costs."""

    destination: Destination
    currency: str
    state: Annotated[
        ShippingState,
        Field(
            description="`quoted`; `unavailable`: not delivered there; `free`; `not_needed`: nothing of it is shipped"
        ),
    ]
    quotes: Annotated[list[ShippingQuote], Field(description="The cheapest first")]
