"""operations: open to everybody."""

from __future__ import annotations

from tests.contract.authorization.matrix import Row, public

ROWS: list[Row] = [
    public("GET", "/health"),
    public("GET", "/health/ready"),
]
