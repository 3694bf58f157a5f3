"""What the tables of operations hold about people: the audit log, the error log, events, responses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from shared.clients.database import Connection
from shared.contexts.identity import pseudonyms
from shared.privacy import Erasure, PersonalData, Section

_HISTORY: Final = """
SELECT action, actor_kind, actor_id = subject_id AS by_yourself, changes, reason, created_at,
    CASE WHEN actor_id = subject_id THEN network END AS network
FROM audit_entries WHERE subject_id = %(user_id)s ORDER BY id
"""
# Events that wait for the bus are published without the person; nobody is written to at a pseudonym.
_ERASE: Final = """
UPDATE outbox_events SET payload = jsonb_set(jsonb_set(jsonb_set(
    payload || jsonb_build_object('email', %(pseudonym)s::text),
    '{note}', 'null', false), '{tracking_number}', 'null', false), '{tracking_url}', 'null', false)
WHERE payload ? 'email' AND lower(payload ->> 'email') = ANY(ARRAY(
    SELECT lower(one) FROM unnest(%(emails)s::text[]) AS one))
"""
_ERASE_FROM_ERRORS: Final = """
UPDATE error_logs SET user_id = CASE WHEN user_id = %(user_id)s THEN NULL ELSE user_id END,
    resolved_by = CASE WHEN resolved_by = %(user_id)s THEN NULL ELSE resolved_by END
WHERE user_id = %(user_id)s OR resolved_by = %(user_id)s
"""


class _Operations(PersonalData):
    # Last: whoever locks an order or a payment may record an event about the person until this transaction has the row.
    lock_order = 80
    erased = ("outbox_events", "error_logs")
    left: ClassVar[Mapping[str, str]] = {
        "audit_entries": "holds ids and withholds what is personal; a trigger refuses changes",
        "idempotency_keys": "stored responses, removed after a day by operations.sweep_outbox",
    }
    sections: ClassVar[Mapping[str, Section]] = {
        "account_history": Section("What was done to the account, and by whom", _HISTORY)
    }
    not_copied: ClassVar[Mapping[str, str]] = {
        "outbox_events": "Messages between parts of the shop, kept for 14 days; they repeat what stands here.",
        "error_logs": "Errors of the system; the latest person who met one is named by id, for 90 days at most.",
        "idempotency_keys": "Answers that were given, kept for a day so that a request can be repeated.",
    }

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        values = {"pseudonym": pseudonyms.address(erasure.person.user_id), "emails": list(erasure.emails)}
        connection.execute(_ERASE, values)
        connection.execute(_ERASE_FROM_ERRORS, {"user_id": erasure.person.user_id})


PERSONAL_DATA: Final = _Operations()
