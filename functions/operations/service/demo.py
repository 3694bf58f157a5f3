"""A shop under development that is worth looking at: customers, reviews, prices, and orders in every status.

Only a shop in which nobody has bought anything gets them, and all at once: what was changed since stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final, TypedDict
from uuid import UUID

from functions.operations import demo_repository as repository
from functions.operations.service import demo_orders
from functions.operations.service.demo_orders import Buyer
from functions.operations.service.sample_customers import CUSTOMERS, PASSWORD, REVIEWS
from functions.operations.service.sample_orders import ORDERS
from functions.operations.service.sample_prices import COUPONS, TAXES, ZONES
from shared.clients.database import Connection

_CUSTOMERS_SINCE_DAYS: Final = 58
"""Before the first of them ordered."""


class Demo(TypedDict):
    """What this run added. `customer` is the e-mail address of one of its customers, `password` that of all."""

    customer: str
    customers: int
    coupons: int
    orders: int
    reviews: int
    password: str


def add(connection: Connection, *, admin_id: UUID, hash_password: Callable[[str], str]) -> Demo:
    """Add the demo data, in the caller's transaction, to a shop that has the sample products and no orders."""
    now = datetime.now(UTC)
    actor = f"admin:{admin_id}"
    buyers = _add_customers(connection, hash_password(PASSWORD), now)
    coupon_ids = _add_prices(connection, now)
    placed = [
        demo_orders.add(connection, order, buyers[order.customer], coupon_ids=coupon_ids, actor=actor, now=now)
        for order in ORDERS
        if order.customer in buyers
    ]
    reviewed = [
        repository.add_review(connection, review, at=now - timedelta(days=review.age_days), replied_by=actor)
        for review in REVIEWS
    ]
    return {
        "customer": CUSTOMERS[0].email,
        "customers": len(buyers),
        "coupons": len(coupon_ids),
        "orders": sum(placed),
        "reviews": sum(reviewed),
        "password": PASSWORD,
    }


def _add_customers(connection: Connection, password_hash: str, now: datetime) -> dict[str, Buyer]:
    """By e-mail address; an address that somebody has is left to them."""
    buyers = {}
    for number, customer in enumerate(CUSTOMERS):
        since = now - timedelta(days=_CUSTOMERS_SINCE_DAYS - number / 2)
        user_id = repository.add_customer(connection, customer, password_hash=password_hash, since=since)
        if user_id is not None:
            buyers[customer.email] = Buyer(id=user_id, customer=customer)
    return buyers


def _add_prices(connection: Connection, now: datetime) -> dict[str, UUID]:
    """Zones with their rates, taxes, coupons; returns the coupons by code."""
    for zone in ZONES:
        repository.add_zone(connection, zone)
    for tax in TAXES:
        repository.add_tax(connection, tax)
    added = {coupon.code: repository.add_coupon(connection, coupon, now=now) for coupon in COUPONS}
    return {code: coupon_id for code, coupon_id in added.items() if coupon_id is not None}
