"""Coupons as administrators maintain them. Amounts are integer minor units."""

from __future__ import annotations

from datetime import MAXYEAR, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, model_validator

from functions.ordering.domain.pricing_rules import CouponKind
from functions.ordering.schemas.pricing import Code
from shared.money import MAX_AMOUNT
from shared.web import CurrencyCode, RequestModel, ResponseModel, Version

MAX_LIMIT: Final = 2**31 - 1
MAX_RESTRICTIONS: Final = 100


def _in_reach(moment: datetime) -> datetime:
    """At the ends of the calendar a moment may have no name in UTC."""
    if not 1 < moment.year < MAXYEAR:
        raise ValueError(f"must be in the years 2 to {MAXYEAR - 1}")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_in_reach)]
Amount = Annotated[int, Field(ge=1, le=MAX_AMOUNT, strict=True)]
Count = Annotated[int, Field(ge=1, le=MAX_LIMIT, strict=True)]
Units = Annotated[int, Field(ge=1, le=999, strict=True)]
Ids = Annotated[list[UUID], Field(max_length=MAX_RESTRICTIONS)]

_OWN: Final = {
    CouponKind.PERCENTAGE: ("percent_basis_points",),
    CouponKind.FIXED: ("amount",),
    CouponKind.BUY_X_GET_Y: ("buy_quantity", "get_quantity"),
    CouponKind.FREE_SHIPPING: (),
}
_EXAMPLE: Final[dict[str, Any]] = {
    "code": "SPRING10",
    "description": "10 % off everything, once for each customer",
    "kind": "percentage",
    "percent_basis_points": 1000,
    "total_limit": 500,
    "per_customer_limit": 1,
}


class NewCoupon(RequestModel):
    """A coupon's terms. Which members a kind needs: `percentage` its `percent_basis_points`, `fixed` its `amount` and
    `currency`, `buy_x_get_y` its `buy_quantity` and `get_quantity`. Without categories and products it is for all.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    code: Code
    description: Annotated[str, Field(max_length=200, description="For customers")] = ""
    kind: CouponKind
    percent_basis_points: Annotated[int, Field(ge=1, le=10_000, strict=True, description="1000 are 10 %")] | None = None
    amount: Amount | None = None
    buy_quantity: Units | None = None
    get_quantity: Annotated[Units, Field(description="The cheapest units, free of charge")] | None = None
    currency: Annotated[CurrencyCode, Field(description="Of the amounts; for carts of this one only")] | None = None
    minimum_subtotal_amount: Amount | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    total_limit: Annotated[Count, Field(description="Uses by all customers together")] | None = None
    per_customer_limit: Annotated[Count, Field(description="Uses by one e-mail address")] | None = None
    category_ids: Annotated[Ids, Field(description="With all categories below them")] = Field(default_factory=list)
    product_ids: Ids = Field(default_factory=list)
    is_combinable: Annotated[bool, Field(description="Whether it goes together with others that are")] = False
    is_active: bool = True

    @model_validator(mode="after")
    def _agrees_with_its_kind(self) -> NewCoupon:
        for kind, names in _OWN.items():
            for name in names:
                if (getattr(self, name) is not None) != (kind is self.kind):
                    raise ValueError(f"`{name}` is required for `{kind}`, and for no other kind")
        if (self.amount or self.minimum_subtotal_amount) and self.currency is None:
            raise ValueError("`currency` is required where there is an amount")
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValueError("`ends_at` must be after `starts_at`")
        return self


class CouponReplacement(NewCoupon):
    """New terms, replacing all. Earlier redemptions stay as they are."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_EXAMPLE, "version": 1}]})

    version: Version


class Coupon(ResponseModel):
    """A coupon as an administrator sees it."""

    id: UUID
    version: int
    code: str
    description: str
    kind: CouponKind
    percent_basis_points: int | None
    amount: int | None
    buy_quantity: int | None
    get_quantity: int | None
    currency: str | None
    minimum_subtotal_amount: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    total_limit: int | None
    per_customer_limit: int | None
    category_ids: list[UUID]
    product_ids: list[UUID]
    is_combinable: bool
    is_active: bool
    redeemed_count: Annotated[int, Field(description="Uses that count: of open checkouts, and of orders not cancelled")]
    created_at: datetime
    updated_at: datetime
