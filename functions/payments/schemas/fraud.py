"""Decisions of the fraud rules, for administrators."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from shared.web import RequestModel, ResponseModel


class FraudVerdict(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class FraudReview(RequestModel):
    """What a person found."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"verdict": "accepted", "note": "Known customer, called back"}]}
    )

    verdict: Annotated[FraudVerdict, Field(description="rejected cancels the order and gives its money back")]
    note: Annotated[str, Field(min_length=1, max_length=500)]


class FraudDecision(ResponseModel):
    """What the rules said about one attempt to pay, and why."""

    id: UUID
    stage: Annotated[
        str, Field(description="intent (before the payer sees the provider) or charge", examples=["charge"])
    ]
    decision: Annotated[str, Field(description="allow, review or block", examples=["review"])]
    reasons: Annotated[
        list[str],
        Field(
            description="The rules that matched: velocity_of_user, velocity_of_ip, velocity_of_card, elevated_risk,"
            " highest_risk, country_mismatch",
            examples=[["elevated_risk", "country_mismatch"]],
        ),
    ]
    checkout_id: UUID
    payment_id: UUID | None
    order_id: UUID | None
    user_id: UUID | None
    ip_address: str | None
    card_fingerprint: Annotated[str | None, Field(description="The provider's token for the card")]
    risk_level: Annotated[str | None, Field(description="The provider's opinion", examples=["elevated"])]
    verdict: Annotated[str | None, Field(description="accepted or rejected; null for a review that waits")]
    reviewed_by: UUID | None
    reviewed_at: datetime | None
    note: str | None
    created_at: datetime
