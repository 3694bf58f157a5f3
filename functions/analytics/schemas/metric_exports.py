"""Files of figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.web import RequestModel, ResponseModel

MetricDataset = Literal["daily", "cohorts", "sessions"]
MetricFormat = Literal["csv", "json"]


class NewMetricExport(RequestModel):
    """What the file is to hold."""

    dataset: MetricDataset = "daily"
    format: MetricFormat = "csv"
    first_day: Annotated[date, Field(examples=["2026-11-01"])]
    last_day: Annotated[date, Field(examples=["2026-11-30"])]


class MetricExport(ResponseModel):
    """A file of figures that was asked for. It is there once the status is `completed`."""

    id: UUID
    dataset: MetricDataset
    format: MetricFormat
    first_day: date
    last_day: date
    status: Literal["pending", "completed", "failed"]
    bytes: int | None
    url: Annotated[
        str | None,
        Field(
            description="Good for a quarter of an hour; another one comes with the next look at the export",
            examples=["https://bucket.s3.amazonaws.com/metric-exports/daily.csv?X-Amz-Signature=0"],
        ),
    ]
    created_at: datetime
    finished_at: datetime | None
