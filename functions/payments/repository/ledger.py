"""SQL of the ledger. Transactions and entries are only ever inserted; triggers refuse everything else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg import sql
from psycopg.rows import class_row

from shared.clients.database import Connection

# One statement for all, for every webhook waits for each round trip. What was posted before is left as it is.
_POST: Final = """
WITH moved AS (
    INSERT INTO ledger_transactions (kind, source_id, provider, payment_id, occurred_at)
    SELECT * FROM unnest(%(kinds)s::text[], %(sources)s::text[], %(providers)s::text[], %(payments)s::uuid[],
        %(instants)s::timestamptz[])
    ON CONFLICT (provider, kind, source_id) DO NOTHING RETURNING id, provider, kind, source_id
), entered AS (
    INSERT INTO ledger_entries (transaction_id, account, owner, currency, amount)
    SELECT m.id, e.account, e.owner, e.currency, e.amount
    FROM unnest(%(entry_providers)s::text[], %(entry_kinds)s::text[], %(entry_sources)s::text[], %(accounts)s::text[],
        %(owners)s::text[], %(currencies)s::text[], %(amounts)s::bigint[])
        AS e (provider, kind, source_id, account, owner, currency, amount)
    JOIN moved m USING (provider, kind, source_id)
)
SELECT kind, source_id FROM moved
"""

_LIST: Final = sql.SQL("""
SELECT t.id, t.kind, t.source_id, t.provider, t.payment_id, t.occurred_at, t.created_at,
    (SELECT json_agg(json_build_object('account', s.account, 'currency', s.currency, 'amount', s.amount) ORDER BY s.id)
     FROM ledger_entries s WHERE s.transaction_id = t.id) AS entries
FROM {transactions} WHERE {conditions} ORDER BY {order} DESC LIMIT {limit}
""")
_ALL: Final = sql.SQL("ledger_transactions t")
_OF_ACCOUNT: Final = sql.SQL("ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id")

_BALANCES: Final = """
WITH closed AS (SELECT max(day) AS day FROM ledger_closings)
SELECT account, currency, sum(amount)::bigint AS amount FROM (
    SELECT c.account, c.currency, c.amount FROM ledger_closings c, closed WHERE c.day = closed.day
    UNION ALL
    SELECT e.account, e.currency, sum(e.amount) FROM ledger_entries e
    WHERE e.created_at >= coalesce((SELECT day + 1 FROM closed), '-infinity'::date) GROUP BY 1, 2
) AS since GROUP BY 1, 2 HAVING sum(amount) <> 0 ORDER BY 1, 2
"""

_CLOSE: Final = """
WITH closed AS (SELECT max(day) AS day FROM ledger_closings WHERE day < %(day)s)
INSERT INTO ledger_closings (day, account, owner, currency, amount)
SELECT %(day)s, account, owner, currency, sum(amount) FROM (
    SELECT c.account, c.owner, c.currency, c.amount FROM ledger_closings c, closed WHERE c.day = closed.day
    UNION ALL
    SELECT e.account, e.owner, e.currency, sum(e.amount) FROM ledger_entries e
    WHERE e.created_at >= coalesce((SELECT day + 1 FROM closed), '-infinity'::date)
      AND e.created_at < %(day)s::date + 1
    GROUP BY 1, 2, 3
) AS since GROUP BY 2, 3, 4
ON CONFLICT (day, account, owner, currency) DO NOTHING
"""


class LedgerAccount(StrEnum):
    CUSTOMER_RECEIVABLE = "customer_receivable"
    PROVIDER_BALANCE = "provider_balance"
    PROVIDER_FEES = "provider_fees"
    SALES = "sales"
    TAX = "tax"
    SHIPPING = "shipping"
    REFUNDS = "refunds"
    DISPUTES = "disputes"
    BANK = "bank"
    CURRENCY_EXCHANGE = "currency_exchange"


@dataclass(frozen=True, slots=True)
class Entry:
    """One side of a posting."""

    account: LedgerAccount
    amount: int
    currency: str | None = None
    """None: the posting's."""
    owner: str = ""
    """Whose part of the account it is (`shared.contexts.payments.models.ledger.LedgerEntry`); empty: the shop's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One transaction of the ledger, known by its kind and what moved the money."""

    kind: str
    source_id: str
    provider: str
    payment_id: UUID | None
    currency: str
    occurred_at: datetime
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class TransactionRow:
    """A transaction with its entries; a debit is positive."""

    id: UUID
    kind: str
    source_id: str
    provider: str
    payment_id: UUID | None
    occurred_at: datetime
    created_at: datetime
    entries: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of transactions is narrowed to; None is no condition."""

    account: str | None = None
    payment_id: UUID | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None


def post(connection: Connection, postings: Sequence[Posting]) -> set[tuple[str, str]]:
    """Insert postings that are not in the ledger yet; returns kind and source of those that were inserted."""
    if not postings:
        return set()
    entries = [(posting, entry) for posting in postings for entry in posting.entries if entry.amount]
    rows = connection.execute(
        _POST,
        {
            "kinds": [posting.kind for posting in postings],
            "sources": [posting.source_id for posting in postings],
            "providers": [posting.provider for posting in postings],
            "payments": [posting.payment_id for posting in postings],
            "instants": [posting.occurred_at for posting in postings],
            "entry_providers": [posting.provider for posting, _ in entries],
            "entry_kinds": [posting.kind for posting, _ in entries],
            "entry_sources": [posting.source_id for posting, _ in entries],
            "accounts": [entry.account.value for _, entry in entries],
            "owners": [entry.owner for _, entry in entries],
            "currencies": [entry.currency or posting.currency for posting, entry in entries],
            "amounts": [entry.amount for _, entry in entries],
        },
    ).fetchall()
    return {(row["kind"], row["source_id"]) for row in rows}


def sale_of(connection: Connection, payment_id: UUID) -> bool:
    """Whether the payment's money bought something, and was not refunded as unfulfillable."""
    row = connection.execute(
        "SELECT EXISTS (SELECT FROM ledger_transactions WHERE payment_id = %s AND kind = 'sale') AS sold", (payment_id,)
    ).fetchone()
    return row is not None and bool(row["sold"])


