"""What browsers measured: as they tell it, and as staff read it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from functions.operations.domain.web_vitals import VITALS, PageKind, VitalName
from shared.web import RequestModel, ResponseModel


class WebVital(RequestModel):
    name: VitalName
    value: Annotated[
        float, Field(ge=0, le=3_600_000, allow_inf_nan=False, description="Milliseconds; `cls` has no unit")
    ]


class WebVitalReport(RequestModel):
    """What a browser measured of one page. Nothing says whose browser it was."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"page": "product", "vitals": [{"name": "lcp", "value": 1840.5}, {"name": "cls", "value": 0.01}]}
            ]
        }
    )

    page: PageKind
    vitals: Annotated[list[WebVital], Field(min_length=1, max_length=len(VITALS))]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({vital.name for vital in self.vitals}) < len(self.vitals):
            raise ValueError("each vital at most once")
        return self


class WebVitalSummary(ResponseModel):
    """One vital of one kind of page."""

    page: PageKind
    name: VitalName
    percentile_75: Annotated[float, Field(description="Of four values three are below it, to within 7 %")]
    is_good: Annotated[bool, Field(description="As web.dev judges the value")]
    count: Annotated[int, Field(description="Pages that were measured, a part of all")]


class WebVitals(ResponseModel):
    """How pages felt in some days."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "first_day": "2026-11-03",
                    "last_day": "2026-11-30",
                    "items": [{"page": "product", "name": "lcp", "percentile_75": 1874, "is_good": True, "count": 412}],
                }
            ]
        }
    )

    first_day: date
    last_day: date
    items: list[WebVitalSummary]
