"""What others may read of identity."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from shared.views import View

CONTACTS: Final = View(
    "identity_contacts", id=UUID, email=str, full_name=str, language=str, accepts_marketing=bool, is_proven=bool
)
"""Every account, erased ones under their pseudonym. `accepts_marketing`: may be written to without having asked.
`is_proven`: the address is known to be the user's."""

LIVE_SESSIONS: Final = View("identity_live_sessions", session_id=UUID, user_id=UUID, roles=list[str])
"""Sessions that have not ended, of users who may sign in, and the roles that these have now. `shared.web` reads the
rights of staff from it at each of their requests."""

CONSENTS: Final = View("identity_consents", user_id=UUID, purpose=str, granted=bool)
"""The consents in force: the newest of each user and purpose."""

STAFF: Final = View("identity_staff", user_id=UUID, roles=list[str])
"""Active moderators and administrators."""

ACCOUNTS: Final = View(
    "identity_accounts",
    id=UUID,
    email=str,
    email_verified_at=datetime | None,
    full_name=str,
    language=str,
    roles=list[str],
    marketing_consent_at=datetime | None,
    version=int,
    created_at=datetime,
    updated_at=datetime,
)
"""Accounts that are neither erased nor deactivated, as their owners see them."""
REGISTRATIONS: Final = View("identity_registrations", user_id=UUID, registered_at=datetime)
"""Every account that was ever opened, erased and deactivated ones too."""
