"""identity: signing in is open to everybody; a profile is one's own, whoever one is."""

from __future__ import annotations

from functions.identity.service import key_rotation
from tests.contract.authorization.matrix import Request, Row, Stage, public, signed_in
from tests.factories import identity

_PASSWORD = "sunny-orchard-42"
_PROFILE = {"full_name": "Ada King", "language": "en", "accepts_marketing": False, "version": 1}


def _keys() -> None:
    key_rotation.rotate()


def _a_registration(stage: Stage) -> Request:
    _keys()
    return Request(json={"email": "new@example.com", "password": _PASSWORD, "full_name": "Ada Lovelace"})


def _a_login(stage: Stage) -> Request:
    _keys()
    identity.user(stage.db, email="known@example.com", password=_PASSWORD)
    return Request(json={"email": "known@example.com", "password": _PASSWORD})


def _a_refresh_token(stage: Stage) -> Request:
    """Whoever holds it may use it: that is what it is."""
    signed_in_as = stage.as_nobody("identity").post("/api/v1/auth/login", json=_a_login(stage).json)
    return Request(json={"refresh_token": signed_in_as.json()["refresh_token"]})


ROWS: list[Row] = [
    public("GET", "/.well-known/jwks.json"),
    public("POST", "/api/v1/auth/register", _a_registration),
    public("POST", "/api/v1/auth/login", _a_login),
    public("POST", "/api/v1/auth/refresh", _a_refresh_token),
    public("POST", "/api/v1/auth/logout", _a_refresh_token),
    public("POST", "/api/v1/auth/verify", request=Request(json={"token": "any"})),
    signed_in("GET", "/api/v1/users/me"),
    signed_in("PUT", "/api/v1/users/me", request=Request(json=_PROFILE)),
    signed_in("PATCH", "/api/v1/users/me", request=Request(json={"full_name": "Ada King", "version": 1})),
]
