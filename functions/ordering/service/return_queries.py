"""Reading returns: one, those of an order, and pages of all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from functions.ordering.domain.returns import ReturnRow, ReturnStatus, ReturnUnits
from functions.ordering.errors import ReturnNotFoundError
from functions.ordering.repository import returns
from functions.ordering.service import order_access
from functions.ordering.service.order_access import Visitor
from functions.ordering.settings import OrderingSettings
from shared import settings
from shared.clients.database import Connection
from shared.contexts.ordering.order_locks import OrderNotFoundError
from shared.pages import split_by_id


def get(connection: Connection, return_id: UUID) -> ReturnRow:
    """Raises ReturnNotFoundError."""
    row = returns.find(connection, return_id)
    if row is None:
        raise ReturnNotFoundError
    return row


def show(connection: Connection, visitor: Visitor, return_id: UUID) -> ReturnRow:
    """A return of the visitor's order. Raises ReturnNotFoundError and NotAuthenticatedError."""
    visitor.identify()
    row = get(connection, return_id)
    try:
        order_access.check(connection, visitor, row.order_id)
    except OrderNotFoundError as error:
        raise ReturnNotFoundError from error
    return row


def of_order(connection: Connection, order_id: UUID) -> Sequence[ReturnRow]:
    """Oldest first; the caller has checked the visitor's access to the order."""
    return returns.of_order(connection, order_id)


def returnable(connection: Connection, order_id: UUID) -> list[ReturnUnits]:
    """The lines of an order of which units can be returned now."""
    return [unit for unit in returns.units(connection, order_id, window=window()) if unit.returnable]


def window() -> timedelta:
    """How long after their delivery units can be returned."""
    return timedelta(days=int(settings.load(OrderingSettings).return_window_days))


def page(
    connection: Connection,
    status: ReturnStatus | None = None,
    *,
    user_id: UUID | None = None,
    before: UUID | None,
    limit: int,
) -> tuple[Sequence[ReturnRow], UUID | None]:
    """Up to `limit` returns below an id, newest first, and the id that the next page is below (None at the end).

    With `user_id`, those of this customer's orders.
    """
    wanted = status.value if status else None
    return split_by_id(returns.page(connection, status=wanted, user_id=user_id, before=before, limit=limit + 1), limit)
