"""SQL of counters: what waits for staff, as its owners publish it. Each counts to a limit and no further."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, LiteralString

from psycopg import sql

from shared.clients.database import Connection

_WAITING: Final[dict[str, LiteralString]] = {
    "orders_to_ship": "SELECT FROM ordering_waiting WHERE kind = 'order'",
    "returns_to_decide": "SELECT FROM ordering_waiting WHERE kind = 'return'",
    "variants_low_in_stock": "SELECT FROM catalog_waiting WHERE kind = 'variant'",
    "disputes_to_answer": "SELECT FROM payments_waiting WHERE kind = 'dispute'",
    "payments_to_review": "SELECT FROM payments_waiting WHERE kind = 'fraud_decision'",
    "reconciliation_differences": "SELECT FROM payments_waiting WHERE kind = 'difference'",
    "open_cases": "SELECT FROM moderation_waiting WHERE kind = 'case'",
    "open_appeals": "SELECT FROM moderation_waiting WHERE kind = 'appeal'",
    "open_errors": "SELECT FROM error_logs WHERE status = 'open'",
}
NAMES: Final = tuple(_WAITING)


def count(connection: Connection, names: Collection[str], *, up_to: int) -> dict[str, int]:
    """How much waits, by name, up to a limit; all in one statement."""
    if not names:
        return {}
    counted = [
        sql.SQL("(SELECT count(*) FROM ({} LIMIT {}) AS waiting) AS {}").format(
            sql.SQL(_WAITING[name]), sql.Literal(up_to), sql.Identifier(name)
        )
        for name in names
    ]
    row = connection.execute(sql.SQL("SELECT {}").format(sql.SQL(", ").join(counted))).fetchone()
    assert row is not None
    return dict(row)
