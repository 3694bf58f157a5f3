"""Telling customers that what they wish for costs less, or can be bought again.

Every wish holds what its owner knows of the product. When the product changes, the wishes that do not know it as it
is are brought up to date, and what that means for their owners is recorded as events in the same transaction: once,
however often the change is delivered, and some hundred wishes at a time, so that a product with many waits for nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from functions.catalog.errors import WishesLeftError
from functions.catalog.repository import wishlist
from functions.catalog.repository.wishlist import NewsRow
from shared import outbox
from shared.events import BackInStock, PriceDropped, ProductChanged

BATCH: Final = 250
"""Wishes of one transaction: at most twice as many events, which are put on the bus after it."""
_FIRST: Final = UUID(int=0)


@dataclass(slots=True)
class Told:
    """What one change meant."""

    wishes: int = 0
    price_drops: int = 0
    back_in_stock: int = 0


def on_product_changed(event: ProductChanged, time_is_left: Callable[[], bool]) -> Told:
    """Bring the product's wishes up to date. Raises WishesLeftError where the time is over: to be delivered again."""
    told = Told()
    if event.deleted:
        with outbox.unit_of_work() as connection:
            wishlist.lock_product(connection, event.product_id)
            wishlist.forget(connection, event.product_id)
        return told
    after = _FIRST
    while time_is_left():
        with outbox.unit_of_work() as connection:
            wishlist.lock_product(connection, event.product_id)
            rows = wishlist.catch_up(connection, event.product_id, limit=BATCH, after=after)
            drops = [_price_drop(event.product_id, row) for row in rows if row.consents and _costs_less(row)]
            returns = [_return(event.product_id, row) for row in rows if row.consents and _is_back(row)]
            outbox.record_all(connection, drops)
            outbox.record_all(connection, returns)
        told.wishes += len(rows)
        told.price_drops += len(drops)
        told.back_in_stock += len(returns)
        if len(rows) < BATCH:
            return told
        after = rows[-1].user_id
    raise WishesLeftError


def _costs_less(row: NewsRow) -> bool:
    return row.same_currency and row.after_amount < row.before_amount


def _is_back(row: NewsRow) -> bool:
    return row.is_in_stock and not row.was_in_stock


def _price_drop(product_id: UUID, row: NewsRow) -> PriceDropped:
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


def _return(product_id: UUID, row: NewsRow) -> BackInStock:
    return BackInStock(
        user_id=row.user_id,
        email=row.email,
        language=row.language,
        product_id=product_id,
        slug=row.slug,
        name=row.name,
    )
