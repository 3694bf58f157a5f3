"""Onboarding: a person chooses a username, and is one for others from then on."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final
from uuid import UUID

from functions.profiles.errors import AlreadyOnboardedError
from functions.profiles.providers import countries
from functions.profiles.providers.visitors import Visitor
from functions.profiles.repository import own_profile
from functions.profiles.repository.own_profile import OwnProfileRow
from functions.profiles.service.own_profile import display_columns, judged, name_columns, of, taken
from functions.profiles.settings import CountrySettings
from shared import keys, settings
from shared.clients.database import Connection
from shared.contexts.moderation import screening
from shared.contexts.profiles import pending_standings

_KEY: Final = "onboarding-network"


def locate(visitor: Visitor) -> str | None:
    """The visitor's country. To be asked before a transaction begins: a source may be slow."""
    return countries.country_of(visitor, settings.load(CountrySettings))


def onboard(
    connection: Connection,
    user_id: UUID,
    *,
    username: str,
    display_name: str | None,
    time_zone: str,
    country: str | None,
    address: str,
) -> OwnProfileRow:
    """The person with their new profile; the same again where they have just chosen this very name, so that a lost
    answer can be asked for once more.

    Raises ReservedUsernameError, UsernameTakenError, AlreadyOnboardedError and TextRefusedError.
    """
    columns = {
        **name_columns(username),
        **display_columns(display_name),
        "time_zone": time_zone,
        "country": country,
        "ip_hash": _hash(address),
    }
    verdict = judged(connection, columns)
    pending_standings.lock(connection, user_id)
    is_new = own_profile.onboard(connection, user_id, columns)
    if is_new:
        screening.file(connection, verdict, "user", user_id, owner_id=user_id)
    row = of(connection, user_id)
    if is_new or row.username == username:
        return row
    if row.username is not None:
        raise AlreadyOnboardedError
    raise taken(connection, username)


def _hash(address: str) -> bytes:
    return hmac.digest(keys.service_key(_KEY), address.encode(), hashlib.sha256)
