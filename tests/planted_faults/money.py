"""Faults in prices, stock, orders, payments and the books."""

from __future__ import annotations

import re
from typing import Final

from tests.planted_faults.fault import Edit, Fault

PRICING: Final = ("unit/ordering", "unit/contexts/ordering")
ORDERING: Final = ("integration/ordering",)
PAYMENTS: Final = ("integration/payments",)

FAULTS: Final = (
    Fault(
        id="rounding",
        what="taxes and discounts are rounded down instead of to the nearest unit",
        edits=(
            Edit(
                "return (2 * numerator + denominator) // (2 * denominator)",
                "return numerator // denominator",
                every=True,
            ),
            Edit(
                "return (2 * numerator + denominator * step) // (2 * denominator * step) * step",
                "return numerator // (denominator * step) * step",
            ),
        ),
        tests=PRICING,
        keyword="examples",
    ),
    Fault(
        id="shared-discount",
        what="a discount that is shared out loses one unit",
        edits=(
            Edit("by_remainder[: amount - sum(shares)]", "by_remainder[1 : amount - sum(shares)]"),
            Edit("by_remainder[: (amount - sum(shares)) // step]", "by_remainder[1 : (amount - sum(shares)) // step]"),
        ),
        tests=PRICING,
        keyword="examples",
    ),
    Fault(
        id="currency-exponent",
        what="yen and won get two decimal places",
        edits=(
            Edit("return 0 if code in _ZERO_DECIMAL else 3 if", "return 3 if"),
            Edit(
                "for places, codes in ((2, _TWO_DECIMAL), (0, _ZERO_DECIMAL), (3, _THREE_DECIMAL))",
                "for places, codes in ((2, _TWO_DECIMAL), (2, _ZERO_DECIMAL), (3, _THREE_DECIMAL))",
            ),
        ),
        tests=("unit/shared",),
        keyword="money",
    ),
    Fault(
        id="oversold",
        what="units are reserved that are not there",
        edits=(
            Edit(
                "WHERE s.variant_id = w.variant_id AND (s.on_hand - s.reserved >= w.quantity OR s.allow_backorder)",
                "WHERE s.variant_id = w.variant_id",
            ),
        ),
        tests=ORDERING,
        keyword="stock",
    ),
    Fault(
        id="hoarded",
        what="one network holds as much as it likes without paying",
        edits=(Edit("n.held + excluded.held <= l.share", "true"),),
        tests=ORDERING,
        keyword="reservations",
    ),
    Fault(
        id="declined",
        what="an intent takes any number of declined cards",
        edits=(Edit("0 if charge.took_money else figures.declines_of_checkout + 1", "0"),),
        tests=PAYMENTS,
        keyword="declined",
    ),
    Fault(
        id="restocked-twice",
        what="a cancelled order's units come back each time they are asked for",
        edits=(
            Edit(
                "WHERE reference = %(reference)s GROUP BY variant_id HAVING sum(quantity) < 0",
                "WHERE reference = %(reference)s AND quantity < 0 GROUP BY variant_id",
            ),
        ),
        tests=ORDERING,
        keyword="stock or cancel",
    ),
    Fault(
        id="coupon-limit",
        what="a coupon is redeemed more often than its limit",
        edits=(
            Edit(
                "WHERE c.id = locked.id AND (c.total_limit IS NULL OR c.redeemed_count < c.total_limit)",
                "WHERE c.id = locked.id",
            ),
        ),
        tests=ORDERING,
        keyword="coupon",
    ),
    Fault(
        id="status-transition",
        what="a shipped order can be cancelled",
        edits=(Edit("if gone.is_shipped: raise", "if False:\n        raise"),),
        tests=ORDERING,
        keyword="cancel",
    ),
    Fault(
        id="event-not-published",
        what="an order that is paid is not announced",
        edits=(
            Edit(
                re.compile(r"outbox\.record\(connection, ((?:\w+\.)?paid_event\(connection, order, paid_at\))\)"),
                r"\1",
            ),
        ),
        tests=ORDERING,
        keyword="event or purchase",
    ),
    Fault(
        id="foreign-orders",
        what="the list of own orders shows everybody's",
        edits=(Edit('"user_id": "k.user_id = %(user_id)s",', '"user_id": "true",'),),
        tests=ORDERING,
        keyword="test_orders or test_admin_orders",
    ),
    Fault(
        id="keyset-off-by-one",
        what="every next page leaves out one item",
        edits=(Edit(re.compile(r"(\w+)\[limit - 1\]"), r"\1[limit]", every=True),),
        tests=("contract/test_walked_lists.py", "contract/**/test_walked_lists.py"),
    ),
    Fault(
        id="refund-twice",
        what="money that is about to go back can be refunded again",
        edits=(
            Edit("Left(payment.amount_captured - before.amount,", "Left(payment.amount_captured,"),
            Edit("Refundable(payment.amount_captured - before.amount,", "Refundable(payment.amount_captured,"),
        ),
        tests=PAYMENTS,
        keyword="refund",
    ),
    Fault(
        id="refund-key",
        what="each attempt of a refund has an idempotency key of its own",
        edits=(Edit('f"refund-{refund.id}-{refund.key_number}"', 'f"refund-{refund.id}-{refund.attempts}"'),),
        tests=PAYMENTS,
        keyword="refund or failures",
    ),
    Fault(
        id="payment-lock",
        what="two refunds of one payment do not wait for each other",
        edits=(Edit('"p.id = %s FOR UPDATE OF p"', '"p.id = %s"'),),
        tests=PAYMENTS,
        keyword="refund",
    ),
    Fault(
        id="webhook-twice",
        what="an event that was delivered twice is worked on twice",
        edits=(
            Edit("if not claimed: return Effect(Outcome.DUPLICATE)", ""),
            Edit(
                re.compile(r"if not claimed:\s+return (?=\w*\(?Outcome\.DUPLICATE)"),
                "if claimed is None:\n        return ",
            ),
        ),
        tests=PAYMENTS,
        keyword="webhook",
    ),
    Fault(
        id="stale-event",
        what="an older event overwrites a newer state",
        edits=(
            Edit(
                re.compile(r"if known_at is None or (\w+) > known_at:"),
                r"if known_at is None or \1 != known_at:",
            ),
        ),
        tests=("unit/payments",),
        keyword="status",
    ),
    Fault(
        id="books",
        what="tax is booked as revenue",
        edits=(
            Edit("Entry(Account.SALES, -(total - tax - shipping))", "Entry(Account.SALES, -(total - shipping))"),
            Edit("LedgerAccount.SALES, -(total - tax - shipping)", "LedgerAccount.SALES, -(total - shipping)"),
        ),
        tests=PAYMENTS,
        keyword="ledger",
    ),
    Fault(
        id="signature-tolerance",
        what="a webhook's signature never gets too old",
        edits=(Edit("if abs(now - timestamp) > TOLERANCE_SECONDS:", "if timestamp > now + TOLERANCE_SECONDS:"),),
        tests=("unit/payments",),
        keyword="signature or webhook",
    ),
    Fault(
        id="foreign-table",
        what="payments writes a table of ordering",
        edits=(
            Edit("def lock_payment_by_id(", '_EMPTY = "UPDATE carts SET currency = NULL"\n\n\ndef lock_payment_by_id('),
        ),
        tests=("contract/test_table_ownership.py", "contract/**/test_table_ownership.py"),
    ),
)
