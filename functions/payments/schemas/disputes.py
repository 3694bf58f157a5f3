"""Disputes, for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from functions.payments.schemas.payments import AmountField, CurrencyField
from shared.web import RequestModel, ResponseModel
from shared.web.fields import Email, SingleLine

_MAX_ALL = 150_000

_Short = Annotated[str | None, Field(min_length=1, max_length=500)]
_Name = Annotated[str, Field(min_length=1, max_length=500), SingleLine] | None
_Long = Annotated[str | None, Field(min_length=1, max_length=20_000)]


class DisputeEvidence(RequestModel):
    """The texts that Stripe passes on to a bank (https://docs.stripe.com/api/disputes/evidence_object). Null takes back
    what was given before and not submitted yet; what is not named stays.
    """

    access_activity_log: _Long = None
    billing_address: _Short = None
    cancellation_policy_disclosure: _Long = None
    cancellation_rebuttal: _Long = None
    customer_email_address: Email | None = None
    customer_name: _Name = None
    customer_purchase_ip: _Short = None
    duplicate_charge_explanation: _Long = None
    duplicate_charge_id: _Short = None
    product_description: _Long = None
    refund_policy_disclosure: _Long = None
    refund_refusal_explanation: _Long = None
    service_date: _Short = None
    shipping_address: _Short = None
    shipping_carrier: _Short = None
    shipping_date: _Short = None
    shipping_tracking_number: _Short = None
    uncategorized_text: _Long = None

    @model_validator(mode="after")
    def _something_and_not_too_much(self) -> DisputeEvidence:
        texts = self.texts()
        if not texts or sum(len(text or "") for text in texts.values()) > _MAX_ALL:
            raise ValueError(f"evidence names something, and has at most {_MAX_ALL} characters altogether")
        return self

    def texts(self) -> dict[str, str | None]:
        """What was given, and None for what is taken back."""
        texts: dict[str, str | None] = self.model_dump(exclude_unset=True)
        return texts


class NewDisputeEvidence(RequestModel):
    """What the bank is told, and whether it is told now."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "evidence": {"shipping_carrier": "DHL", "shipping_tracking_number": "00340434161094022115"},
                    "submit": True,
                }
            ]
        }
    )

    evidence: DisputeEvidence
    submit: Annotated[bool, Field(description="Send it to the bank. That is final: banks take evidence once.")] = False

    @model_validator(mode="after")
    def _submits_something(self) -> NewDisputeEvidence:
        if self.submit and not any(self.evidence.texts().values()):
            raise ValueError("evidence that is submitted says something")
        return self


class Dispute(ResponseModel):
    """A dispute as the provider told it last, and the evidence that we gave."""

    id: UUID
    payment_id: UUID
    order_id: UUID | None
    provider_dispute_id: Annotated[str, Field(examples=["dp_1Pgc71B7WZ01zgkWMevJiAUx"])]
    amount: AmountField
    currency: CurrencyField
    reason: Annotated[str, Field(description="The bank's, in the provider's words", examples=["product_not_received"])]
    status: Annotated[
        str,
        Field(
            description="needs_response, under_review, won or lost; of an inquiry, which takes no money yet,"
            " warning_needs_response, warning_under_review or warning_closed",
            examples=["needs_response"],
        ),
    ]
    evidence_due_at: datetime | None
    evidence: Annotated[dict[str, str], Field(description="What was given so far, by the name of the text")]
    evidence_submitted_at: datetime | None
    evidence_by: Annotated[UUID | None, Field(description="The administrator who wrote the evidence last")]
    opened_at: datetime
    closed_at: datetime | None
