"""Returns: requested within the window after the delivery, decided, received, and then refunded by payments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID, uuid4

from functions.ordering.domain.order_units import check_units
from functions.ordering.domain.returns import RequestedLine, ReturnRow, ReturnStatus, check_status, refund_share
from functions.ordering.errors import ReturnWindowOverError
from functions.ordering.repository import returns
from functions.ordering.repository.returns import ReceivedLine
from functions.ordering.service import return_queries
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.catalog import stock
from shared.contexts.ordering import order_locks
from shared.contexts.ordering.events import RefundLine, RefundRequested, ReturnDecided
from shared.contexts.ordering.order_locks import LockedOrder
from shared.errors import VersionConflictError

RESTOCK_REASON: Final = "returned"


def request(connection: Connection, order_id: UUID, lines: Sequence[RequestedLine], *, note: str | None) -> ReturnRow:
    """Request a return of units.

    Raises OrderNotFoundError, ReturnWindowOverError, UnitsExceededError and ValidationError.
    """
    order_locks.lock_order(connection, order_id)
    window = return_queries.window()
    units = returns.units(connection, order_id, window=window)
    requested = {line.order_item_id: line.quantity for line in lines}
    check_units(requested, {unit.id: unit.returnable_at_any_time for unit in units})
    if any(unit.id in requested and requested[unit.id] > unit.returnable for unit in units):
        raise ReturnWindowOverError(days=window.days)
    return return_queries.get(connection, returns.insert(connection, order_id, lines, note=note))


def decide(
    connection: Connection, return_id: UUID, *, approve: bool, note: str | None, version: int, actor: str
) -> ReturnRow:
    """Approve or reject the return. Raises ReturnNotFoundError, VersionConflictError and
    InvalidReturnTransitionError.
    """
    current, order = _lock(connection, return_id)
    if current.version != version:
        raise VersionConflictError(current_version=current.version)
    check_status(current, ReturnStatus.REQUESTED)
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
    decided = return_queries.get(connection, return_id)
    changes = audit.differences({"status": current.status}, {"status": decided.status, "decision_note": note})
    audit.record(connection, "return.decided", Subject("return", return_id), changes=changes)
    return decided


def receive(connection: Connection, return_id: UUID, *, restock: Mapping[UUID, bool], actor: str) -> ReturnRow:
    """Record that the units were received: restock those that can be sold again, and request the refund. What is
    refunded for them is written by payments; where nothing was paid for them, the return is refunded with that.

    Lines that `restock` does not name are restocked. Raises ReturnNotFoundError, InvalidReturnTransitionError and
    ValidationError.
    """
    current, order = _lock(connection, return_id)
    check_status(current, ReturnStatus.APPROVED)
    quantities = {UUID(line["order_item_id"]): int(line["quantity"]) for line in current.lines}
    check_units(dict.fromkeys(restock, 1), dict.fromkeys(quantities, 1))
    units = [
        unit for unit in returns.units(connection, order.id, window=return_queries.window()) if unit.id in quantities
    ]
    lines = [
        RefundLine(
            order_item_id=unit.id,
            quantity=quantities[unit.id],
            amount=refund_share(unit, quantities[unit.id], order.currency),
        )
        for unit in units
    ]
    request_id = _request_refund(connection, order, lines)
    received = [ReceivedLine(line.order_item_id, restock.get(line.order_item_id, True)) for line in lines]
    returns.receive(connection, return_id, received, request_id=request_id, actor=actor)
    restocked: dict[UUID, int] = {}
    for unit in units:
        if restock.get(unit.id, True):
            restocked[unit.variant_id] = restocked.get(unit.variant_id, 0) + quantities[unit.id]
    stock.return_units(connection, restocked, reference=return_id, reason=RESTOCK_REASON, actor=actor)
    after = return_queries.get(connection, return_id)
    changes = audit.differences({"status": current.status}, {"status": after.status, "lines": after.lines})
    audit.record(connection, "return.received", Subject("return", return_id), changes=changes)
    return after


def _request_refund(connection: Connection, order: LockedOrder, lines: list[RefundLine]) -> UUID | None:
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


def _lock(connection: Connection, return_id: UUID) -> tuple[ReturnRow, LockedOrder]:
    """Lock the order, and with it all its parts; then read the return as it is."""
    order = order_locks.lock_order(connection, return_queries.get(connection, return_id).order_id)
    return return_queries.get(connection, return_id), order
