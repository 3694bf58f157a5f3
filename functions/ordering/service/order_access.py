"""Access to an order and its parts: for its customer, and for a guest with a link."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from functions.ordering.errors import OrderLinkExpiredError
from functions.ordering.repository import order_details
from shared.clients.database import Connection
from shared.contexts.ordering import order_links
from shared.contexts.ordering.order_locks import OrderNotFoundError
from shared.errors import NotAuthenticatedError, ProblemError


@dataclass(frozen=True, slots=True)
class Visitor:
    """The caller: an account, a link's token, both or neither."""

    user_id: UUID | None
    link_token: str | None
    reads_all: bool = False
    """Whether the account may read everybody's orders."""

    def identify(self) -> None:
        """Raises NotAuthenticatedError for a visitor with neither."""
        if self.user_id is None and self.link_token is None:
            raise NotAuthenticatedError

    def has_link(self, order_id: UUID) -> bool:
        return self.link_token is not None and order_links.opens(self.link_token, order_id)

    def refusal(self, order_id: UUID) -> ProblemError:
        """What a visitor is told who may not see this order: one whose link is too old was known once."""
        is_old = self.link_token is not None and order_links.has_expired(self.link_token, order_id)
        return OrderLinkExpiredError() if is_old else OrderNotFoundError()


def check(connection: Connection, visitor: Visitor, order_id: UUID) -> None:
    """Raises OrderNotFoundError, also for an order of another owner, and NotAuthenticatedError; for a guest's link that
    was good once, OrderLinkExpiredError.
    """
    visitor.identify()
    if visitor.has_link(order_id):
        return
    if visitor.user_id is None:
        raise visitor.refusal(order_id)
    if order_details.owner_of(connection, order_id) != visitor.user_id and not visitor.reads_all:
        raise visitor.refusal(order_id)
