"""What is answered to whoever may not write, as the API documents it."""

from __future__ import annotations

from typing import Any, Final

Responses = dict[int | str, dict[str, Any]]


def refusals(conflicts: str = "", denials: str = "") -> Responses:
    """For routes by which people write in public; `conflicts` and `denials` are what a route has besides."""
    return {
        403: {"description": f"{denials}The caller may not write at the moment (`suspended`)"},
        409: {"description": f"{conflicts}The caller has no username yet (`onboarding_required`)"},
    }


WRITING: Final = refusals()
