"""Who gets what from community: everybody whether it answers."""

from __future__ import annotations

from tests.contract.authorization.matrix import Row, public

ROWS: list[Row] = [public("GET", "/api/v1/community")]
