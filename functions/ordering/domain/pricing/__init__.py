"""The price of a cart: the one place where the amounts of carts and checkouts are computed, in minor units."""

from functions.ordering.domain.pricing.amounts import Amounts
from functions.ordering.domain.pricing.cart import EMPTY, PricedCart, price
from functions.ordering.domain.pricing.delivery import Quote, Shipping, ShippingProblem, ShippingState
from functions.ordering.domain.pricing.discounts import AppliedCoupon, CouponProblem
from functions.ordering.domain.pricing.lines import UNBUYABLE, LineProblem, PricedLine, price_lines

__all__ = [
    "EMPTY",
    "UNBUYABLE",
    "Amounts",
    "AppliedCoupon",
    "CouponProblem",
    "LineProblem",
    "PricedCart",
    "PricedLine",
    "Quote",
    "Shipping",
    "ShippingProblem",
    "ShippingState",
    "price",
    "price_lines",
]
