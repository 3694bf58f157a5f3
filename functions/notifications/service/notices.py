"""Which event becomes which mail to whom: a table for each worker.

The workers are apart, so that a flood of one sort delays no other: somebody waits at the screen for a password's reset,
customers soon look for what became of their order, and offers have time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Generic, Protocol, TypeVar
from uuid import UUID

from functions.notifications import links, repository
from functions.notifications.settings import OperatorSettings
from shared import settings
from shared.clients.database import Connection
from shared.events import (
    AccountErasurePostponed,
    AccountErasureRequested,
    BackInStock,
    CartAbandoned,
    DisputeOpened,
    DomainEvent,
    EmailVerificationRequested,
    OrderDelivered,
    OrderPaid,
    OrderRefunded,
    OrderShipped,
    PasswordResetRequested,
    PersonalDataExported,
    PriceDropped,
    ReturnDecided,
    StockLow,
)

E = TypeVar("E", bound=DomainEvent)
E_contra = TypeVar("E_contra", bound=DomainEvent, contravariant=True)


@dataclass(frozen=True, slots=True)
class Address:
    """Who is written to, and what the mail leads to."""

    email: str
    language: str
    values: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


class Addressing(Protocol[E_contra]):
    """Finds out whom to tell of an event; None for nobody."""

    def __call__(self, connection: Connection, event: E_contra, /) -> Address | None: ...


@dataclass(frozen=True, slots=True)
class Notice(Generic[E]):
    """How one sort of event is told. `about` is what is told once however many events say it; without it, every event
    is told once.
    """

    event: type[E]
    kind: str
    """Names the templates, and the mail in SES's reports."""
    address: Addressing[E]
    about: Callable[[E], UUID] | None = None

    def key(self, event_id: UUID, event: E) -> str:
        """The same for two events that are one mail."""
        return f"{self.kind}:{self.about(event) if self.about else event_id}"


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


def _buyer(connection: Connection, event: _AboutOrder) -> Address:
    order = repository.order(connection, event.order_id)
    link = links.order(event.order_id, order.guest_since if order else None)
    return Address(event.email, event.language, {"link": link, "method": order.method if order else None})


def _subscriber(connection: Connection, event: _ToSubscriber, link: str) -> Address | None:
    """Consent is asked for now: it may have been withdrawn since the event."""
    if not repository.accepts_offers(connection, event.user_id):
        return None
    leave, headers = links.unsubscribe(event.user_id)
    return Address(event.email, event.language, {"link": link, "unsubscribe": leave}, headers)


def _wisher(connection: Connection, event: BackInStock | PriceDropped) -> Address | None:
    return _subscriber(connection, event, links.product(event.slug))


def _cart_owner(connection: Connection, event: CartAbandoned) -> Address | None:
    return _subscriber(connection, event, links.page("/cart"))


def _verifying(_connection: Connection, event: EmailVerificationRequested) -> Address | None:
    if event.expires_at <= datetime.now(UTC):
        return None
    return Address(event.email, event.language, {"link": links.verify_email(event.request_id)})


def _resetting(_connection: Connection, event: PasswordResetRequested) -> Address | None:
    if event.expires_at <= datetime.now(UTC):
        return None
    return Address(event.email, event.language, {"link": links.reset_password(event.request_id)})


def _leaving(_connection: Connection, event: AccountErasureRequested) -> Address | None:
    if event.due_at <= datetime.now(UTC):
        return None
    return Address(event.email, event.language, {"link": links.keep_account(event.request_id)})


def _waiting(_connection: Connection, event: AccountErasurePostponed) -> Address:
    return Address(event.email, event.language)


def _exported(_connection: Connection, event: PersonalDataExported) -> Address | None:
    if event.expires_at <= datetime.now(UTC):
        return None
    return Address(event.email, event.language, {"link": links.page("/account/privacy")})


def _operator(_connection: Connection, _event: DomainEvent) -> Address | None:
    who = settings.load(OperatorSettings)
    return Address(who.operator_email, who.operator_language) if who.operator_email else None


Notices = Mapping[str, Notice[Any]]


def _by_type(*notices: Notice[Any]) -> Notices:
    return {notice.event.detail_type(): notice for notice in notices}


ACCOUNT_NOTICES: Final = _by_type(
    Notice(EmailVerificationRequested, "email_verification", _verifying, lambda event: event.request_id),
    Notice(PasswordResetRequested, "password_reset", _resetting, lambda event: event.request_id),
    Notice(PersonalDataExported, "personal_data_exported", _exported, lambda event: event.export_id),
    Notice(AccountErasureRequested, "erasure_requested", _leaving, lambda event: event.request_id),
    Notice(AccountErasurePostponed, "erasure_postponed", _waiting),
)
ORDER_NOTICES: Final = _by_type(
    Notice(OrderPaid, "order_confirmation", _buyer, lambda event: event.order_id),
    Notice(OrderShipped, "order_shipped", _buyer, lambda event: event.shipment_id),
    Notice(OrderDelivered, "order_delivered", _buyer, lambda event: event.order_id),
    Notice(OrderRefunded, "order_refunded", _buyer, lambda event: event.refund_id),
    Notice(ReturnDecided, "return_decided", _buyer, lambda event: event.return_id),
)
OFFER_NOTICES: Final = _by_type(
    Notice(BackInStock, "back_in_stock", _wisher),
    Notice(PriceDropped, "price_dropped", _wisher),
    Notice(CartAbandoned, "cart_abandoned", _cart_owner),
)
SHOP_NOTICES: Final = _by_type(
    Notice(StockLow, "stock_low", _operator),
    Notice(DisputeOpened, "dispute_opened", _operator, lambda event: event.dispute_id),
)
