"""Sends the notification of an event, once, however often the event is delivered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar
from uuid import UUID

from shared.worker import EventRecord, Failure
from functions.notifications.errors import DeliveryInProgressError
from functions.notifications.providers import ses
from functions.notifications.service import messages
from functions.notifications.service.delivery import Outcome, deliver_once
from functions.notifications.service.notifications import Notification, Notifications
from functions.notifications.settings import NotificationSettings
from shared import log, metrics, settings
from shared.clients import database
from shared.clients.database import Connection
from shared.contexts.identity import pseudonyms
from shared.events import DomainEvent

E = TypeVar("E", bound=DomainEvent)

FAILURE: Final = Failure(
    "mail postponed",
    metric="MailsPostponed",
    expected={DeliveryInProgressError: "mail left to the worker that is sending it"},
)


def event_actions(notifications: Notifications) -> dict[type[DomainEvent], Callable[[DomainEvent, EventRecord], None]]:
    """The action of a worker for each type of event: sends the notification, counts and logs its outcome."""

    def notify(event: DomainEvent, record: EventRecord) -> None:
        notification = notifications[event.detail_type()]
        log.add_fields(kind=notification.kind)
        outcome = send_notification(database.connection(), notification, record.event_id, event)
        metrics.count(f"Mails{outcome.value.title()}")
        log.logger().info("notification handled", extra={"outcome": outcome.value})

    return {notification.event: notify for notification in notifications.values()}


def send_notification(connection: Connection, notification: Notification[E], event_id: UUID, event: E) -> Outcome:
    """Send the notification, once. Raises what `deliver_once` raises."""
    recipient = notification.recipient(connection, event)
    if recipient is None or pseudonyms.is_erased(recipient.email):
        return Outcome.UNWANTED

    def send() -> str:
        message = messages.compose(
            notification.kind, recipient.language, {"event": event, **recipient.values}, headers=recipient.headers
        )
        sender = settings.load(NotificationSettings).mail_from
        return ses.send(sender=sender, to=recipient.email, message=message, kind=notification.kind)

    return deliver_once(
        connection,
        key=notification.key(event_id, event),
        kind=notification.kind,
        channel="email",
        recipient=recipient.email,
        send=send,
    )
