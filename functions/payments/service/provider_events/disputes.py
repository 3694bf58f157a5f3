"""Events about disputes: the dispute is read again, under the payment's lock."""

from __future__ import annotations

from functions.payments.providers.events import ProviderEvent
from functions.payments.providers.port import Provider
from functions.payments.repository.payments import PaymentRow
from functions.payments.service import disputes
from functions.payments.service.provider_events.effects import APPLIED, IGNORED, Effect
from shared.clients.database import Connection


def apply(tx: Connection, payment: PaymentRow, event: ProviderEvent, provider: Provider) -> Effect:
    """Bring our dispute to where the provider's is; the payment is locked."""
    assert event.object_id is not None
    changed = disputes.settle(tx, payment, provider.dispute(event.object_id))
    return APPLIED if changed else IGNORED
