"""Analytics: what staff is shown is the same for all of them, whom they block or mute notwithstanding."""

from __future__ import annotations

from tests.contract.shown_people import PUBLIC, Shown

ROWS: list[Shown] = [
    Shown("/api/v1/metrics/trending", PUBLIC, is_staff=True),
    Shown("/api/v1/metrics/dashboard", PUBLIC, is_staff=True),
]
NOBODY: dict[str, str] = dict.fromkeys(
    (
        "/api/v1/admin/analytics",
        "/api/v1/admin/analytics/products",
        "/api/v1/metrics/engagement",
        "/api/v1/metrics/export",
        "/api/v1/metrics/exports/{export_id}",
        "/api/v1/metrics/growth",
        "/api/v1/metrics/health",
        "/api/v1/metrics/users",
    ),
    "figures",
)
