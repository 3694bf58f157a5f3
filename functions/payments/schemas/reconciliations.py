"""Reconciliations, for administrators."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from functions.payments.schemas.payments import CurrencyField
from shared.web import RequestModel, ResponseModel


class ReconciliationDifference(ResponseModel):
    """What the provider and the ledger disagree about."""

    id: UUID
    reconciliation_id: UUID
    kind: Annotated[
        str,
        Field(
            description="missing_here (the ledger lacks it), missing_there (the provider lacks it), amount, or fee",
            examples=["missing_here"],
        ),
    ]
    source_id: Annotated[
        str,
        Field(description="The provider's charge, refund or balance transaction", examples=["ch_3Q8mXb2eZvKY"]),
    ]
    currency: CurrencyField
    ledger_amount: Annotated[int | None, Field(description="What it changed in our balance by the ledger")]
    provider_amount: Annotated[int | None, Field(description="What it changed in our balance by the provider")]
    resolved_at: datetime | None
    resolved_by: Annotated[
        str | None, Field(description="admin:<user id>, or system where a later comparison found both to agree")
    ]
    note: str | None
    created_at: datetime


class Reconciliation(ResponseModel):
    """One comparison of the provider's balance transactions with the ledger."""

    id: UUID
    provider: Annotated[str, Field(examples=["stripe"])]
    day: Annotated[date, Field(description="UTC")]
    provider_transactions: Annotated[int, Field(description="How many the provider told", examples=[120])]
    ledger_transactions: Annotated[int, Field(description="How many the ledger has of that day", examples=[240])]
    open_differences: Annotated[int, Field(description="What nobody has resolved yet", examples=[0])]
    compared_at: datetime
    created_at: datetime


class ReconciliationDetail(Reconciliation):
    """A comparison with its latest differences; the list of differences has all of them."""

    differences: Annotated[list[ReconciliationDifference], Field(description="The latest 100")]


class DifferenceResolution(RequestModel):
    """Why a difference is none any more."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"note": "A correction by Stripe, see ticket 4711"}]})

    note: Annotated[str, Field(min_length=1, max_length=500)]
