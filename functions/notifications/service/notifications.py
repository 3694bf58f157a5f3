"""The notification of each event, and its recipient: a table for each worker.

The workers are separate, so that a flood of one sort delays no other: the mail that resets a password is needed at
once, those about orders soon, and offers have time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Generic, Protocol, TypeVar
from uuid import UUID

from functions.notifications.repository import customers, orders
from functions.notifications.service import links
from functions.notifications.settings import NotificationSettings
from shared import settings
from shared.clients.database import Connection
from shared.contexts.catalog.events import BackInStock, PriceDropped, StockLow
from shared.contexts.identity.events import (
    AccountErasureCancelled,
    AccountErasurePostponed,
    AccountErasureRequested,
    EmailChanged,
    EmailVerificationRequested,
    PasswordChanged,
    PasswordResetRequested,
    PersonalDataExported,
    RefreshTokenReused,
    UserRolesChanged,
)
from shared.contexts.moderation.events import AppealDecided, ModerationActionTaken, ReportDecided
from shared.contexts.ordering.events import CartAbandoned, OrderDelivered, OrderPaid, OrderShipped, ReturnDecided
from shared.contexts.payments.events import DisputeOpened, OrderRefunded
from shared.events import DomainEvent

E = TypeVar("E", bound=DomainEvent)
E_contra = TypeVar("E_contra", bound=DomainEvent, contravariant=True)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient, and values and headers of the message."""

    email: str
    language: str
    values: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


class FindRecipient(Protocol[E_contra]):
    """Finds the recipient of the notification of an event; None where there is none."""

    def __call__(self, connection: Connection, event: E_contra, /) -> Recipient | None: ...


@dataclass(frozen=True, slots=True)
class Notification(Generic[E]):
    """The notification of one type of event. Events with the same `subject_id` make one message; without it, every
    event makes one.
    """

    event: type[E]
    kind: str
    """Names the templates, and the message in reports of SES."""
    recipient: FindRecipient[E]
    subject_id: Callable[[E], UUID] | None = None

    def key(self, event_id: UUID, event: E) -> str:
        """The same for two events that make one message."""
        return f"{self.kind}:{self.subject_id(event) if self.subject_id else event_id}"


class _ToCustomer(Protocol):
    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


class _AboutOrder(_ToCustomer, Protocol):
    @property
    def order_id(self) -> UUID: ...


class _ToSubscriber(_ToCustomer, Protocol):
    @property
    def user_id(self) -> UUID: ...


def _buyer(connection: Connection, event: _AboutOrder) -> Recipient:
    order = orders.by_id(connection, event.order_id)
    link = links.order(event.order_id, order.guest_since if order else None, event.language)
    return Recipient(event.email, event.language, {"link": link, "method": order.method if order else None})


def _subscriber(connection: Connection, event: _ToSubscriber, link: str) -> Recipient | None:
    """Reads the current consent: it may have been withdrawn since the event."""
    if not customers.accepts_offers(connection, event.user_id):
        return None
    unsubscribe, headers = links.unsubscribe(event.user_id, event.language)
    return Recipient(event.email, event.language, {"link": link, "unsubscribe": unsubscribe}, headers)


def _wishlist_owner(connection: Connection, event: BackInStock | PriceDropped) -> Recipient | None:
    return _subscriber(connection, event, links.product(event.slug, event.language))


def _cart_owner(connection: Connection, event: CartAbandoned) -> Recipient | None:
    return _subscriber(connection, event, links.page("/cart", event.language))


def _email_verification(_connection: Connection, event: EmailVerificationRequested) -> Recipient | None:
    if event.expires_at <= datetime.now(UTC):
        return None
    values = {
        "link": links.verify_email(event.request_id, event.language),
        "denial_link": links.deny_email(event.user_id, event.email, event.language),
    }
    return Recipient(event.email, event.language, values)


def _password_reset(_connection: Connection, event: PasswordResetRequested) -> Recipient | None:
    if event.expires_at <= datetime.now(UTC):
        return None
    return Recipient(event.email, event.language, {"link": links.reset_password(event.request_id, event.language)})


def _erasure_requested(_connection: Connection, event: AccountErasureRequested) -> Recipient | None:
    if event.due_at <= datetime.now(UTC):
        return None
    return Recipient(event.email, event.language, {"link": links.keep_account(event.request_id, event.language)})


