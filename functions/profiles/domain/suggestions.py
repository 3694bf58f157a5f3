"""Names like one that is taken."""

from __future__ import annotations

import secrets

from shared.contexts.profiles import usernames

CANDIDATES = 12
SHOWN = 3


def candidates(name: str) -> list[str]:
    """Usernames that begin like this one; whether they are free is to be looked up."""
    stem = usernames.shown_form(name)[: usernames.MAX_LENGTH - 5].rstrip("_")
    made = [f"{stem}_{number}" for number in (2, 3, 7)]
    made += [f"{stem}{secrets.randbelow(9_000) + 1_000}" for _ in range(CANDIDATES - len(made))]
    return [each for each in dict.fromkeys(made) if usernames.problem_of(each) is None]
