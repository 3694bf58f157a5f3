"""Notices to customers that a product on their wishlist costs less, or can be bought again.

Every wish holds the state of the product that its owner knows. When the product changes, wishes with an older state are
brought up to date, and notices to their owners are recorded as events in the same transaction: once, however often the
change is delivered, and some hundred wishes at a time, so that no transaction is long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from functions.catalog.errors import BatchIncompleteError
from functions.catalog.repository import wishlist
from functions.catalog.repository.wishlist import WishChange
from shared import outbox
from shared.contexts.catalog.events import BackInStock, PriceDropped, ProductChanged

BATCH: Final = 250
"""Wishes of one transaction: at most twice as many events, which are put on the bus after it."""
_FIRST: Final = UUID(int=0)


@dataclass(slots=True)
class WishNotices:
    """How many wishes one change concerned, and how many notices it led to."""

    wishes: int = 0
    price_drops: int = 0
    back_in_stock: int = 0


def on_product_changed(event: ProductChanged, time_is_left: Callable[[], bool]) -> WishNotices:
    """Bring the product's wishes up to date. Raises BatchIncompleteError where the time is over."""
    notices = WishNotices()
    if event.deleted:
        with outbox.unit_of_work() as connection:
            wishlist.lock_product(connection, event.product_id)
            wishlist.delete_of_deleted_product(connection, event.product_id)
        return notices
    after = _FIRST
    while time_is_left():
        with outbox.unit_of_work() as connection:
            wishlist.lock_product(connection, event.product_id)
            rows = wishlist.catch_up(connection, event.product_id, limit=BATCH, after=after)
            drops = [_price_drop(event.product_id, row) for row in rows if row.consents and _costs_less(row)]
            returns = [_return(event.product_id, row) for row in rows if row.consents and _is_back(row)]
            outbox.record_all(connection, drops)
            outbox.record_all(connection, returns)
        notices.wishes += len(rows)
        notices.price_drops += len(drops)
        notices.back_in_stock += len(returns)
        if len(rows) < BATCH:
            return notices
        after = rows[-1].user_id
    raise BatchIncompleteError


def _costs_less(row: WishChange) -> bool:
    return row.same_currency and row.after_amount < row.before_amount


def _is_back(row: WishChange) -> bool:
    return row.is_in_stock and not row.was_in_stock


def _price_drop(product_id: UUID, row: WishChange) -> PriceDropped:
    return PriceDropped(
        user_id=row.user_id,
        email=row.email,
        language=row.language,
        product_id=product_id,
        slug=row.slug,
        name=row.name,
        currency=row.currency,
        before_amount=row.before_amount,
        after_amount=row.after_amount,
    )


def _return(product_id: UUID, row: WishChange) -> BackInStock:
    return BackInStock(
        user_id=row.user_id,
        email=row.email,
        language=row.language,
        product_id=product_id,
        slug=row.slug,
        name=row.name,
    )
