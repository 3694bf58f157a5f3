"""What ordering tells the bus looks like the samples that consumers are tested with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from shared.contexts.ordering.events import (
    OrderDelivered,
    OrderPaid,
    OrderPlaced,
    OrderShipped,
    OrderStatusChanged,
    RefundRequested,
    ReturnDecided,
)
from shared.events import DomainEvent, EventEnvelope
from tests.factories.ordering import Shopper, lapse, pay, variant
from tests.integration.ordering import fulfilment
from tests.support.cloud import Cloud

SAMPLES = Path(__file__).parents[3] / "events" / "domain"


def shape(document: Any) -> Any:
    """Names and types, without values."""
    if isinstance(document, dict):
        return {name: shape(value) for name, value in document.items()}
    return [shape(document[0])] if isinstance(document, list) and document else type(document).__name__


@pytest.mark.parametrize("kind", [OrderPlaced, OrderPaid, OrderStatusChanged])
def test_an_event_has_the_shape_of_its_sample(
    kind: type[DomainEvent], guest: Shopper, expire: Any, db: Session, aws: Cloud
) -> None:
    pay(guest.buy(variant(db))["checkout_id"])
    lapse(db, guest.buy(variant(db))["checkout_id"])
    expire()
    sent = next(event for event in aws.published() if event["detail-type"] == kind.detail_type())
    sample = json.loads((SAMPLES / f"{kind.__name__}.json").read_text())
    assert shape(sent["detail"]) == shape(sample["detail"])
    assert (sample["source"], sample["detail-type"]) == (kind.source, kind.detail_type())
    kind.model_validate(EventEnvelope.model_validate(sample["detail"]).data)


def test_the_events_after_the_sale_have_the_shape_of_their_samples(
    customer: Shopper, admin: Shopper, db: Session, aws: Cloud
) -> None:
    order = fulfilment.placed(customer, variant(db), 2)
    parcel = fulfilment.ship(admin, order, carrier="ups", tracking_number="1Z999AA10123456784").json()
    fulfilment.deliver(admin, parcel)
    asked = fulfilment.send_back(customer, order, {order["items"][0]["id"]: 1}).json()
    fulfilment.receive(admin, fulfilment.decide(admin, asked, approve=True, note="Use the label.").json())
    sent = {event["detail-type"]: event for event in aws.published()}
    for kind in (OrderShipped, OrderDelivered, ReturnDecided, RefundRequested):
        sample = json.loads((SAMPLES / f"{kind.__name__}.json").read_text())
        assert shape(sent[kind.detail_type()]["detail"]) == shape(sample["detail"]), kind