def transactions(connection: Connection, filters: Filters, *, after: UUID | None, limit: int) -> list[TransactionRow]:
    """A page of transactions, newest first, after the one with this id. (Ids are UUIDv7: in the order of time.)"""
    of_account = filters.account is not None
    candidates: list[tuple[LiteralString, Any]] = [
        ("e.account = %s", filters.account),
        ("e.transaction_id < %s" if of_account else "t.id < %s", after),
        ("t.payment_id = %s", filters.payment_id),
    ]
    if filters.created_from is not None:
        candidates += [("t.created_at >= %s", filters.created_from)]
        candidates += [("t.id >= uuidv7_floor(%s)", filters.created_from)]
    if filters.created_before is not None:
        # Ids are of when they were made, `created_at` is of when its transaction began: none lasts an hour.
        candidates += [("t.created_at < %s", filters.created_before)]
        candidates += [("t.id < uuidv7_floor(%s::timestamptz + interval '1 hour')", filters.created_before)]
    conditions = [(condition, value) for condition, value in candidates if value is not None]
    statement = _LIST.format(
        transactions=_OF_ACCOUNT if of_account else _ALL,
        conditions=sql.SQL(" AND ").join([sql.SQL("true"), *(sql.SQL(condition) for condition, _ in conditions)]),
        order=sql.SQL("e.transaction_id" if of_account else "t.id"),
        limit=sql.Literal(limit),
    )
    with connection.cursor(row_factory=class_row(TransactionRow)) as cursor:
        return cursor.execute(statement, [value for _, value in conditions]).fetchall()


def balances(connection: Connection) -> list[dict[str, Any]]:
    """`account`, `currency` and `amount` of every account that is not empty: a debit balance is positive."""
    return connection.execute(_BALANCES).fetchall()


def close_day(connection: Connection, day: date) -> None:
    """Keep the balances at the end of a day that is over, with every transaction of it committed."""
    connection.execute(_CLOSE, {"day": day})
