"""What each change of money posts to the ledger: double entry, a debit positive and a credit negative.

| posting | debit | credit |
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

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from functions.payments.providers.port import BalanceTransaction, BalanceTransactionKind
from functions.payments.repository.ledger import Entry, LedgerAccount, Posting

CONVERSION: Final = "conversion"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingContext:
    """What a posting is about, besides its amounts: payment, provider, currency and time."""

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
            entries=tuple(self._owned(entry) for entry in entries),
        )

    def _owned(self, entry: Entry) -> Entry:
        """What a provider holds for us has the provider's name on it."""
        return replace(entry, owner=self.provider) if entry.account is LedgerAccount.PROVIDER_BALANCE else entry


def sale(about: PostingContext, order_id: UUID, *, total: int, tax: int, shipping: int) -> Posting:
    """An order is paid for. `shipping` counts what of it is not in `tax`."""
    return about.post(
        "sale",
        str(order_id),
        Entry(LedgerAccount.CUSTOMER_RECEIVABLE, total),
        Entry(LedgerAccount.SALES, -(total - tax - shipping)),
        Entry(LedgerAccount.TAX, -tax),
        Entry(LedgerAccount.SHIPPING, -shipping),
    )


def capture(about: PostingContext, charge_id: str, amount: int) -> Posting:
    """The provider took the customer's money."""
    return about.post(
        BalanceTransactionKind.CAPTURE,
        charge_id,
        Entry(LedgerAccount.PROVIDER_BALANCE, amount),
        Entry(LedgerAccount.CUSTOMER_RECEIVABLE, -amount),
    )


def fee(about: PostingContext, balance_transaction_id: str, amount: int) -> Posting:
    """The provider kept its fee for a balance transaction."""
    return about.post(
        "fee",
        balance_transaction_id,
        Entry(LedgerAccount.PROVIDER_FEES, amount),
        Entry(LedgerAccount.PROVIDER_BALANCE, -amount),
    )


def refund(about: PostingContext, provider_refund_id: str, *, amount: int, tax: int, sold: bool) -> Posting:
    """Money left for a customer; `sold` tells whether it had bought something."""
    return about.post(BalanceTransactionKind.REFUND, provider_refund_id, *_refunded(amount, tax, sold=sold))


def refund_failure(about: PostingContext, provider_refund_id: str, *, amount: int, tax: int, sold: bool) -> Posting:
    """A refund failed, and its money came back."""
    return about.post(BalanceTransactionKind.REFUND_FAILURE, provider_refund_id, *_refunded(-amount, -tax, sold=sold))


def conversion(about: PostingContext, moved: BalanceTransaction, amount: int) -> Posting:
    """What left or reached our balance as so much of the context's currency was exchanged: the balance transaction
    is of what really left or reached it.
    """
    return about.post(
        CONVERSION,
        moved.id,
        Entry(LedgerAccount.PROVIDER_BALANCE, -amount),
        Entry(LedgerAccount.CURRENCY_EXCHANGE, amount),
        *_exchanged(moved),
        Entry(LedgerAccount.PROVIDER_BALANCE, moved.amount, moved.currency),
    )


def dispute(about: PostingContext, moved: BalanceTransaction, disputed: int) -> Posting:
    """A bank took money back, or returned it; the balance transaction says which, and carries its fee. `disputed` is
    how much, in the context's currency.
    """
    if moved.currency == about.currency:
        lost: tuple[Entry, ...] = (Entry(LedgerAccount.DISPUTES, -moved.amount),)
    else:
        amount = disputed if moved.amount > 0 else -disputed
        lost = (
            Entry(LedgerAccount.DISPUTES, -amount),
            Entry(LedgerAccount.CURRENCY_EXCHANGE, amount),
            *_exchanged(moved),
        )
    return about.post(
        moved.kind,
        moved.id,
        *lost,
        Entry(LedgerAccount.PROVIDER_FEES, moved.fee, moved.currency),
        Entry(LedgerAccount.PROVIDER_BALANCE, moved.amount - moved.fee, moved.currency),
    )


def payout(about: PostingContext, moved: BalanceTransaction) -> Posting:
    """Money went from the provider to our bank, or came back from there."""
    return about.post(
        moved.kind,
        moved.id,
        Entry(LedgerAccount.BANK, -moved.amount),
        Entry(LedgerAccount.PROVIDER_FEES, moved.fee),
        Entry(LedgerAccount.PROVIDER_BALANCE, moved.amount - moved.fee),
    )


def _exchanged(moved: BalanceTransaction) -> tuple[Entry, ...]:
    return (Entry(LedgerAccount.CURRENCY_EXCHANGE, -moved.amount, moved.currency),)


def _refunded(amount: int, tax: int, *, sold: bool) -> tuple[Entry, ...]:
    if not sold:
        return (Entry(LedgerAccount.CUSTOMER_RECEIVABLE, amount), Entry(LedgerAccount.PROVIDER_BALANCE, -amount))
    return (
        Entry(LedgerAccount.REFUNDS, amount - tax),
        Entry(LedgerAccount.TAX, tax),
        Entry(LedgerAccount.PROVIDER_BALANCE, -amount),
    )
