"""How much of a payment a refund is: arithmetic in minor units, exact to the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from functions.payments.repository.refunds import LineRow, NewLine
from shared import money
from shared.contexts.ordering.order_units import LineUnits


@dataclass(frozen=True, slots=True)
class Refundable:
    """What of a payment can still be refunded, and how much of that is tax."""

    amount: int
    tax_amount: int


@dataclass(frozen=True, slots=True)
class UnitsToRefund:
    """Units of a line that somebody refunds."""

    order_item_id: UUID
    quantity: int
    restock: bool | None = None
    """Whether they go back to stock; None: those that were not handed over."""
    handed_over: bool = False
    """Whether they are units that the customer has; else those that are not handed over yet come first."""


def units_left(known: LineRow) -> int:
    """Units of a line that are not refunded or about to be."""
    return known.quantity - known.refunded_quantity


def units_of_line(known: LineRow, quantity: int, currency: str) -> NewLine:
    """So many units of a line: the share of all units refunded by then, less what was refunded for it. So all refunds
    of a line together are exactly what was paid for it, in whatever parts, and whichever of them failed.
    """
    units = known.refunded_quantity + quantity
    return NewLine(
        order_item_id=known.id,
        quantity=quantity,
        amount=max(0, money.share(known.total_amount, units, known.quantity, currency) - known.refunded_amount),
        tax_amount=max(0, known.tax_amount * units // known.quantity - known.refunded_tax),
    )


def tax_in(left: Refundable, amount: int, lines: Sequence[NewLine] = ()) -> int:
    """The tax in a refund of `amount`: that of its lines, or in proportion; all that is left of it with the last."""
    if amount >= left.amount:
        return min(left.tax_amount, amount)
    share = sum(line.tax_amount for line in lines) if lines else left.tax_amount * amount // left.amount
    return min(share, left.tax_amount, amount)


def with_stock(line: NewLine, asked: UnitsToRefund, known: LineUnits) -> NewLine:
    """The line with how many of its units are taken off what is to be handed over, and how many go back to stock.

    Units of a refund that failed after it had succeeded are off already; they are the first to be refunded again.
    """
    off_already = max(0, known.removed - known.refunded)
    unshipped = 0 if asked.handed_over else min(max(0, asked.quantity - off_already), known.remaining)
    restock = unshipped if asked.restock is None else asked.quantity if asked.restock else 0
    return replace(line, unshipped_quantity=unshipped, restock_quantity=restock)


def capped(lines: Sequence[NewLine], amount: int, currency: str) -> tuple[NewLine, ...]:
    """The lines, reduced in proportion where together they are more than `amount`."""
    total = sum(line.amount for line in lines)
    if total <= amount:
        return tuple(lines)
    reduced: list[NewLine] = []
    before = 0
    for line in lines:
        after = before + line.amount
        share = money.share(amount, after, total, currency) - money.share(amount, before, total, currency)
        tax = line.tax_amount * share // line.amount if line.amount else 0
        reduced.append(replace(line, amount=share, tax_amount=tax))
        before = after
    return tuple(reduced)
