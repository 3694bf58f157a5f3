"""The cookie mode of browsers: the refresh token in a cookie that scripts cannot read, a CSRF token in one they can.

The cookie of a device that has signed in needs no CSRF token: it is no credential and opens nothing (`devices`). Like
the refresh token's it goes to /api/v1/auth only, and no other site can have it sent.
"""

from __future__ import annotations

import hmac
from typing import Annotated, Any, Final

from fastapi import Header, Request
from starlette.responses import Response

from functions.identity.errors import CsrfError
from functions.identity.service import devices
from functions.identity.service.sessions import PresentedToken
from shared.contexts.identity.session_lifetime import LIFETIME_SECONDS

# The prefixes make browsers refuse the cookies from other hosts (RFC 6265bis). __Host- requires the path /, which the
# refresh token does not have: it is sent to /api/v1/auth only. Browsers accept Secure cookies from 127.0.0.1, too.
REFRESH_COOKIE: Final = "__Secure-refresh_token"
CSRF_COOKIE: Final = "__Host-csrf_token"
DEVICE_COOKIE: Final = "__Secure-device_token"
CsrfHeader = Annotated[
    str | None, Header(alias="X-CSRF-Token", max_length=200, description="Cookie mode: the session's `csrf_token`")
]
_HIDDEN: Final[dict[str, Any]] = {"path": "/api/v1/auth", "secure": True, "httponly": True, "samesite": "strict"}
_CSRF: Final[dict[str, Any]] = {"path": "/", "secure": True, "httponly": False, "samesite": "strict"}


def presented(request: Request, csrf_header: str | None) -> PresentedToken | None:
    """The refresh token in the request's cookies, if there is one.

    Raises CsrfError unless header and cookie have the same CSRF token; the service checks that it is the session's.
    """
    token = request.cookies.get(REFRESH_COOKIE)
    if not token:
        return None
    csrf_cookie = request.cookies.get(CSRF_COOKIE, "")
    if not csrf_header or not hmac.compare_digest(csrf_header.encode(), csrf_cookie.encode()):
        raise CsrfError
    return PresentedToken(token, csrf_token=csrf_header)


def set_tokens(response: Response, *, refresh_token: str, csrf_token: str) -> None:
    """Set both cookies for as long as the refresh token is valid."""
    response.set_cookie(REFRESH_COOKIE, refresh_token, max_age=LIFETIME_SECONDS, **_HIDDEN)
    response.set_cookie(CSRF_COOKIE, csrf_token, max_age=LIFETIME_SECONDS, **_CSRF)


def set_device(response: Response, device_token: str) -> None:
    """Let the browser be known at its next sign-in."""
    response.set_cookie(DEVICE_COOKIE, device_token, max_age=devices.LIFETIME_SECONDS, **_HIDDEN)


def device(request: Request, device_token: str | None) -> str | None:
    """The token of the caller's device: the body's, or else the cookie's."""
    return device_token or request.cookies.get(DEVICE_COOKIE)


def delete(response: Response) -> None:
    """Remove the cookies of a session. The device stays known."""
    response.delete_cookie(REFRESH_COOKIE, **_HIDDEN)
    response.delete_cookie(CSRF_COOKIE, **_CSRF)


def delete_all(response: Response) -> None:
    """Remove what a session has set, and what the device is known by."""
    delete(response)
    response.delete_cookie(DEVICE_COOKIE, **_HIDDEN)
