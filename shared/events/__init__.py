"""Domain events: typed documents, recorded in the outbox by the transaction that causes them.

Every event of the system stands here, by who tells it, because producer and consumers agree on it; `events/` holds a
sample of each.
"""

from __future__ import annotations

from shared.events.catalog import (
    BackInStock,
    CategoryChanged,
    PriceDropped,
    ProductChanged,
    ProductExportRequested,
    StockLow,
)
from shared.events.documents import BusMessage, DomainEvent, EventEnvelope
from shared.events.identity import (
    AccountErased,
    AccountErasurePostponed,
    AccountErasureRequested,
    EmailVerificationRequested,
    PasswordResetRequested,
    PasswordResetUnmatched,
    PersonalDataExported,
    PersonalDataExportRequested,
    UserRegistered,
)
from shared.events.media import MediaReady, MediaRejected
from shared.events.ordering import (
    CartAbandoned,
    OrderDelivered,
    OrderDelivery,
    OrderLine,
    OrderPaid,
    OrderPlaced,
    OrderShipped,
    OrderStatusChanged,
    RefundLine,
    RefundRequested,
    ReturnDecided,
)
from shared.events.payments import DisputeOpened, OrderRefunded

__all__ = [
    "AccountErased",
    "AccountErasurePostponed",
    "AccountErasureRequested",
    "BackInStock",
    "BusMessage",
    "CartAbandoned",
    "CategoryChanged",
    "DisputeOpened",
    "DomainEvent",
    "EmailVerificationRequested",
    "EventEnvelope",
    "MediaReady",
    "MediaRejected",
    "OrderDelivered",
    "OrderDelivery",
    "OrderLine",
    "OrderPaid",
    "OrderPlaced",
    "OrderRefunded",
    "OrderShipped",
    "OrderStatusChanged",
    "PasswordResetRequested",
    "PasswordResetUnmatched",
    "PersonalDataExportRequested",
    "PersonalDataExported",
    "PriceDropped",
    "ProductChanged",
    "ProductExportRequested",
    "RefundLine",
    "RefundRequested",
    "ReturnDecided",
    "StockLow",
    "UserRegistered",
]
