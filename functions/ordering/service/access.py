"""Who may see an order, and what belongs to it: its customer, and whoever has a guest's link to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from functions.ordering.repository import orders
from shared import order_links
from shared.clients.database import Connection
from shared.errors import NotAuthenticatedError
from shared.transactions.order_records import OrderNotFoundError


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: an account, a link's token, both or neither."""

    user_id: UUID | None
    link_token: str | None

    def identify(self) -> None:
        """Raises NotAuthenticatedError for who shows neither."""
        if self.user_id is None and self.link_token is None:
            raise NotAuthenticatedError

    def has_link(self, order_id: UUID) -> bool:
        return self.link_token is not None and order_links.opens(self.link_token, order_id)


def check(connection: Connection, visitor: Visitor, order_id: UUID) -> None:
    """Raises OrderNotFoundError, also for somebody else's, and NotAuthenticatedError."""
    visitor.identify()
    if visitor.has_link(order_id):
        return
    if visitor.user_id is None or orders.owner_of(connection, order_id) != visitor.user_id:
        raise OrderNotFoundError
