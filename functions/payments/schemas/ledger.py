"""The ledger, for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from functions.payments.schemas.payments import CurrencyField
from shared.web import ResponseModel

_Account = Annotated[
    str,
    Field(
        description="customer_receivable, provider_balance, provider_fees, sales, tax, shipping, refunds, disputes,"
        " bank or currency_exchange",
        examples=["provider_balance"],
    ),
]
_Amount = Annotated[int, Field(description="Minor units; a debit is positive, a credit negative", examples=[2497])]


class LedgerEntry(ResponseModel):
    """One side of a movement."""

    account: _Account
    currency: CurrencyField
    amount: _Amount


class LedgerTransaction(ResponseModel):
    """One movement of money; its entries add up to zero in each currency."""

    id: UUID
    kind: Annotated[
        str,
        Field(
            description="sale, capture, fee, refund, refund_failure, dispute, dispute_reversal, payout or conversion:"
            " the exchange of what settles in another currency",
            examples=["capture"],
        ),
    ]
    source_id: Annotated[
        str,
        Field(
            description="What moved the money: the provider's charge, refund or balance transaction, or our order",
            examples=["ch_3Q8mXb2eZvKYlo2C0ZpXq4Ys"],
        ),
    ]
    provider: Annotated[str, Field(examples=["stripe"])]
    payment_id: Annotated[UUID | None, Field(description="Null for what is about no payment: a payout")]
    occurred_at: Annotated[datetime, Field(description="By the provider's clock")]
    created_at: datetime
    entries: list[LedgerEntry]


class LedgerBalance(LedgerEntry):
    """What an account holds in one currency."""


class LedgerBalanceList(ResponseModel):
    """Every account that is not empty. The amounts of a currency add up to zero."""

    items: list[LedgerBalance]
