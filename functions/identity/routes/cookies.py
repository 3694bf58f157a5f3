"""The cookie mode of browsers: the refresh token in a cookie that scripts cannot read, a CSRF token in one they can."""

from __future__ import annotations

import hmac
from typing import Annotated, Any, Final

from fastapi import Header, Request
from starlette.responses import Response

from functions.identity.errors import CsrfError
from functions.identity.service.sessions import PresentedToken
from functions.identity.session_lifetime import LIFETIME_SECONDS

# The prefixes make browsers refuse the cookies from elsewhere (RFC 6265bis). __Host- asks for the path /, which the
# refresh token does without: it is sent to nobody but /api/v1/auth. Browsers take Secure cookies from 127.0.0.1, too.
REFRESH_COOKIE: Final = "__Secure-refresh_token"
CSRF_COOKIE: Final = "__Host-csrf_token"
CsrfHeader = Annotated[
    str | None, Header(alias="X-CSRF-Token", max_length=200, description="Cookie mode: the session's `csrf_token`")
]
_REFRESH: Final[dict[str, Any]] = {"path": "/api/v1/auth", "secure": True, "httponly": True, "samesite": "strict"}
_CSRF: Final[dict[str, Any]] = {"path": "/", "secure": True, "httponly": False, "samesite": "strict"}


def presented(request: Request, csrf_header: str | None) -> PresentedToken | None:
    """The refresh token in the request's cookies, if there is one.

    Raises CsrfError unless header and cookie bring the same CSRF token; whether it is the session's, the service sees.
    """
    token = request.cookies.get(REFRESH_COOKIE)
    if not token:
        return None
    csrf_cookie = request.cookies.get(CSRF_COOKIE, "")
    if not csrf_header or not hmac.compare_digest(csrf_header.encode(), csrf_cookie.encode()):
        raise CsrfError
    return PresentedToken(token, csrf_token=csrf_header)


def hand_over(response: Response, *, refresh_token: str, csrf_token: str) -> None:
    """Set both cookies for as long as the refresh token is valid."""
    response.set_cookie(REFRESH_COOKIE, refresh_token, max_age=LIFETIME_SECONDS, **_REFRESH)
    response.set_cookie(CSRF_COOKIE, csrf_token, max_age=LIFETIME_SECONDS, **_CSRF)


def take_back(response: Response) -> None:
    """Remove both cookies."""
    response.delete_cookie(REFRESH_COOKIE, **_REFRESH)
    response.delete_cookie(CSRF_COOKIE, **_CSRF)
