"""What waits for staff."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from shared.web import ResponseModel

_Count = Annotated[int | None, Field(ge=0, le=100, description="100 for as many or more; null without the permission")]


class Counters(ResponseModel):
    """How much waits for staff, up to a hundred of each."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"orders_to_ship": 12, "returns_to_decide": 0}]})

    orders_to_ship: _Count = None
    returns_to_decide: _Count = None
    variants_low_in_stock: _Count = None
    disputes_to_answer: _Count = None
    payments_to_review: _Count = None
    reconciliation_differences: _Count = None
    open_cases: _Count = None
    open_appeals: _Count = None
    open_errors: _Count = None
