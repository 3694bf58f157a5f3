"""Request limits per minute, by kind of route and caller (http.md). Counters are shared through DynamoDB.

A call to the counter store per request would cost more than most requests do. So the general limits are kept per
process and added to the shared counter every few requests: a limit may be overshot by at most SYNC_EVERY - 1 requests
per warm process. Payments and coupon codes count exactly. When the store fails, these stop (closed) and all else goes
on (open), for a while without asking it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from fastapi import Request

from shared.clients import counters
from shared.errors import InvalidTokenError, TooManyRequestsError, UnavailableError
from shared.log import logger
from shared.permissions import Role
from shared.web.authentication import identify
from shared.web.client_address import client_address
from shared.web.rehearsal import rehearsed

WINDOW_SECONDS: Final = 60
SYNC_EVERY: Final = 10
STORE_PAUSE_SECONDS: Final = 5.0
"""How long a store that failed is left alone by limits that do without it: every failing call costs its patience."""
_KEEP_WINDOWS: Final = 10_000


class Kind(Enum):
    """Name, requests per minute, and whether every single request is counted in the shared store."""

    PUBLIC = ("public", 100, False)
    SIGNED_IN = ("signed_in", 300, False)
    PAYMENTS = ("payments", 10, True)
    ADMIN = ("admin", 1000, False)
    COUPONS = ("coupons", 10, True)
    """Codes are guessed by trying, so every try counts, and none is possible while nobody can count."""

    def __init__(self, label: str, limit: int, exact: bool) -> None:
        self.label = label
        self.limit = limit
        self.exact = exact


@dataclass(slots=True)
class _Window:
    known: int = 0
    unsynced: int = 0


_windows: dict[str, _Window] = {}
_store_failed_at = float("-inf")


def limited_as(kind: Kind) -> dict[str, Any]:
    """Route option that fixes the kind: `@router.post(..., openapi_extra=limited_as(Kind.PAYMENTS))`."""
    return {"x-rate-limit": kind.label}


_BY_LABEL: Final = {kind.label: kind for kind in Kind}


async def enforce(request: Request) -> None:
    """Dependency of every route. Raises TooManyRequestsError, and UnavailableError where it must fail closed."""
    kind, who = _classify(request)
    now = time.time()
    window_start = int(now // WINDOW_SECONDS) * WINDOW_SECONDS
    reset = max(1, int(window_start + WINDOW_SECONDS - now + 0.999))
    used = 0 if rehearsed(request.scope) else _hit(f"rate#{kind.label}#{who}#{window_start}", kind, window_start)
    headers = {
        "RateLimit-Limit": str(kind.limit),
        "RateLimit-Remaining": str(max(0, kind.limit - used)),
        "RateLimit-Reset": str(reset),
    }
    request.scope["sharestack.headers"] = headers
    if used > kind.limit:
        raise TooManyRequestsError(
            f"More than {kind.limit} requests in a minute; try again in {reset} seconds",
            headers={"Retry-After": str(reset)},
        )


def _classify(request: Request) -> tuple[Kind, str]:
    try:
        principal = identify(request)
    except InvalidTokenError:
        principal = None  # refused by the route's own dependency; counted against the address
    who = str(principal.user_id) if principal else client_address(request)
    route = request.scope.get("route")
    declared = (getattr(route, "openapi_extra", None) or {}).get("x-rate-limit")
    if declared is not None:
        return _BY_LABEL[declared], who
    if principal is None:
        return Kind.PUBLIC, who
    if Role.ADMIN in principal.roles and "/admin/" in request.url.path:
        return Kind.ADMIN, who
    return Kind.SIGNED_IN, who


def _hit(key: str, kind: Kind, window_start: int) -> int:
    """Count one request; returns the requests known in this window, this one included."""
    global _store_failed_at  # noqa: PLW0603 - one store, whoever asks it
    window = _windows.get(key)
    if window is None:
        if len(_windows) >= _KEEP_WINDOWS:
            _windows.clear()
        window = _windows[key] = _Window()
    window.unsynced += 1
    paused = time.monotonic() - _store_failed_at < STORE_PAUSE_SECONDS
    due = kind.exact or (window.unsynced >= SYNC_EVERY and not paused)
    if due and window.known <= kind.limit:
        try:
            window.known = counters.add(key, window.unsynced, expires_at=window_start + 2 * WINDOW_SECONDS)
            window.unsynced = 0
        except Exception as error:
            _store_failed_at = time.monotonic()
            logger().error("rate limit counters unavailable", exc_info=True)
            if kind.exact:
                window.unsynced -= 1  # it has no effect, so whoever repeats it is not limited for our failure
                raise UnavailableError("This is not possible at the moment", retry_after=5) from error
    return window.known + window.unsynced
