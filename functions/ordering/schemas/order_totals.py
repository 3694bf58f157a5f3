"""What a customer's orders come to. Amounts are integer minor units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field

from functions.ordering.repository.order_totals import TotalsRow
from shared.web import ResponseModel


class CurrencyTotals(ResponseModel):
    """A customer's orders in one currency."""

    currency: Annotated[str, Field(description="ISO 4217", examples=["USD"])]
    order_count: Annotated[int, Field(examples=[3])]
    paid_order_count: Annotated[int, Field(description="Those that were paid, whatever became of them", examples=[2])]
    paid_amount: Annotated[int, Field(description="Totals of the orders that were paid", examples=[7490])]
    refunded_amount: Annotated[int, Field(description="What of it went back so far", examples=[2497])]


class OrderTotals(ResponseModel):
    """All orders of one customer, counted."""

    order_count: Annotated[int, Field(examples=[3])]
    last_order_at: Annotated[datetime | None, Field(description="Null where nothing was ordered")]
    currencies: Annotated[list[CurrencyTotals], Field(description="The one with the largest amount first")]

    @classmethod
    def of(cls, rows: Sequence[TotalsRow]) -> OrderTotals:
        return cls(
            order_count=sum(row.order_count for row in rows),
            last_order_at=max((row.last_order_at for row in rows), default=None),
            currencies=[CurrencyTotals.model_validate(row) for row in rows],
        )
