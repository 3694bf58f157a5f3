"""The money of the demo shop's orders, and what it enters into the books (as `payments` keeps them)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from functions.operations import demo_payment_repository as payments
from functions.operations.demo_order_repository import Placed
from functions.operations.service.demo_amounts import DemoPrice
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedUnits:
    """What came back, and when its money went. A line has `item`, `quantity`, `amount` and `tax_amount`."""

    request_id: UUID
    at: datetime
    lines: list[dict[str, Any]]

    @property
    def amount(self) -> int:
        return sum(line["amount"] for line in self.lines)

    @property
    def tax_amount(self) -> int:
        return sum(line["tax_amount"] for line in self.lines)


def intent_id(number: str) -> str:
    """What stands for the provider's id of an order's payment."""
    return f"sample_{number}"


def add(
    connection: Connection,
    price: DemoPrice,
    placed: Placed,
    *,
    number: str,
    user_id: UUID,
    paid_at: datetime,
    returned: ReturnedUnits | None,
) -> None:
    """The payment of an order, and the refund of what was returned."""
    total, refunded = price.total_amount, returned.amount if returned else 0
    status = "succeeded" if not refunded else "refunded" if refunded == total else "partially_refunded"
    payment_id = payments.add_payment(
        connection,
        _history(status, paid_at, returned),
        checkout_id=placed.checkout_id,
        order_id=placed.id,
        user_id=user_id,
        intent=intent_id(number),
        amount=total,
        currency=price.currency,
        status=status,
        status_at=returned.at if returned else paid_at,
        refunded=refunded,
        at=paid_at - timedelta(minutes=1),
    )
    about = _Payment(payment_id, placed, price, number)
    _post_payment(connection, about, paid_at)
    if returned is not None:
        _refund(connection, about, returned)


def _history(status: str, paid_at: datetime, returned: ReturnedUnits | None) -> list[dict[str, Any]]:
    steps = [(None, "requires_payment", paid_at - timedelta(minutes=1)), ("requires_payment", "succeeded", paid_at)]
    if returned is not None:
        steps.append(("succeeded", status, returned.at))
    return [{"before": before, "after": after, "created_at": at.isoformat()} for before, after, at in steps]


@dataclass(frozen=True, slots=True)
class _Payment:
    id: UUID
    placed: Placed
    price: DemoPrice
    number: str

    def post(self, connection: Connection, kind: str, source_id: str, entries: Mapping[str, int], at: datetime) -> None:
        payments.post(connection, kind, source_id, entries, payment_id=self.id, currency=self.price.currency, at=at)


def _post_payment(connection: Connection, about: _Payment, paid_at: datetime) -> None:
    total, shipping, tax = about.price.total_amount, about.price.untaxed_shipping_amount, about.price.tax_amount
    fee = total * 29 // 1000 + 30
    movements = {
        ("sale", str(about.placed.id)): {
            "customer_receivable": total,
            "sales": -(total - tax - shipping),
            "tax": -tax,
            "shipping": -shipping,
        },
        ("capture", f"sample_charge_{about.number}"): {"provider_balance": total, "customer_receivable": -total},
        ("fee", f"sample_fee_{about.number}"): {"provider_fees": fee, "provider_balance": -fee},
    }
    for (kind, source_id), entries in movements.items():
        about.post(connection, kind, source_id, entries, paid_at)


def _refund(connection: Connection, about: _Payment, returned: ReturnedUnits) -> None:
    source_id = f"sample_refund_{about.number}"
    payments.add_refund(
        connection,
        returned.lines,
        payment_id=about.id,
        order_id=about.placed.id,
        request_id=returned.request_id,
        amount=returned.amount,
        tax_amount=returned.tax_amount,
        currency=about.price.currency,
        provider_refund_id=source_id,
        at=returned.at,
    )
    entries = {
        "refunds": returned.amount - returned.tax_amount,
        "tax": returned.tax_amount,
        "provider_balance": -returned.amount,
    }
    about.post(connection, "refund", source_id, entries, returned.at)
