"""No question about the figures reads a whole view, let alone a table of orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import psycopg
from sqlalchemy.orm import Session

from tests.factories import catalog
from tests.factories.analytics import Line, Sale, record
from tests.support.lambda_client import LambdaClient
from tests.support.plans import NO_TABLE_SCANS

OVERVIEW = "/api/v1/admin/analytics"


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


def test_every_statement_finds_its_rows_by_index(
    admin: LambdaClient, refresh: Callable[[], Any], db: Session, database_url: str
) -> None:
    moment, pot = datetime.now(UTC), catalog.product(db)
    record(db, [Sale(begun_at=moment, paid_at=moment, lines=[Line(pot, 2, 999)])])
    refresh()
    admin.get(OVERVIEW)
    seen: dict[str, tuple[Any, Any]] = {}
    execute = psycopg.Cursor.execute

    def note(self: Any, query: Any, parameters: Any = None, **options: Any) -> Any:
        seen[query if isinstance(query, str) else query.as_string()] = (query, parameters)
        return execute(self, query, parameters, **options)

    with patch.object(psycopg.Cursor, "execute", note):
        admin.get(OVERVIEW)
        admin.get(OVERVIEW, query={"currency": "USD", "interval": "month"})
        for by in ("revenue", "units"):
            assert admin.get(f"{OVERVIEW}/products", query={"currency": "USD", "by": by}).json()["products"]
    with psycopg.connect(database_url) as connection:
        for setting in NO_TABLE_SCANS:
            connection.execute(setting)
        for text, (query, parameters) in seen.items():
            prefix = "EXPLAIN (FORMAT JSON) "
            explained = prefix + query if isinstance(query, str) else psycopg.sql.SQL(prefix) + query
            row = connection.execute(explained, parameters).fetchone()
            assert row is not None
            read = list(nodes(row[0][0]["Plan"]))
            assert not [node for node in read if node["Node Type"] == "Seq Scan"], text
            if "identity_live_sessions" not in text:  # the rights of who asks
                assert not {"orders", "order_items", "checkouts", "users"} & {
                    node.get("Relation Name") for node in read
                }
    assert len(seen) == 6
