"""What moderation holds about people: what they reported, what was done about them, what they said to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from shared.clients.database import Connection
from shared.contexts.profiles import pending_standings
from shared.privacy import Erasure, Expiry, Person, PersonalData, Section

CASE_DAYS: Final = 365
"""How long a decided case is kept with its reports and its evidence, whatever becomes of its target."""
ACTION_DAYS: Final = 3 * 365
"""How long it counts what somebody did: until then it is known to who decides about them."""

_REPORTS: Final = """
SELECT r.target_kind, r.target_id, r.reason, r.body AS text, c.status, r.created_at
FROM reports r JOIN report_cases c ON c.id = r.case_id WHERE r.reporter_id = %(user_id)s ORDER BY r.id
"""
# Who reported is the affair of those; who decided is the house's.
_ACTIONS: Final = """
SELECT a.kind, a.target_kind, a.target_id, c.snapshots, a.reason, a.ends_at, a.undone_at, s.lifted_at, a.created_at
FROM moderation_actions a LEFT JOIN report_cases c ON c.id = a.case_id LEFT JOIN sanctions s ON s.action_id = a.id
WHERE a.subject_id = %(user_id)s ORDER BY a.id
"""
_APPEALS: Final = """
SELECT action_id, body AS text, status, decision_note, created_at, decided_at
FROM appeals WHERE user_id = %(user_id)s ORDER BY id
"""

# Cases and actions stay, without whom they were about: moderators answer for what they decided. The evidence of an open
# case stays until it is decided, or leaving would be a way to be rid of it; that of decided ones goes with the account.
_ERASE: Final = (
    "UPDATE reports SET reporter_id = NULL, body = '' WHERE reporter_id = %(user_id)s",
    "DELETE FROM appeals WHERE user_id = %(user_id)s",
    "DELETE FROM sanctions WHERE user_id = %(user_id)s",
    "UPDATE moderation_actions SET subject_id = NULL, reason = '' WHERE subject_id = %(user_id)s",
    """
    DELETE FROM case_pictures p USING report_cases c
    WHERE c.id = p.case_id AND c.owner_id = %(user_id)s AND c.status <> 'open'
    """,
    """
    UPDATE report_cases SET owner_id = NULL,
        snapshots = CASE status WHEN 'open' THEN snapshots ELSE '[]' END,
        decision_note = CASE status WHEN 'open' THEN decision_note END, version = version + 1
    WHERE owner_id = %(user_id)s
    """,
)
_PURGE_CASES: Final = """
DELETE FROM report_cases WHERE id IN (
    SELECT id FROM report_cases WHERE status <> 'open' AND decided_at < now() - make_interval(days => %(days)s)
    ORDER BY decided_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
"""
# A ban, a suspension or a removal that is in force is kept for as long as it is.
_PURGE_ACTIONS: Final = """
DELETE FROM moderation_actions WHERE id IN (
    SELECT a.id FROM moderation_actions a
    WHERE a.created_at < now() - make_interval(days => %(days)s)
        AND (a.undone_at IS NOT NULL OR a.kind NOT IN ('ban', 'hide', 'remove')) AND coalesce(a.ends_at <= now(), true)
    ORDER BY a.created_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED)
"""


def purge_cases(connection: Connection, batch: int) -> int:
    """Delete decided cases that were kept for long enough, with their reports and evidence; returns how many."""
    return connection.execute(_PURGE_CASES, {"days": CASE_DAYS, "batch": batch}).rowcount


def purge_actions(connection: Connection, batch: int) -> int:
    """Delete actions that were kept for long enough, with their appeals; returns how many."""
    return connection.execute(_PURGE_ACTIONS, {"days": ACTION_DAYS, "batch": batch}).rowcount


class _Moderation(PersonalData):
    # Before catalog, community and profiles, on which moderation builds.
    lock_order = 38
    erased = ("reports", "report_cases", "moderation_actions", "sanctions", "appeals")
    left: ClassVar[Mapping[str, str]] = {"keyword_rules": "who of the staff added a rule, by id"}
    sections: ClassVar[Mapping[str, Section]] = {
        "reports": Section("What the person reported, and what became of it", _REPORTS),
        "moderation": Section("What moderators did that concerns the person, with reasons and evidence", _ACTIONS),
        "appeals": Section("What the person said to that", _APPEALS),
    }
    not_copied: ClassVar[Mapping[str, str]] = {
        "report_cases": "What others reported; the person reads what was done about it.",
        "sanctions": "What is in force of the actions that are copied.",
        "keyword_rules": "Work of the staff; it names who did it by id.",
    }
    retention: ClassVar[Mapping[str, Expiry]] = {
        "report_cases": purge_cases,
        "moderation_actions": purge_actions,
    }

    def lock(self, connection: Connection, person: Person) -> None:
        # A moderator's action locks targets before cases, and an erasure cases before targets: they take turns.
        pending_standings.lock(connection, person.user_id)

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        values = {"user_id": erasure.person.user_id}
        for statement in _ERASE:
            connection.execute(statement, values)


PERSONAL_DATA: Final = _Moderation()
