"""Request limits per minute, by kind of route and caller. Counters are shared through DynamoDB
(docs/decisions/0010-rate-limit-counters.md).

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

from shared import process
from shared.clients import counters
from shared.errors import InvalidTokenError, TooManyRequestsError, UnavailableError
from shared.log import logger
from shared.pause import Pause
from shared.permissions import Role
from shared.tokens import Principal
from shared.web.authentication import identify
from shared.web.client_address import client_address
from shared.web.warm_up import is_warm_up

WINDOW_SECONDS: Final = 60
SYNC_EVERY: Final = 10
STORE_PAUSE_SECONDS: Final = 5.0
"""How long a store that failed is left alone by limits that do without it: every failing call costs its patience."""
_KEEP_WINDOWS: Final = 10_000

clock = time.time


class Kind(Enum):
    """Name, requests per minute of a caller, whether every single request is counted in the shared store, and how many
    callers of one network may send together where accounts are as cheap as addresses.
    """

    PUBLIC = ("public", 100, False, None)
    SIGNED_IN = ("signed_in", 300, False, None)
    PAYMENTS = ("payments", 10, True, 20)
    """Twice a caller's, because people who share an address do pay in the same minute."""
    ADMIN = ("admin", 1000, False, None)
    CLIENT_ERRORS = ("client_errors", 20, False, 60)
    """What a browser reports by itself, without anybody asking for it; a page that fails all the time is heard once."""
    COUPONS = ("coupons", 10, True, 10)
    """Codes are guessed by trying, so every try counts, and none is possible while nobody can count."""

    def __init__(self, label: str, limit: int, exact: bool, network_limit: int | None) -> None:
        self.label = label
        self.limit = limit
        self.exact = exact
        self.network_limit = network_limit


@dataclass(slots=True)
class _Window:
    known: int = 0
    unsynced: int = 0


_windows: dict[str, _Window] = {}
process.on_reset(_windows.clear)
store_pause = Pause(STORE_PAUSE_SECONDS)


def limited_as(kind: Kind) -> dict[str, Any]:
    """Route option that fixes the kind: `@router.post(..., openapi_extra=limited_as(Kind.PAYMENTS))`."""
    return {"x-rate-limit": kind.label}


_BY_LABEL: Final = {kind.label: kind for kind in Kind}


async def enforce(request: Request) -> None:
    """Dependency of every route. Raises TooManyRequestsError, and UnavailableError where it must fail closed."""
    kind, principal = _classify(request)
    now = clock()
    window_start = int(now // WINDOW_SECONDS) * WINDOW_SECONDS
    reset = max(1, int(window_start + WINDOW_SECONDS - now + 0.999))
    left = kind.limit
    if not is_warm_up(request.scope):
        for who, limit in _counted(kind, principal, client_address(request)):
            used = _hit(f"rate#{kind.label}#{who}#{window_start}", kind, limit, window_start)
            left = min(left, limit - used)
            if left < 0:
                break  # whoever is over their own limit uses up nobody else's
    request.scope["sharestack.headers"] = {
        "RateLimit-Limit": str(kind.limit),
        "RateLimit-Remaining": str(max(0, left)),
        "RateLimit-Reset": str(reset),
    }
    if left < 0:
        raise TooManyRequestsError(
            f"More than {kind.limit} requests in a minute; try again in {reset} seconds",
            headers={"Retry-After": str(reset)},
        )


def _counted(kind: Kind, principal: Principal | None, network: str) -> list[tuple[str, int]]:
    """What a request counts against, and the limit of each: the user, or else the network; where new accounts must not
    be a way around the limit, a user and the network.
    """
    if principal is None:
        return [(network, kind.limit)]
    own = (str(principal.user_id), kind.limit)
    return [own] if kind.network_limit is None else [own, (network, kind.network_limit)]


def _classify(request: Request) -> tuple[Kind, Principal | None]:
    try:
        principal = identify(request)
    except InvalidTokenError:
        principal = None  # refused by the route's own dependency; counted against the network
    route = request.scope.get("route")
    declared = (getattr(route, "openapi_extra", None) or {}).get("x-rate-limit")
    if declared is not None:
        return _BY_LABEL[declared], principal
    if principal is None:
        return Kind.PUBLIC, None
    if Role.ADMIN in principal.roles and "/admin/" in request.url.path:
        return Kind.ADMIN, principal
    return Kind.SIGNED_IN, principal


def _hit(key: str, kind: Kind, limit: int, window_start: int) -> int:
    """Count one request; returns the requests known in this window, this one included."""
    window = _windows.get(key)
    if window is None:
        if len(_windows) >= _KEEP_WINDOWS:
            _windows.clear()
        window = _windows[key] = _Window()
    window.unsynced += 1
    due = kind.exact or (window.unsynced >= SYNC_EVERY and not store_pause.is_running)
    if due and window.known <= limit:
        try:
            window.known = counters.add(key, window.unsynced, expires_at=window_start + 2 * WINDOW_SECONDS)
            window.unsynced = 0
        except Exception as error:
            store_pause.start()
            logger().error("rate limit counters unavailable", exc_info=True)
            if kind.exact:
                window.unsynced -= 1  # it has no effect, so whoever repeats it is not limited for our failure
                raise UnavailableError("This is not possible at the moment", retry_after=5) from error
    return window.known + window.unsynced
