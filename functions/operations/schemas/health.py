"""Answers of operations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shared.web import ResponseModel


class Health(ResponseModel):
    """The process answers; nothing else was asked."""

    status: Literal["ok"] = Field(examples=["ok"])


class HealthCheck(ResponseModel):
    """One thing that requests need."""

    status: Literal["ok", "failed"]
    milliseconds: float = Field(description="How long it took to answer, or to give up", examples=[1.8])


class Readiness(ResponseModel):
    """Everything that requests need answers."""

    status: Literal["ready"]
    checks: dict[str, HealthCheck] | None = Field(
        description="For who may read what concerns operations; null for all others",
        examples=[{name: {"status": "ok", "milliseconds": 1.8} for name in ("database", "bus", "storage", "counters")}],
    )
