"""Events as the bus hands them over, and the workers that they are delivered to."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from functions.notifications.service.notifications import (
    ACCOUNT_NOTIFICATIONS,
    OFFER_NOTIFICATIONS,
    ORDER_NOTIFICATIONS,
    SECURITY_NOTIFICATIONS,
    SHOP_NOTIFICATIONS,
)
from shared import outbox
from shared.contexts.identity.models.accounts import User
from shared.contexts.ordering import orders
from tests.factories import payments
from tests.support import database_logins, triggers
from tests.support.lambda_client import Context

ROOT = Path(__file__).parents[3]
NOBODY_FAILED: dict[str, Any] = {"batchItemFailures": []}
NOTICES = {
    "on_account_events": ACCOUNT_NOTIFICATIONS,
    "on_security_events": SECURITY_NOTIFICATIONS,
    "on_order_events": ORDER_NOTIFICATIONS,
    "on_offer_events": OFFER_NOTIFICATIONS,
    "on_shop_events": SHOP_NOTIFICATIONS,
}
WORKER_OF = {name: worker for worker, notices in NOTICES.items() for name in notices}
OPERATOR = "owner@example.com"
OPERATORS = set(SHOP_NOTIFICATIONS)
OFFERS = set(OFFER_NOTIFICATIONS)


def consenting(db: Session, user: User) -> User:
    user.marketing_consent_at = datetime.now(UTC)
    db.commit()
    return user


def message(event: str, user: User | None = None, **changed: Any) -> dict[str, Any]:
    """The sample of the event as a new one, about `user`, of now on."""
    document: dict[str, Any] = json.loads((ROOT / "events" / "domain" / f"{event}.json").read_text())
    document["detail"]["id"] = str(uuid.uuid4())
    data = document["detail"]["data"]
    for until in {"expires_at", "due_at"} & set(data):
        data[until] = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    if user is not None and "user_id" in data:
        data["user_id"] = str(user.id)
    data |= changed
    return document


def placed(db: Session, buyer: User | None) -> uuid.UUID:
    """The id of an order, a guest's where no buyer is given."""
    checkout_id = payments.checkout(db, buyer).id
    with database_logins.logged_in("ordering"), outbox.unit_of_work() as connection:
        return orders.place(connection, checkout_id, actor="customer")


def deliver(*bodies: Any, worker: str | None = None) -> Any:
    """What the worker of the first event answers to a batch; the ids of the messages are 0, 1, 2 ..."""
    sample = json.loads((ROOT / "events" / "notifications" / "on_order_events.json").read_text())["Records"][0]
    records = [
        {**sample, "messageId": str(number), "body": body if isinstance(body, str) else json.dumps(body)}
        for number, body in enumerate(bodies)
    ]
    return handler_of(worker or WORKER_OF[bodies[0]["detail-type"]])({"Records": records}, Context())


def handler_of(worker: str) -> Any:
    return triggers.handler(f"notifications.{worker}")
