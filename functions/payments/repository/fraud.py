"""SQL of fraud decisions: the figures that rules judge by, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.rows import class_row

from shared.clients.database import Connection

# Attempts that were blocked do not count: whoever waits is let in again.
_AT_CHARGE: Final = """
SELECT opened.ip_address, c.shipping_address ->> 'country' AS shipping_country,
    (SELECT count(*) FROM fraud_decisions f WHERE f.user_id = c.user_id AND f.decision <> 'block'
     AND f.created_at > now() - interval '1 hour')::int AS attempts_of_user,
    (SELECT count(*) FROM fraud_decisions f WHERE f.ip_address = opened.ip_address AND f.decision <> 'block'
     AND f.created_at > now() - interval '1 hour')::int AS attempts_of_ip,
    (SELECT count(*) FROM fraud_decisions f WHERE f.card_fingerprint = %(card)s
     AND f.created_at > now() - interval '1 hour')::int AS attempts_of_card,
    (SELECT count(*) FROM fraud_decisions f WHERE f.checkout_id = c.id AND f.is_declined)::int AS declines_of_checkout
FROM ordering_checkouts c LEFT JOIN LATERAL (
    SELECT f.ip_address FROM fraud_decisions f WHERE f.checkout_id = c.id AND f.stage = 'intent'
    ORDER BY f.created_at DESC LIMIT 1
) opened ON true WHERE c.id = %(checkout)s
"""

_SELECT: Final = (
    "SELECT d.id, d.stage, d.decision, d.reasons, d.checkout_id, d.payment_id, p.order_id, d.user_id, d.ip_address,"
    " d.card_fingerprint, d.risk_level, d.verdict, d.reviewed_by, d.reviewed_at, d.note, d.created_at"
    " FROM fraud_decisions d LEFT JOIN payments p ON p.id = d.payment_id WHERE "
)


@dataclass(frozen=True, slots=True)
class ChargeFigures:
    """How often the same payer and card tried within an hour, and from where the charge's intent was opened."""

    attempts_of_user: int
    attempts_of_ip: int
    ip_address: str | None
    shipping_country: str | None
    attempts_of_card: int
    declines_of_checkout: int
    """Charges before that took no money."""


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision with its reasons; a review has a verdict once a person has looked at it."""

    id: UUID
    stage: str
    decision: str
    reasons: list[str]
    checkout_id: UUID
    payment_id: UUID | None
    order_id: UUID | None
    user_id: UUID | None
    ip_address: str | None
    card_fingerprint: str | None
    risk_level: str | None
    verdict: str | None
    reviewed_by: UUID | None
    reviewed_at: datetime | None
    note: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFilters:
    """Conditions of a list of decisions; None is no condition."""

    decision: str | None = None
    held: bool = False
    """Only reviews that wait for a person."""
    checkout_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    stage: str
    decision: str
    reasons: list[str]
    checkout_id: UUID
    provider: str
    user_id: UUID | None
    ip_address: str | None
    payment_id: UUID | None = None
    charge_id: str | None = None
    card_fingerprint: str | None = None
    risk_level: str | None = None
    is_declined: bool = False


def at_charge(connection: Connection, checkout_id: UUID, card_fingerprint: str | None) -> ChargeFigures:
    with connection.cursor(row_factory=class_row(ChargeFigures)) as cursor:
        row = cursor.execute(_AT_CHARGE, {"checkout": checkout_id, "card": card_fingerprint}).fetchone()
    assert row is not None
    return row


def insert(connection: Connection, new: NewDecision) -> bool:
    """Write a decision down; False where one about this charge is there."""
    done = connection.execute(
        "INSERT INTO fraud_decisions (stage, decision, reasons, checkout_id, provider, payment_id, user_id, ip_address,"
        " provider_charge_id, card_fingerprint, risk_level, is_declined)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " ON CONFLICT (provider, provider_charge_id) DO NOTHING",
        (
            new.stage, new.decision, new.reasons, new.checkout_id, new.provider, new.payment_id, new.user_id,
            new.ip_address, new.charge_id, new.card_fingerprint, new.risk_level, new.is_declined,
        ),
    )  # fmt: skip
    return done.rowcount == 1


def blocked(connection: Connection, provider: str, charge_id: str) -> bool:
    """Whether this charge was blocked."""
    row = connection.execute(
        "SELECT EXISTS (SELECT FROM fraud_decisions"
        " WHERE provider = %s AND provider_charge_id = %s AND decision = 'block') AS blocked",
        (provider, charge_id),
    ).fetchone()
    return row is not None and bool(row["blocked"])


def find(connection: Connection, decision_id: UUID) -> DecisionRow | None:
    rows = _many(connection, "d.id = %s", (decision_id,))
    return rows[0] if rows else None


def page(connection: Connection, filters: DecisionFilters, *, after: UUID | None, limit: int) -> list[DecisionRow]:
    """Decisions, newest first, after the one with this id."""
    conditions: list[tuple[LiteralString, tuple[Any, ...]]] = []
    if filters.held:
        conditions.append(("d.decision = 'review' AND d.verdict IS NULL", ()))
    if filters.decision is not None:
        conditions.append(("d.decision = %s", (filters.decision,)))
    if filters.checkout_id is not None:
        conditions.append(("d.checkout_id = %s", (filters.checkout_id,)))
    if after is not None:
        conditions.append(("d.id < %s", (after,)))
    where: LiteralString = " AND ".join(["true", *(condition for condition, _ in conditions)])
    parameters = [value for _, values in conditions for value in values]
    return _many(connection, where + " ORDER BY d.id DESC LIMIT %s", (*parameters, limit))


def review(connection: Connection, decision_id: UUID, *, verdict: str, admin_id: UUID, note: str) -> bool:
    """Write a person's verdict down; False where there is one, or none is asked for."""
    done = connection.execute(
        "UPDATE fraud_decisions SET verdict = %s, reviewed_by = %s, reviewed_at = now(), note = %s"
        " WHERE id = %s AND decision = 'review' AND verdict IS NULL",
        (verdict, admin_id, note, decision_id),
    )
    return done.rowcount == 1


def _many(connection: Connection, condition: LiteralString, parameters: Sequence[Any]) -> list[DecisionRow]:
    with connection.cursor(row_factory=class_row(DecisionRow)) as cursor:
        return cursor.execute(_SELECT + condition, parameters).fetchall()
