"""Returns: asked for within the window after the delivery, decided, received, and then paid back.

requested -> approved -> received -> refunded, or requested -> rejected. Payments' word makes it refunded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid4

from functions.ordering.errors import IllegalReturnMoveError, ReturnNotFoundError, ReturnWindowOverError
from functions.ordering.repository import returns
from functions.ordering.repository.returns import NewLine, ReceivedLine, ReturnRow, UnitsRow
from functions.ordering.service import access
from functions.ordering.service.access import Visitor
from functions.ordering.service.shipments import check_units
from functions.ordering.settings import OrderingSettings
from shared import audit, outbox, settings
from shared.audit import Subject
from shared.clients.database import Connection
from shared.errors import VersionConflictError
from shared.events import RefundLine, RefundRequested, ReturnDecided
from shared.transactions import order_records, stock
from shared.transactions.order_records import OrderNotFoundError, OrderRow


class ReturnStatus(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    RECEIVED = "received"
    REFUNDED = "refunded"


class ReturnReason(StrEnum):
    DAMAGED = "damaged"
    DEFECTIVE = "defective"
    WRONG_ITEM = "wrong_item"
    NOT_AS_DESCRIBED = "not_as_described"
    ARRIVED_LATE = "arrived_late"
    NO_LONGER_WANTED = "no_longer_wanted"
    OTHER = "other"


LEGAL_MOVES: Final[dict[ReturnStatus, frozenset[ReturnStatus]]] = {
    ReturnStatus.REQUESTED: frozenset({ReturnStatus.APPROVED, ReturnStatus.REJECTED}),
    ReturnStatus.APPROVED: frozenset({ReturnStatus.RECEIVED}),
    ReturnStatus.REJECTED: frozenset(),
    ReturnStatus.RECEIVED: frozenset({ReturnStatus.REFUNDED}),
    ReturnStatus.REFUNDED: frozenset(),
}

RESTOCK_REASON: Final = "returned"


def request(connection: Connection, order_id: UUID, lines: Sequence[NewLine], *, note: str | None) -> ReturnRow:
    """Ask to send units back. Raises OrderNotFoundError, ReturnWindowOverError, UnitsExceededError, ValidationError."""
    order_records.lock_order(connection, order_id)
    units = returns.units(connection, order_id, window=_window())
    wanted = {line.order_item_id: line.quantity for line in lines}
    check_units(wanted, {unit.id: unit.returnable_at_any_time for unit in units})
    if any(unit.id in wanted and wanted[unit.id] > unit.returnable for unit in units):
        raise ReturnWindowOverError(days=_window().days)
    return _found(connection, returns.insert(connection, order_id, lines, note=note))


def show(connection: Connection, visitor: Visitor, return_id: UUID) -> ReturnRow:
    """A return of the caller's order. Raises ReturnNotFoundError and NotAuthenticatedError."""
    visitor.identify()
    found = _found(connection, return_id)
    try:
        access.check(connection, visitor, found.order_id)
    except OrderNotFoundError as error:
        raise ReturnNotFoundError from error
    return found


def decide(
    connection: Connection, return_id: UUID, *, approve: bool, note: str | None, version: int, actor: str
) -> ReturnRow:
    """Say whether the customer may send it back. Raises ReturnNotFoundError, VersionConflictError and
    IllegalReturnMoveError.
    """
    found, order = _lock(connection, return_id)
    if found.version != version:
        raise VersionConflictError(f"The return is at version {found.version}", version=found.version)
    _check(found, ReturnStatus.REQUESTED)
    returns.decide(connection, return_id, approved=approve, note=note, actor=actor)
    event = ReturnDecided(
        return_id=return_id,
        order_id=order.id,
        number=order.number,
        email=order.email,
        language=order.language,
        approved=approve,
        note=note,
    )
    outbox.record(connection, event)
    decided = _found(connection, return_id)
    changes = {"status": (found.status, decided.status)}
    audit.record(connection, "return.decided", Subject("return", return_id), changes=changes, reason=note)
    return decided


def receive(connection: Connection, return_id: UUID, *, restock: Mapping[UUID, bool], actor: str) -> ReturnRow:
    """The units are back: those that can be sold again go on the shelf, and payments is asked for the money.

    What `restock` does not name is sold again. Raises ReturnNotFoundError, IllegalReturnMoveError and ValidationError.
    """
    found, order = _lock(connection, return_id)
    _check(found, ReturnStatus.APPROVED)
    quantities = {UUID(line["order_item_id"]): int(line["quantity"]) for line in found.lines}
    check_units(dict.fromkeys(restock, 1), dict.fromkeys(quantities, 1))
    units = [unit for unit in returns.units(connection, order.id, window=_window()) if unit.id in quantities]
    lines = [
        RefundLine(
            order_item_id=unit.id, quantity=quantities[unit.id], amount=share_of_units(unit, quantities[unit.id])
        )
        for unit in units
    ]
    request_id = _ask_for_refund(connection, order, lines)
    received = [ReceivedLine(line.order_item_id, restock.get(line.order_item_id, True), line.amount) for line in lines]
    returns.receive(connection, return_id, received, request_id=request_id, actor=actor)
    sold_again: dict[UUID, int] = {}
    for unit in units:
        if restock.get(unit.id, True):
            sold_again[unit.variant_id] = sold_again.get(unit.variant_id, 0) + quantities[unit.id]
    stock.put_back(connection, sold_again, reference=return_id, reason=RESTOCK_REASON, actor=actor)
    after = _found(connection, return_id)
    changes = audit.differences({"status": found.status}, {"status": after.status, "lines": after.lines})
    audit.record(connection, "return.received", Subject("return", return_id), changes=changes)
    return after


def share_of_units(unit: UnitsRow, quantity: int) -> int:
    """What was paid for the next units of the line, in minor units: the shares of all units are exactly the line's
    total, in whatever portions they come back. (payments counts in the same way, what administrators refund as well.)
    """
    before = min(unit.received + unit.refunded_by_hand, unit.quantity)
    after = min(before + quantity, unit.quantity)
    return unit.total_amount * after // unit.quantity - unit.total_amount * before // unit.quantity


def _ask_for_refund(connection: Connection, order: OrderRow, lines: list[RefundLine]) -> UUID | None:
    amount = sum(line.amount for line in lines)
    if amount == 0:
        return None
    request_id = uuid4()
    outbox.record(
        connection,
        RefundRequested(
            request_id=request_id,
            order_id=order.id,
            amount=amount,
            currency=order.currency,
            reason="returned",
            lines=lines,
        ),
    )
    return request_id


def _lock(connection: Connection, return_id: UUID) -> tuple[ReturnRow, OrderRow]:
    """The order is locked, and with it whatever belongs to it; then the return is read as it is."""
    order = order_records.lock_order(connection, _found(connection, return_id).order_id)
    return _found(connection, return_id), order


def _found(connection: Connection, return_id: UUID) -> ReturnRow:
    found = returns.find(connection, return_id)
    if found is None:
        raise ReturnNotFoundError
    return found


def _check(found: ReturnRow, needed: ReturnStatus) -> None:
    if found.status != needed:
        raise IllegalReturnMoveError(
            f"The return is {found.status}",
            return_status=found.status,
            legal=sorted(LEGAL_MOVES[ReturnStatus(found.status)]),
        )


def _window() -> timedelta:
    return timedelta(days=int(settings.load(OrderingSettings).return_window_days))
