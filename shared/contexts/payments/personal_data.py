"""What payments holds about people. Amounts stay: tax law asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from shared.clients.database import Connection
from shared.privacy import Erasure, Expiry, Person, PersonalData, Section, Unsettled

FRAUD_TRACES_DAYS: Final = 90
"""The rules look back a day; disputes, for which it may matter who paid from where, come within months."""

_CHECKOUT_IDS: Final = """ARRAY(
    SELECT id FROM ordering_checkouts WHERE user_id = %(user_id)s
    UNION SELECT id FROM ordering_checkouts WHERE user_id IS NULL AND lower(email) = lower(%(proven)s)
)"""
_PAYMENT_IDS: Final = f"ARRAY(SELECT id FROM payments WHERE checkout_id = ANY({_CHECKOUT_IDS}))"


def _list(select: str) -> str:
    return f"(SELECT coalesce(jsonb_agg(part), '[]') FROM ({select}) AS part)"


_HISTORY: Final = _list(
    "SELECT before, after, created_at FROM payment_status_changes WHERE payment_id = p.id ORDER BY id"
)
_REFUNDS: Final = _list(
    "SELECT amount, currency, status, reason, created_at FROM refunds WHERE payment_id = p.id ORDER BY id"
)
_DISPUTES: Final = _list(
    "SELECT amount, currency, reason, status, opened_at, closed_at FROM disputes WHERE payment_id = p.id ORDER BY id"
)
_PAYMENTS: Final = f"""
SELECT p.id, p.order_id, p.provider, p.amount, p.currency, p.status, p.amount_captured, p.amount_refunded,
    p.failure_code, p.method, p.created_at, {_HISTORY} AS history, {_REFUNDS} AS refunds, {_DISPUTES} AS disputes
FROM payments p WHERE p.checkout_id = ANY({_CHECKOUT_IDS}) ORDER BY p.id
"""
_CHECKS: Final = """
SELECT stage, decision, verdict, ip_address, created_at FROM fraud_decisions WHERE user_id = %(user_id)s ORDER BY id
"""
_PROVIDERS: Final = "SELECT provider, created_at FROM provider_customers WHERE user_id = %(user_id)s"

_UNSETTLED: Final = f"""
WITH mine AS MATERIALIZED (SELECT {_PAYMENT_IDS} AS ids)
SELECT CASE
    WHEN EXISTS (SELECT FROM refunds WHERE payment_id = ANY((SELECT ids FROM mine)::uuid[]) AND status = 'pending')
        THEN 'refund'
    WHEN EXISTS (SELECT FROM disputes WHERE payment_id = ANY((SELECT ids FROM mine)::uuid[]) AND closed_at IS NULL)
        THEN 'dispute'
END AS reason
"""

_ERASE: Final = f"""
WITH mine AS MATERIALIZED (
    SELECT checkout_ids, ARRAY(SELECT id FROM payments WHERE checkout_id = ANY(checkout_ids)) AS payment_ids
    FROM (SELECT {_CHECKOUT_IDS} AS checkout_ids) AS found
), checks AS (
    UPDATE fraud_decisions SET ip_address = NULL, card_fingerprint = NULL, note = NULL
    WHERE user_id = %(user_id)s OR checkout_id = ANY((SELECT checkout_ids FROM mine)::uuid[])
), methods AS (
    UPDATE payments SET method = method || '{{"last4": null}}'
    WHERE id = ANY((SELECT payment_ids FROM mine)::uuid[]) AND method IS NOT NULL
), notes AS (
    UPDATE refunds SET note = NULL WHERE payment_id = ANY((SELECT payment_ids FROM mine)::uuid[])
)
UPDATE disputes SET evidence = '{{}}' WHERE payment_id = ANY((SELECT payment_ids FROM mine)::uuid[])
"""

_REDACT_TRACES: Final = """
UPDATE fraud_decisions SET ip_address = NULL, card_fingerprint = NULL WHERE id = ANY(ARRAY(
    SELECT id FROM fraud_decisions
    WHERE created_at < now() - make_interval(days => %(days)s)
        AND (ip_address IS NOT NULL OR card_fingerprint IS NOT NULL)
    ORDER BY created_at LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED
))
"""


def _redact_traces(connection: Connection, batch: int) -> int:
    """From where, and with which card, somebody tried to pay."""
    return connection.execute(_REDACT_TRACES, {"days": FRAUD_TRACES_DAYS, "batch": batch}).rowcount


class _Payments(PersonalData):
    lock_order = 10
    erased = ("fraud_decisions", "payments", "refunds", "disputes")
    left: ClassVar[Mapping[str, str]] = {
        "provider_customers": "removed by payments.on_account_erased, once the provider has deleted the person",
        "ledger_entries": "amounts, which tax law asks for; the owner of an entry is a provider or empty",
        "ledger_closings": "sums of ledger entries",
    }
    sections: ClassVar[Mapping[str, Section]] = {
        "payments": Section("Payments with their history, refunds and disputes", _PAYMENTS),
        "payment_checks": Section(
            "What the automatic check against fraud said of attempts to pay, and what somebody decided then", _CHECKS
        ),
        "payment_providers": Section("Payment providers where methods can be saved, and since when", _PROVIDERS),
    }
    not_copied: ClassVar[Mapping[str, str]] = {
        "saved payment methods": "The provider keeps them; GET /api/v1/payment-methods lists brand and last digits.",
        "ledger_entries, ledger_closings": "The shop's books: their amounts stand with the payments.",
        "card_fingerprint, reasons and evidence": "How fraud is recognised, and what was told to a bank in a dispute.",
    }
    retention: ClassVar[Mapping[str, Expiry]] = {"payment_checks": _redact_traces}

    def unsettled(self, connection: Connection, person: Person) -> Unsettled | None:
        row = connection.execute(_UNSETTLED, {"user_id": person.user_id, "proven": person.proven}).fetchone()
        return Unsettled(row["reason"]) if row and row["reason"] else None

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        person = erasure.person
        connection.execute(_ERASE, {"user_id": person.user_id, "proven": person.proven})


PERSONAL_DATA: Final = _Payments()
