"""What each movement of money enters into the books: double entry, a debit positive and a credit negative.

| movement | debit | credit |
|---|---|---|
| sale: an order is paid for | customer_receivable | sales, tax, shipping |
| capture: the provider takes the money | provider_balance | customer_receivable |
| fee: what the provider keeps | provider_fees | provider_balance |
| refund of a sale | refunds, tax | provider_balance |
| refund of money that bought nothing | customer_receivable | provider_balance |
| dispute: the bank takes money back | disputes (and provider_fees) | provider_balance |
| payout | bank | provider_balance |
| conversion, in the charge's currency | currency_exchange | provider_balance |
| conversion, in the currency that it settles in | provider_balance | currency_exchange |

A refund that fails and a dispute that is won are the same the other way round. Amounts are in minor units, of the
charge's currency unless the entry says otherwise. Where the provider settles in another currency, a conversion follows
the capture or refund as soon as its rate is known, and a dispute is converted in its own transaction. Every transaction
adds up to zero in each currency, so what rates made of our money stands in `currency_exchange`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from functions.payments.providers import Movement, MovementKind

CONVERSION: Final = "conversion"


class Account(StrEnum):
    CUSTOMER_RECEIVABLE = "customer_receivable"
    PROVIDER_BALANCE = "provider_balance"
    PROVIDER_FEES = "provider_fees"
    SALES = "sales"
    TAX = "tax"
    SHIPPING = "shipping"
    REFUNDS = "refunds"
    DISPUTES = "disputes"
    BANK = "bank"
    CURRENCY_EXCHANGE = "currency_exchange"


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a movement."""

    account: Account
    amount: int
    currency: str | None = None
    """None: the posting's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One movement, known by its kind and what moved the money."""

    kind: str
    source_id: str
    provider: str
    payment_id: UUID | None
    currency: str
    occurred_at: datetime
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What a posting is about, besides its amounts."""

    provider: str
    payment_id: UUID | None
    currency: str
    occurred_at: datetime

    def post(self, kind: str, source_id: str, *entries: Entry) -> Posting:
        return Posting(
            kind=kind,
            source_id=source_id,
            provider=self.provider,
            payment_id=self.payment_id,
            currency=self.currency,
            occurred_at=self.occurred_at,
            entries=entries,
        )


def sale(about: Occasion, order_id: UUID, *, total: int, tax: int, shipping: int) -> Posting:
    """An order is paid for. `shipping` counts what of it is not in `tax`."""
    return about.post(
        "sale",
        str(order_id),
        Entry(Account.CUSTOMER_RECEIVABLE, total),
        Entry(Account.SALES, -(total - tax - shipping)),
        Entry(Account.TAX, -tax),
        Entry(Account.SHIPPING, -shipping),
    )


def capture(about: Occasion, charge_id: str, amount: int) -> Posting:
    """The provider took the customer's money."""
    return about.post(
        MovementKind.CAPTURE,
        charge_id,
        Entry(Account.PROVIDER_BALANCE, amount),
        Entry(Account.CUSTOMER_RECEIVABLE, -amount),
    )


def fee(about: Occasion, movement_id: str, amount: int) -> Posting:
    """The provider kept its fee for a movement."""
    return about.post(
        "fee", movement_id, Entry(Account.PROVIDER_FEES, amount), Entry(Account.PROVIDER_BALANCE, -amount)
    )


def refund(about: Occasion, provider_refund_id: str, *, amount: int, tax: int, sold: bool) -> Posting:
    """Money left for a customer; `sold` tells whether it had bought something."""
    return about.post(MovementKind.REFUND, provider_refund_id, *_refunded(amount, tax, sold=sold))


def refund_failure(about: Occasion, provider_refund_id: str, *, amount: int, tax: int, sold: bool) -> Posting:
    """A refund failed, and its money came back."""
    return about.post(MovementKind.REFUND_FAILURE, provider_refund_id, *_refunded(-amount, -tax, sold=sold))


def conversion(about: Occasion, moved: Movement, amount: int) -> Posting:
    """What left or reached our balance as so much of the occasion's currency was exchanged: the movement is of what
    really left or reached it.
    """
    return about.post(
        CONVERSION,
        moved.id,
        Entry(Account.PROVIDER_BALANCE, -amount),
        Entry(Account.CURRENCY_EXCHANGE, amount),
        *_exchanged(moved),
        Entry(Account.PROVIDER_BALANCE, moved.amount, moved.currency),
    )


def dispute(about: Occasion, moved: Movement, disputed: int) -> Posting:
    """A bank took money back, or returned it; the movement says which, and carries its fee. `disputed` is how much, in
    the occasion's currency.
    """
    if moved.currency == about.currency:
        lost: tuple[Entry, ...] = (Entry(Account.DISPUTES, -moved.amount),)
    else:
        amount = disputed if moved.amount > 0 else -disputed
        lost = (Entry(Account.DISPUTES, -amount), Entry(Account.CURRENCY_EXCHANGE, amount), *_exchanged(moved))
    return about.post(
        moved.kind,
        moved.id,
        *lost,
        Entry(Account.PROVIDER_FEES, moved.fee, moved.currency),
        Entry(Account.PROVIDER_BALANCE, moved.amount - moved.fee, moved.currency),
    )


def payout(about: Occasion, moved: Movement) -> Posting:
    """Money went from the provider to our bank, or came back from there."""
    return about.post(
        moved.kind,
        moved.id,
        Entry(Account.BANK, -moved.amount),
        Entry(Account.PROVIDER_FEES, moved.fee),
        Entry(Account.PROVIDER_BALANCE, moved.amount - moved.fee),
    )


def _exchanged(moved: Movement) -> tuple[Entry, ...]:
    return (Entry(Account.CURRENCY_EXCHANGE, -moved.amount, moved.currency),)


def _refunded(amount: int, tax: int, *, sold: bool) -> tuple[Entry, ...]:
    if not sold:
        return (Entry(Account.CUSTOMER_RECEIVABLE, amount), Entry(Account.PROVIDER_BALANCE, -amount))
    return (
        Entry(Account.REFUNDS, amount - tax),
        Entry(Account.TAX, tax),
        Entry(Account.PROVIDER_BALANCE, -amount),
    )
