"""The mail that tells of an event."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from functions.notifications import messages
from functions.notifications.providers import ses
from functions.notifications.service.delivery import Outcome, deliver_once
from functions.notifications.service.notices import Notice
from functions.notifications.settings import MailSettings
from shared import erased, settings
from shared.clients.database import Connection
from shared.events import DomainEvent

E = TypeVar("E", bound=DomainEvent)


def tell(connection: Connection, notice: Notice[E], event_id: UUID, event: E) -> Outcome:
    """Send the mail, once. Raises what `deliver_once` raises."""
    address = notice.address(connection, event)
    if address is None or erased.is_erased(address.email):
        return Outcome.UNWANTED

    def send() -> str:
        message = messages.compose(
            notice.kind, address.language, {"event": event, **address.values}, headers=address.headers
        )
        sender = settings.load(MailSettings).mail_from
        return ses.send(sender=sender, to=address.email, message=message, kind=notice.kind)

    key = notice.key(event_id, event)
    return deliver_once(connection, key=key, kind=notice.kind, channel="email", recipient=address.email, send=send)
