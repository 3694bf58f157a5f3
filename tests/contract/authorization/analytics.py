"""analytics: for those who may read the shop's figures, and nobody else."""

from __future__ import annotations

from datetime import date

from shared.contexts.analytics.models import MetricExport
from shared.permissions import Permission
from tests.contract.authorization.matrix import Request, Row, Stage, permitted

_METRICS = "/api/v1/metrics"
_FILE = {"first_day": "2026-11-01", "last_day": "2026-11-30"}


def _an_export(stage: Stage) -> Request:
    export = MetricExport(
        requested_by=stage.owner.id,
        dataset="daily",
        format="csv",
        first_day=date(2026, 11, 1),
        last_day=date(2026, 11, 30),
    )
    stage.db.add(export)
    stage.db.commit()
    return Request(path={"export_id": export.id})


ROWS: list[Row] = [
    *(
        permitted(Permission.ANALYTICS_READ, "GET", f"{_METRICS}/{name}")
        for name in ("dashboard", "users", "engagement", "growth", "health", "trending", "export")
    ),
    permitted(Permission.ANALYTICS_READ, "POST", f"{_METRICS}/exports", request=Request(json=_FILE)),
    permitted(Permission.ANALYTICS_READ, "GET", f"{_METRICS}/exports/{{export_id}}", _an_export),
    permitted(Permission.ANALYTICS_READ, "GET", "/api/v1/admin/analytics"),
    permitted(
        Permission.ANALYTICS_READ, "GET", "/api/v1/admin/analytics/products", request=Request(query={"currency": "USD"})
    ),
]