def _erasure_postponed(_connection: Connection, event: AccountErasurePostponed) -> Recipient:
    return Recipient(event.email, event.language)


def _data_exported(_connection: Connection, event: PersonalDataExported) -> Recipient | None:
    if event.expires_at <= datetime.now(UTC):
        return None
    return Recipient(event.email, event.language, {"link": links.page("/account/privacy", event.language)})


def _account_owner(_connection: Connection, event: _ToCustomer) -> Recipient:
    return Recipient(event.email, event.language, {"link": links.page("/forgot", event.language)})


def _former_address(_connection: Connection, event: EmailChanged) -> Recipient | None:
    if event.expires_at <= datetime.now(UTC):
        return None
    return Recipient(event.email, event.language, {"link": links.revert_email(event.request_id, event.language)})


def _whom_it_concerns(
    _connection: Connection, event: ModerationActionTaken | AppealDecided | ReportDecided
) -> Recipient | None:
    if event.email is None or event.language is None:
        return None
    return Recipient(event.email, event.language, {"link": links.page("/account/moderation", event.language)})


def _sanctioned(connection: Connection, event: ModerationActionTaken) -> Recipient | None:
    """What undoes an action is no sanction: an appeal has its own letter."""
    return _whom_it_concerns(connection, event) if event.appeal_ends_at is not None else None


def _operator(_connection: Connection, _event: DomainEvent) -> Recipient | None:
    operator = settings.load(NotificationSettings)
    return Recipient(operator.operator_email, operator.operator_language) if operator.operator_email else None


Notifications = Mapping[str, Notification[Any]]


def _by_type(*notifications: Notification[Any]) -> Notifications:
    return {notification.event.detail_type(): notification for notification in notifications}


ACCOUNT_NOTIFICATIONS: Final = _by_type(
    Notification(EmailVerificationRequested, "email_verification", _email_verification, lambda event: event.request_id),
    Notification(PasswordResetRequested, "password_reset", _password_reset, lambda event: event.request_id),
    Notification(PersonalDataExported, "personal_data_exported", _data_exported, lambda event: event.export_id),
    Notification(AccountErasureRequested, "erasure_requested", _erasure_requested, lambda event: event.request_id),
    Notification(AccountErasurePostponed, "erasure_postponed", _erasure_postponed),
)
SECURITY_NOTIFICATIONS: Final = _by_type(
    Notification(PasswordChanged, "password_changed", _account_owner),
    Notification(EmailChanged, "email_changed", _former_address, lambda event: event.request_id),
    Notification(AccountErasureCancelled, "erasure_cancelled", _account_owner),
    Notification(UserRolesChanged, "roles_changed", _account_owner),
    Notification(RefreshTokenReused, "session_ended", _account_owner),
    Notification(ModerationActionTaken, "moderation_action", _sanctioned, lambda event: event.action_id),
    Notification(AppealDecided, "appeal_decided", _whom_it_concerns, lambda event: event.appeal_id),
    Notification(ReportDecided, "report_decided", _whom_it_concerns, lambda event: event.report_id),
)
ORDER_NOTIFICATIONS: Final = _by_type(
    Notification(OrderPaid, "order_confirmation", _buyer, lambda event: event.order_id),
    Notification(OrderShipped, "order_shipped", _buyer, lambda event: event.shipment_id),
    Notification(OrderDelivered, "order_delivered", _buyer, lambda event: event.order_id),
    Notification(OrderRefunded, "order_refunded", _buyer, lambda event: event.refund_id),
    Notification(ReturnDecided, "return_decided", _buyer, lambda event: event.return_id),
)
OFFER_NOTIFICATIONS: Final = _by_type(
    Notification(BackInStock, "back_in_stock", _wishlist_owner),
    Notification(PriceDropped, "price_dropped", _wishlist_owner),
    Notification(CartAbandoned, "cart_abandoned", _cart_owner),
)
SHOP_NOTIFICATIONS: Final = _by_type(
    Notification(StockLow, "stock_low", _operator),
    Notification(DisputeOpened, "dispute_opened", _operator, lambda event: event.dispute_id),
)
