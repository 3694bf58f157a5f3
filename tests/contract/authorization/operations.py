"""operations: open to everybody."""

from __future__ import annotations

from tests.contract.authorization.matrix import Request, Row, public

ROWS: list[Row] = [
    public("GET", "/health"),
    public("GET", "/health/ready"),
    public("GET", "/openapi.json"),
    public("GET", "/docs"),
    public("GET", "/docs/{asset}", request=Request(path={"asset": "page.css"})),
]
