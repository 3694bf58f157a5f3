"""Orders that left, and arrived."""

from __future__ import annotations

from contextvars import copy_context
from uuid import UUID

from sqlalchemy.orm import Session

from functions.ordering.domain.carriers import Carrier
from functions.ordering.domain.shipments import ShipmentUpdate, Tracking
from functions.ordering.service import shipments
from shared import audit, outbox
from shared.contexts.ordering.models.fulfilment import Shipment
from tests.support import database_logins


def sent(db: Session, order_id: UUID, *, delivered: bool = False) -> Shipment:
    """The shipment of all that is left of a paid order; `delivered`, it arrived at once."""
    shipment_id = copy_context().run(_send, order_id, delivered=delivered)
    db.rollback()
    return db.get_one(Shipment, shipment_id)


@database_logins.logged_in("ordering")
def _send(order_id: UUID, *, delivered: bool) -> UUID:
    audit.acting(audit.SYSTEM)
    with outbox.unit_of_work() as connection:
        tracking = Tracking(Carrier.DHL, "JD014600006281230701")
        row = shipments.ship(connection, order_id, None, tracking, actor="admin:factory")
        if delivered:
            update = ShipmentUpdate(None, None, delivered=True)
            shipments.change(connection, row.id, update, version=row.version, actor="admin:factory")
    return row.id
