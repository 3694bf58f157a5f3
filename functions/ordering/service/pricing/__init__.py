"""What a cart costs: the one place where the amounts of carts and checkouts are computed. All in minor units."""

from functions.ordering.service.pricing.amounts import Amounts
from functions.ordering.service.pricing.cart import EMPTY, PricedCart, price, price_cart
from functions.ordering.service.pricing.delivery import Quote, Shipping, ShippingState
from functions.ordering.service.pricing.discounts import AppliedCoupon, CouponProblem
from functions.ordering.service.pricing.lines import UNBUYABLE, LineProblem, PricedLine, priced

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
    "ShippingState",
    "price",
    "price_cart",
    "priced",
]
