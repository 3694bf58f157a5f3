"""How much of a payment a refund is: arithmetic in minor units, exact to the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from functions.payments.repository.refunds import LineRow, NewLine


@dataclass(frozen=True, slots=True)
class Left:
    """What of a payment can still be given back, and how much of that is tax."""

    amount: int
    tax_amount: int


def units_left(known: LineRow) -> int:
    """Units of a line that are not refunded or about to be."""
    return known.quantity - known.refunded_quantity


def units_of_line(known: LineRow, quantity: int) -> NewLine:
    """So many units of a line: the share of all units refunded by then, less what was given back for it. So all refunds
    of a line together are exactly what was paid for it, in whatever parts, and whichever of them failed.
    """
    units = known.refunded_quantity + quantity
    return NewLine(
        order_item_id=known.id,
        quantity=quantity,
        amount=max(0, known.total_amount * units // known.quantity - known.refunded_amount),
        tax_amount=max(0, known.tax_amount * units // known.quantity - known.refunded_tax),
    )


def tax_in(left: Left, amount: int, lines: Sequence[NewLine] = ()) -> int:
    """The tax in a refund of `amount`: that of its lines, or in proportion; all that is left of it with the last."""
    if amount >= left.amount:
        return min(left.tax_amount, amount)
    wanted = sum(line.tax_amount for line in lines) if lines else left.tax_amount * amount // left.amount
    return min(wanted, left.tax_amount, amount)
