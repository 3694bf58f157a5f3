"""Profiles: people, and lists of people. Who is there is no content: a mute hides nobody's name there."""

from __future__ import annotations

from typing import Final

from tests.contract.shown_people import ABSENT, BLOCKED, PERSON, Shown
from tests.contract.shown_people.world import World

_OWN: Final = "the caller's own"


def _bob(world: World) -> dict[str, object]:
    return {"user": world.bob.id}


def _eve(world: World) -> dict[str, object]:
    return {"user": world.eve.id}


ROWS: list[Shown] = [
    # Whoever blocks finds the person, to end it.
    Shown("/api/v1/users/{user}", ABSENT | {BLOCKED}, _eve),
    Shown("/api/v1/users/{user}", ABSENT | {BLOCKED}, lambda world: {"user": "EVE_canary"}, case="by name"),
    Shown("/api/v1/users/{user}/followers", PERSON, _bob),
    Shown("/api/v1/users/{user}/following", PERSON, _bob),
    Shown("/api/v1/follow-requests", PERSON),
]
NOBODY: dict[str, str] = {
    "/api/v1/users/me": _OWN,
    "/api/v1/users/me/interests": _OWN,
    "/api/v1/users/me/watchlist": _OWN,
    "/api/v1/users/me/people-files/{name}": "whom the caller follows, mutes and blocks, to take along",
    "/api/v1/content-filters": "whom the caller mutes and blocks, to end it",
    "/api/v1/word-filters": _OWN,
}
