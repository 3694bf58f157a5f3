"""From a return that came in to its money at the provider, through both contexts' real code."""

from __future__ import annotations

import json
import uuid
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from functions.ordering.domain.returns import RequestedLine
from functions.ordering.service import order_cancellation, returns
from shared import audit, outbox
from shared.contexts.catalog.models.products import StockLevel
from shared.contexts.ordering.models.fulfilment import Return
from shared.contexts.ordering.models.orders import OrderItem
from shared.contexts.payments.models.refunds import Refund
from tests.factories import shipments
from tests.integration.payments.stage import Stage
from tests.integration.payments.test_order_events import a_captured_payment, deliver, refunds_at_provider
from tests.support import database_logins


def requests(stage: Stage) -> list[str]:
    """What ordering asked for, as the bus hands it to payments."""
    stage.db.rollback()
    found: list[Any] = list(
        stage.db.execute(text("SELECT payload FROM outbox_events WHERE type = 'RefundRequested' ORDER BY id")).scalars()
    )
    message = json.loads(Path("events/domain/RefundRequested.json").read_text())
    return [json.dumps(message | {"detail": message["detail"] | {"data": payload}}) for payload in found]


def come_back(order_id: uuid.UUID, item_id: uuid.UUID, quantity: int) -> uuid.UUID:
    """Units of a delivered order are asked for, approved and received."""
    return copy_context().run(_come_back, order_id, item_id, quantity)


@database_logins.logged_in("ordering")
def _come_back(order_id: uuid.UUID, item_id: uuid.UUID, quantity: int) -> uuid.UUID:
    audit.acting(audit.SYSTEM)
    with outbox.unit_of_work() as connection:
        asked = returns.request(connection, order_id, [RequestedLine(item_id, quantity, "damaged")], note=None)
        returns.decide(connection, asked.id, approve=True, note=None, version=1, actor="admin:test")
        returns.receive(connection, asked.id, restock={}, actor="admin:test")
    return asked.id


@pytest.mark.parametrize("card", ["pm_card_visa", "pm_card_pendingRefund"])
def test_the_money_of_a_return_goes_back_and_the_return_says_so(card: str, stage: Stage) -> None:
    """Also where the provider takes its time: the order is told when it begins, the return when it is done."""
    payment = a_captured_payment(stage, card=card, amount=3001, quantity=3)
    assert stage.deliver(*stage.events("charge.succeeded")) == []
    order_id = stage.order_of(payment).id
    item_id = stage.db.query(OrderItem.id).scalar()
    shipments.sent(stage.db, order_id, delivered=True)

    first, second = come_back(order_id, item_id, 2), come_back(order_id, item_id, 1)
    assert deliver(*requests(stage)) == []
    stage.settle()
    stage.resolve_refunds()

    stage.db.rollback()
    assert {stage.db.get_one(Return, one).status for one in (first, second)} == {"refunded"}
    assert {refund.status for refund in stage.db.query(Refund)} == {"succeeded"}
    paid_for_the_line = stage.db.query(OrderItem.total_amount).scalar()
    assert sum(refunds_at_provider(stage)) == paid_for_the_line
    asked_for = stage.db.execute(text("SELECT sum(refund_amount) FROM return_lines")).scalar_one()
    assert asked_for == paid_for_the_line
    assert stage.db.query(StockLevel.on_hand).scalar() == 10


def test_a_cancelled_order_gets_all_its_money_back(stage: Stage) -> None:
    payment = a_captured_payment(stage, amount=2500, quantity=2)
    with database_logins.logged_in("ordering"), outbox.unit_of_work() as connection:
        order_cancellation.cancel_once(connection, stage.order_of(payment).id, reason=None)
    assert deliver(*requests(stage)) == []
    assert refunds_at_provider(stage) == [2500]
    stage.db.refresh(payment)
    assert payment.status == "refunded"
    assert stage.order_of(payment).status == "refunded"
