"""The mail that confirms a paid order."""

from __future__ import annotations

from typing import Final

from functions.notifications import messages
from functions.notifications.providers import ses
from functions.notifications.service.delivery import Outcome, deliver_once
from functions.notifications.settings import MailSettings
from shared import settings
from shared.clients.database import Connection
from shared.events import OrderPaid

KIND: Final = "order_confirmation"


def confirm(connection: Connection, order: OrderPaid) -> Outcome:
    """Send the confirmation, once per order. Raises what `deliver_once` raises."""

    def send() -> str:
        message = messages.order_confirmation(order)
        sender = settings.load(MailSettings).mail_from
        return ses.send(sender=sender, to=order.email, message=message, kind=KIND)

    return deliver_once(
        connection, key=f"{KIND}:{order.order_id}", kind=KIND, channel="email", recipient=order.email, send=send
    )
