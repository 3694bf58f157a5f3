"""What identity holds about people: accounts, consents, sessions, requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from shared.clients.database import Connection
from shared.contexts.identity import pseudonyms
from shared.contexts.identity.session_lifetime import LIFETIME_SECONDS
from shared.privacy import Erasure, Expiry, PersonalData, Section

_PROFILE: Final = """
SELECT id, email, email_verified_at, full_name, language, roles, is_active, marketing_consent_at, created_at, updated_at
FROM users WHERE id = %(user_id)s
"""
_CONSENTS: Final = """
SELECT purpose, granted, text_version, source, created_at FROM consent_changes WHERE user_id = %(user_id)s ORDER BY id
"""
_SESSIONS: Final = """
SELECT id, user_agent, created_at, last_used_at, revoked_at, revoked_reason FROM login_sessions
WHERE user_id = %(user_id)s ORDER BY id
"""
_REQUESTS: Final = """
SELECT kind, email, created_at, expires_at, used_at FROM account_requests WHERE user_id = %(user_id)s ORDER BY id
"""
_DATA_EXPORTS: Final = """
SELECT id, status, bytes, created_at, finished_at, expires_at FROM data_exports
WHERE user_id = %(user_id)s ORDER BY id
"""
_NOTES: Final = "SELECT body, created_at FROM user_notes WHERE user_id = %(user_id)s ORDER BY id"
_ERASURE: Final = "SELECT requested_at, due_at, with_reviews FROM account_erasures WHERE user_id = %(user_id)s"

# A row of `users` that says nothing stays, for what is kept under its id.
_ERASE: Final = """
WITH sessions AS (
    DELETE FROM login_sessions WHERE user_id = %(user_id)s
), requests AS (
    DELETE FROM account_requests WHERE user_id = %(user_id)s OR lower(email) = lower(%(email)s)
), copies AS (
    UPDATE data_exports SET status = 'withdrawn', expires_at = now() WHERE user_id = %(user_id)s
), withdrawn AS (
    INSERT INTO consent_changes (user_id, purpose, granted, text_version, source)
    SELECT user_id, purpose, false, text_version, 'erasure' FROM (
        SELECT DISTINCT ON (purpose) * FROM consent_changes WHERE user_id = %(user_id)s ORDER BY purpose, id DESC
    ) AS newest WHERE granted
), notes AS (
    DELETE FROM user_notes WHERE user_id = %(user_id)s
), finished AS (
    UPDATE account_erasures SET finished_at = now(), waits_for = NULL WHERE user_id = %(user_id)s
)
UPDATE users SET email = %(pseudonym)s, full_name = %(text)s, password_hash = '!', roles = '{customer}',
    is_active = false, email_verified_at = NULL, language = 'en', marketing_consent_at = NULL, version = version + 1
WHERE id = %(user_id)s
"""

_REMOVE_UNUSED_SESSIONS: Final = """
DELETE FROM login_sessions WHERE id = ANY(ARRAY(
    SELECT id FROM login_sessions WHERE last_used_at < now() - make_interval(secs => %(lifetime)s)
    ORDER BY last_used_at LIMIT %(batch)s FOR UPDATE SKIP LOCKED
))
"""
_REMOVE_EXPIRED_REQUESTS: Final = """
DELETE FROM account_requests WHERE id = ANY(ARRAY(
    SELECT id FROM account_requests WHERE expires_at < now() - interval '1 day'
    ORDER BY expires_at LIMIT %s FOR UPDATE SKIP LOCKED
))
"""


def _remove_unused_sessions(connection: Connection, batch: int) -> int:
    """Sessions, with their tokens, that can not be refreshed any more, however they ended."""
    return connection.execute(_REMOVE_UNUSED_SESSIONS, {"lifetime": LIFETIME_SECONDS, "batch": batch}).rowcount


def _remove_expired_requests(connection: Connection, batch: int) -> int:
    """Links that expired a day ago or earlier."""
    return connection.execute(_REMOVE_EXPIRED_REQUESTS, (batch,)).rowcount


class _Identity(PersonalData):
    lock_order = 60
    erased = (
        "users", "login_sessions", "account_requests", "consent_changes", "account_erasures", "data_exports",
        "user_notes",
    )  # fmt: skip
    sections: ClassVar[Mapping[str, Section]] = {
        "profile": Section("The account", _PROFILE),
        "consents": Section("What was agreed to and taken back, when and where", _CONSENTS),
        "sessions": Section("Where the account is, or was lately, signed in", _SESSIONS),
        "account_requests": Section(
            "Links that were asked for: to prove an address or go back to one, for a new password, to keep the account",
            _REQUESTS,
        ),
        "staff_notes": Section("What people who work here wrote down about the account", _NOTES),
        "data_exports": Section("Copies like this one", _DATA_EXPORTS),
        "erasure": Section("The end of the account, if it was asked for", _ERASURE),
    }
    not_copied: ClassVar[Mapping[str, str]] = {
        "password": "Only a hash is kept, which is of use to nobody but an attacker.",
        "refresh_tokens": "Hashes of secrets that belong to the sessions.",
    }
    retention: ClassVar[Mapping[str, Expiry]] = {
        "sessions": _remove_unused_sessions,
        "account_requests": _remove_expired_requests,
    }

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        person = erasure.person
        values = {
            "user_id": person.user_id,
            "email": person.email,
            "pseudonym": pseudonyms.address(person.user_id),
            "text": pseudonyms.TEXT,
        }
        connection.execute(_ERASE, values)


PERSONAL_DATA: Final = _Identity()
