"""The audit log as administrators read it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from shared.web import ResponseModel


class AuditedChange(ResponseModel):
    """A field of the subject. Secrets and personal data are withheld, what is long is cut."""

    before: Annotated[Any, Field(description="Null where there was none", examples=[999])]
    after: Annotated[Any, Field(description="Null where there is none", examples=[1099])]


class AuditEntry(ResponseModel):
    """Who did what to what, when, why and from where."""

    id: UUID
    created_at: datetime
    actor_id: Annotated[UUID | None, Field(description="The user; null where the system acted by itself")]
    actor_kind: Annotated[
        Literal["admin", "moderator", "vendor", "creator", "customer", "system"],
        Field(description="The highest role that the actor had then"),
    ]
    action: Annotated[str, Field(examples=["product.changed"])]
    subject_type: Annotated[str, Field(examples=["product"])]
    subject_id: UUID
    changes: Annotated[
        dict[str, AuditedChange],
        Field(description="By name of the field", examples=[{"name": {"before": "Pot", "after": "Clay Pot"}}]),
    ]
    reason: str | None
    correlation_id: Annotated[str, Field(description="Of the request: its log lines and events carry it, too")]
    network: Annotated[str | None, Field(description="The caller's /24, or /48 of IPv6", examples=["203.0.113.0/24"])]
