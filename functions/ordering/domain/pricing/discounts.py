"""The discounts of coupons on the lines of a cart, and the problems of those that do not apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from functions.ordering.domain.pricing.lines import PricedLine
from functions.ordering.domain.pricing_rules import CouponKind, CouponRow
from shared import currencies
from shared.allocation import BASIS_POINTS, half_up, spread

CategoryPaths = Mapping[UUID, Sequence[UUID]]
"""Each category with itself and all above it, the nearest first."""


class CouponProblem(StrEnum):
    """Why a coupon of the cart does not apply. The first five are the coupon's own (`repository.pricing_rules`)."""

    INACTIVE = "inactive"
    NOT_STARTED = "not_started"
    EXPIRED = "expired"
    USED_UP = "used_up"
    USED_UP_BY_CUSTOMER = "used_up_by_customer"
    CURRENCY_MISMATCH = "currency_mismatch"
    MINIMUM_SUBTOTAL = "minimum_subtotal"
    """The items cost less than the coupon requires."""
    NO_MATCHING_ITEMS = "no_matching_items"
    NOT_ENOUGH_ITEMS = "not_enough_items"
    """There are fewer units than the coupon requires."""
    NOT_COMBINABLE = "not_combinable"
    """It cannot be combined with one that was entered earlier."""


@dataclass(frozen=True, slots=True)
class AppliedCoupon:
    """A coupon of the cart and its discounts, in minor units."""

    row: CouponRow
    problem: CouponProblem | None
    discount_amount: int = 0
    shipping_discount_amount: int = 0


# Free units come first, then percentages of the rest, then fixed amounts: the order of entry changes no price.
_PRECEDENCE: Final = {
    CouponKind.BUY_X_GET_Y: 0,
    CouponKind.PERCENTAGE: 1,
    CouponKind.FIXED: 2,
    CouponKind.FREE_SHIPPING: 3,
}


def apply(
    coupons: Sequence[CouponRow], lines: Sequence[PricedLine], currency: str, paths: CategoryPaths
) -> tuple[list[AppliedCoupon], list[int]]:
    """Each coupon with its discount, and the whole discount of each line, which is never more than the line costs.

    The discount of free shipping is computed when the shipping is known.
    """
    eligible = [_eligible(coupon, lines, paths) for coupon in coupons]
    problems = _problems(coupons, lines, eligible, currency)
    remaining = [line.amount for line in lines]
    step = currencies.of(currency).step
    discount_amounts = [0] * len(coupons)
    for n in sorted(range(len(coupons)), key=lambda n: _PRECEDENCE[coupons[n].kind]):
        if problems[n] is None:
            shares = _shares(coupons[n], lines, eligible[n], remaining, step)
            discount_amounts[n] = sum(shares)
            remaining = [amount - share for amount, share in zip(remaining, shares, strict=True)]
    applied = [AppliedCoupon(*each) for each in zip(coupons, problems, discount_amounts, strict=True)]
    return applied, [line.amount - rest for line, rest in zip(lines, remaining, strict=True)]


def _eligible(coupon: CouponRow, lines: Sequence[PricedLine], paths: CategoryPaths) -> list[bool]:
    """Which lines the coupon is for: all, or those of its products and categories."""
    if not coupon.category_ids and not coupon.product_ids:
        return [line.buyable for line in lines]
    return [
        line.buyable
        and (
            line.row.product_id in coupon.product_ids
            or not coupon.category_ids.isdisjoint(paths.get(line.row.category_id, ()) if line.row.category_id else ())
        )
        for line in lines
    ]


def _problems(
    coupons: Sequence[CouponRow], lines: Sequence[PricedLine], eligible: Sequence[Sequence[bool]], currency: str
) -> list[CouponProblem | None]:
    subtotal = sum(line.amount for line in lines)
    problems: list[CouponProblem | None] = []
    accepted: list[CouponRow] = []
    for coupon, of_coupon in zip(coupons, eligible, strict=True):
        units = sum(line.row.quantity for line, is_eligible in zip(lines, of_coupon, strict=True) if is_eligible)
        problem = _problem(coupon, currency, subtotal, units)
        if problem is None and accepted and not (coupon.is_combinable and accepted[0].is_combinable):
            problem = CouponProblem.NOT_COMBINABLE
        if problem is None:
            accepted.append(coupon)
        problems.append(problem)
    return problems


def _problem(coupon: CouponRow, currency: str, subtotal: int, units: int) -> CouponProblem | None:
    if coupon.problem is not None:
        return CouponProblem(coupon.problem)
    if units == 0:
        return CouponProblem.NO_MATCHING_ITEMS
    if coupon.currency is not None and coupon.currency != currency:
        return CouponProblem.CURRENCY_MISMATCH
    if coupon.minimum_subtotal_amount is not None and subtotal < coupon.minimum_subtotal_amount:
        return CouponProblem.MINIMUM_SUBTOTAL
    if coupon.kind is CouponKind.BUY_X_GET_Y and units < coupon.set_size:
        return CouponProblem.NOT_ENOUGH_ITEMS
    return None


def _shares(
    coupon: CouponRow, lines: Sequence[PricedLine], eligible: Sequence[bool], remaining: Sequence[int], step: int
) -> list[int]:
    """The coupon's discount of each line, of what earlier coupons left, in multiples of `step`."""
    eligible_amounts = [rest if is_eligible else 0 for rest, is_eligible in zip(remaining, eligible, strict=True)]
    match coupon.kind:
        case CouponKind.PERCENTAGE:
            discount = half_up(sum(eligible_amounts) * (coupon.percent_basis_points or 0), BASIS_POINTS, step)
            return spread(min(discount, sum(eligible_amounts)), eligible_amounts, step)
        case CouponKind.FIXED:
            return spread(min(coupon.amount or 0, sum(eligible_amounts)), eligible_amounts, step)
        case CouponKind.BUY_X_GET_Y:
            return _free_units(coupon, lines, eligible, remaining)
        case CouponKind.FREE_SHIPPING:
            return [0] * len(lines)


def _free_units(
    coupon: CouponRow, lines: Sequence[PricedLine], eligible: Sequence[bool], remaining: Sequence[int]
) -> list[int]:
    """The cheapest units are free: the free units of each whole set, for as many sets as there are."""
    shares = [0] * len(lines)
    candidates = [n for n, is_eligible in enumerate(eligible) if is_eligible]
    free = sum(lines[n].row.quantity for n in candidates) // coupon.set_size * (coupon.get_quantity or 0)
    for n in sorted(candidates, key=lambda n: lines[n].row.price_amount):
        units = min(free, lines[n].row.quantity)
        # Another coupon may have freed some of them.
        shares[n] = min(units * lines[n].row.price_amount, remaining[n])
        free -= units
    return shares
