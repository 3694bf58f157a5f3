"""What others may read of profiles."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.views import View

PEOPLE: Final = View(
    "profiles_people",
    user_id=UUID,
    username=str,
    username_key=str,
    display_name=str | None,
    display_key=str | None,
    bio=str,
    picture=dict[str, Any] | None,
    is_private=bool,
    standing=str,
    standing_until=datetime | None,
    standing_reason=str | None,
    follower_count=int,
    following_count=int,
    created_at=datetime,
)
"""People who are onboarded and whose accounts are active, banned ones too. `standing` is the one in force: after
`standing_until` it is good. `display_key`: the display name folded, which search reads by prefix and by trigrams, as
`username_key`."""

STANDINGS: Final = View(
    "profiles_standings",
    user_id=UUID,
    is_onboarded=bool,
    standing=str,
    standing_until=datetime | None,
    standing_reason=str | None,
)
"""The standing in force of people of `profiles_people`, and of those who are suspended or banned without a profile."""

FOLLOWS: Final = View("profiles_follows", follower_id=UUID, followed_id=UUID, created_at=datetime)

WALLS: Final = View("profiles_walls", viewer_id=UUID, person_id=UUID)
"""Pairs of whom one has blocked the other, in both orders; twice where both have."""

MUTES: Final = View("profiles_mutes", viewer_id=UUID, person_id=UUID)
"""Mutes in force now."""

WORD_FILTERS: Final = View("profiles_word_filters", user_id=UUID, pattern=str, action=str)
"""Word filters in force now."""

WATCHLIST: Final = View("profiles_watchlist", user_id=UUID, symbol=str)

SHOWN_MEDIA: Final = View("profiles_shown_media", media_id=UUID)
"""Uploaded pictures that a profile shows."""
