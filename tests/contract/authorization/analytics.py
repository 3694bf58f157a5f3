"""analytics: for those who may read the shop's figures, and nobody else."""

from __future__ import annotations

from shared.permissions import Permission
from tests.contract.authorization.matrix import Request, Row, permitted

ROWS: list[Row] = [
    permitted(Permission.ANALYTICS_READ, "GET", "/api/v1/admin/analytics"),
    permitted(
        Permission.ANALYTICS_READ, "GET", "/api/v1/admin/analytics/products", request=Request(query={"currency": "USD"})
    ),
]
