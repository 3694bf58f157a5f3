"""A customer's wishlist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from functions.catalog.errors import ProductNotFoundError, WishlistFullError
from functions.catalog.repository import wishlist
from functions.catalog.repository.wishlist import WishRow
from shared.clients.database import Connection
from shared.errors import InvalidTokenError
from shared.pages import split_page

MAX_WISHES: Final = 500


def page(
    connection: Connection, user_id: UUID, *, limit: int, after: list[Any] | None
) -> tuple[Sequence[WishRow], list[Any] | None]:
    """A page, latest first, and the sort values that the next one starts after."""
    start = (datetime.fromisoformat(after[0]), UUID(after[1])) if after is not None else None
    rows = wishlist.wishes(connection, user_id, limit=limit + 1, after=start)
    return split_page(rows, limit, lambda row: [row.created_at, row.product_id])


def wish(connection: Connection, user_id: UUID, product_id: UUID) -> None:
    """Wish for a product on sale; again, nothing changes. Raises ProductNotFoundError and WishlistFullError."""
    if not wishlist.lock_customer(connection, user_id):
        raise InvalidTokenError("The account does not exist any more")
    outcome = wishlist.add(connection, user_id, product_id, most=MAX_WISHES)
    if outcome.wished:
        return
    if not outcome.on_sale:
        raise ProductNotFoundError
    raise WishlistFullError(f"A wishlist holds {MAX_WISHES} products")


def unwish(connection: Connection, user_id: UUID, product_id: UUID) -> None:
    """No longer wish for it; again, nothing changes."""
    wishlist.remove(connection, user_id, product_id)
