"""What coupons take off the lines of a cart, and why some take off nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from functions.ordering.allocation import BASIS_POINTS, half_up, spread
from functions.ordering.repository.pricing_rules import CouponKind, CouponRow
from functions.ordering.service.pricing.lines import PricedLine

CategoryPaths = Mapping[UUID, Sequence[UUID]]
"""Each category with itself and all above it, the nearest first."""


class CouponProblem(StrEnum):
    """Why a coupon of the cart takes nothing off. The first five are the coupon's own (`repository.pricing_rules`)."""

    INACTIVE = "inactive"
    NOT_STARTED = "not_started"
    EXPIRED = "expired"
    USED_UP = "used_up"
    USED_UP_BY_CUSTOMER = "used_up_by_customer"
    CURRENCY_MISMATCH = "currency_mismatch"
    MINIMUM_SUBTOTAL = "minimum_subtotal"
    """The items cost less than the coupon asks for."""
    NO_MATCHING_ITEMS = "no_matching_items"
    NOT_ENOUGH_ITEMS = "not_enough_items"
    """Of what is bought to get more."""
    NOT_COMBINABLE = "not_combinable"
    """It does not go together with one that was entered before."""


@dataclass(frozen=True, slots=True)
class AppliedCoupon:
    """A coupon of the cart and what it does, in minor units."""

    row: CouponRow
    problem: CouponProblem | None
    discount_amount: int = 0
    shipping_discount_amount: int = 0


# What is given by the piece is given first, then parts of the rest, then sums: no order of entry changes a price.
_TURN: Final = {
    CouponKind.BUY_X_GET_Y: 0,
    CouponKind.PERCENTAGE: 1,
    CouponKind.FIXED: 2,
    CouponKind.FREE_SHIPPING: 3,
}


def apply(
    coupons: Sequence[CouponRow], lines: Sequence[PricedLine], currency: str, paths: CategoryPaths
) -> tuple[list[AppliedCoupon], list[int]]:
    """Each coupon with what it takes off, and what is taken off each line in all; never more than the line costs.

    What free shipping takes off is found when the shipping is known.
    """
    eligible = [_eligible(coupon, lines, paths) for coupon in coupons]
    problems = _problems(coupons, lines, eligible, currency)
    left = [line.amount for line in lines]
    taken = [0] * len(coupons)
    for n in sorted(range(len(coupons)), key=lambda n: _TURN[coupons[n].kind]):
        if problems[n] is None:
            shares = _shares(coupons[n], lines, eligible[n], left)
            taken[n] = sum(shares)
            left = [before - share for before, share in zip(left, shares, strict=True)]
    applied = [AppliedCoupon(*each) for each in zip(coupons, problems, taken, strict=True)]
    return applied, [line.amount - rest for line, rest in zip(lines, left, strict=True)]


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
    found: list[CouponProblem | None] = []
    accepted: list[CouponRow] = []
    for coupon, mine in zip(coupons, eligible, strict=True):
        units = sum(line.row.quantity for line, is_mine in zip(lines, mine, strict=True) if is_mine)
        problem = _problem(coupon, currency, subtotal, units)
        if problem is None and accepted and not (coupon.is_combinable and accepted[0].is_combinable):
            problem = CouponProblem.NOT_COMBINABLE
        if problem is None:
            accepted.append(coupon)
        found.append(problem)
    return found


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


def _shares(coupon: CouponRow, lines: Sequence[PricedLine], eligible: Sequence[bool], left: Sequence[int]) -> list[int]:
    """What the coupon takes off each line, of what is left of it."""
    mine = [rest if is_mine else 0 for rest, is_mine in zip(left, eligible, strict=True)]
    match coupon.kind:
        case CouponKind.PERCENTAGE:
            return spread(half_up(sum(mine) * (coupon.percent_basis_points or 0), BASIS_POINTS), mine)
        case CouponKind.FIXED:
            return spread(min(coupon.amount or 0, sum(mine)), mine)
        case CouponKind.BUY_X_GET_Y:
            return _free_units(coupon, lines, eligible, left)
        case CouponKind.FREE_SHIPPING:
            return [0] * len(lines)


def _free_units(
    coupon: CouponRow, lines: Sequence[PricedLine], eligible: Sequence[bool], left: Sequence[int]
) -> list[int]:
    """The cheapest units are free: so many as there are whole sets, times what is given with each."""
    shares = [0] * len(lines)
    mine = [n for n, is_mine in enumerate(eligible) if is_mine]
    free = sum(lines[n].row.quantity for n in mine) // coupon.set_size * (coupon.get_quantity or 0)
    for n in sorted(mine, key=lambda n: lines[n].row.price_amount):
        units = min(free, lines[n].row.quantity)
        shares[n] = min(units * lines[n].row.price_amount, left[n])  # another one may have given some of them
        free -= units
    return shares
