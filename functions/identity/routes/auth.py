"""Registration, login, logout, and tokens.

Passwords are hashed before a transaction begins: nothing in the database waits for bcrypt.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from functions.identity.domain import passwords
from functions.identity.repository.accounts import NewUser, User
from functions.identity.routes import cookies
from functions.identity.routes.cookies import CsrfHeader
from functions.identity.schemas.auth import (
    Login,
    Registration,
    SignedIn,
    TokenClaims,
    TokenRefresh,
    Tokens,
    TokenVerification,
    TokenVerificationRequest,
)
from functions.identity.schemas.fields import Mode
from functions.identity.service import (
    access_tokens,
    csrf,
    devices,
    email_addresses,
    login,
    registration,
    sessions,
    throttling,
    token_verification,
)
from functions.identity.service.login import SignIn
from functions.identity.service.sessions import Grant, PresentedToken
from shared import languages, outbox, permissions
from shared.contexts.identity.consents import Choice, ConsentPurpose
from shared.contexts.identity.schemas import Profile
from shared.contexts.identity.session_lifetime import LIFETIME_SECONDS
from shared.errors import InvalidTokenError, NotAuthenticatedError
from shared.permissions import Role
from shared.web import Reader, Transaction, client_address, no_content, respond
from shared.web.authentication import identify

router = APIRouter(prefix="/api/v1/auth", tags=["auth"])

_THROTTLED: dict[int | str, dict[str, Any]] = {
    401: {"description": "Unknown address or wrong password (`invalid_credentials`)"},
    403: {"description": "The account is deactivated (`account_inactive`)"},
    503: {"description": "Attempts cannot be counted, so there are none"},
}
_REFUSED: dict[int | str, dict[str, Any]] = {
    401: {"description": "Unknown, expired, spent or revoked (`invalid_refresh_token`)"},
    403: {"description": "Cookie mode without the session's CSRF token (`csrf_failed`)"},
}
_RACED: dict[int | str, dict[str, Any]] = {
    409: {"description": "Another request has just used this token and got the next (`refresh_token_just_used`)"}
}


@router.post(
    "/register",
    status_code=201,
    response_model=SignedIn,
    summary="Create an account and sign in",
    responses={
        409: {
            "description": "The address has an account (`email_taken`), or a consent is to a text that is not in force"
            " (`outdated_text`)"
        }
    },
)
async def register_account(request: Request, body: Registration) -> Response:
    """A new customer. The password must have 10 characters and must not be guessable. A link that proves the address
    goes out by mail; like any mail it counts for the network that it was asked for from, also where the address is
    taken.
    """
    password = passwords.validate(body.password, email=body.email, full_name=body.full_name)
    throttling.count_mail(client_address(request))
    new = NewUser(
        email=body.email,
        password_hash=passwords.hash_password(password),
        full_name=body.full_name,
        language=body.language or languages.preferred(request.headers.get("accept-language")),
    )
    with outbox.unit_of_work() as tx:
        user = registration.register(tx, new, _choices(body))
        email_addresses.request_verification(tx, user)
        grant = sessions.start(tx, user, _user_agent(request), password_hash=new.password_hash)
        assert grant is not None  # no other transaction has seen the account
    signed_in = SignIn(grant, devices.issue(user.id, new.password_hash))
    return _signed_in(request, user, signed_in, body.mode, status=201, headers={"Location": "/api/v1/users/me"})


@router.post("/login", response_model=SignedIn, summary="Sign in", responses=_THROTTLED)
async def log_in(request: Request, body: Login, reader: Reader) -> Response:
    """Opens a session. After 5 failures of strangers for an account, or 20 from a network, the next has to wait.

    A device that has signed in to the account before has 5 failures of its own, and is not held up by others: it sends
    the `device_token` of the last answer, or its cookie.
    """
    authenticated = login.authenticate(
        reader,
        email=body.email,
        password=body.password,
        address=client_address(request),
        device_token=cookies.device(request, body.device_token),
    )
    with outbox.unit_of_work() as tx:
        signed_in = login.complete(tx, authenticated, _user_agent(request))
    return _signed_in(request, authenticated.account, signed_in, body.mode)


@router.post("/refresh", response_model=Tokens, summary="Get the next tokens", responses={**_REFUSED, **_RACED})
async def refresh_tokens(
    request: Request, csrf_header: CsrfHeader = None, body: TokenRefresh | None = None
) -> Response:
    """A refresh token is good for one use, and its answer brings the next. Using a spent one ends the session.

    Cookie mode: send no body, and the CSRF token in the header `X-CSRF-Token`.
    """
    presented = _presented(request, csrf_header, body)
    if presented is None:
        raise NotAuthenticatedError("A refresh token is needed, in the body or as a cookie")
    with outbox.unit_of_work() as tx:
        outcome = sessions.refresh(tx, presented, _user_agent(request), arrived_at=_arrived_at(request))
    if not isinstance(outcome, Grant):
        raise outcome
    mode: Mode = "body" if presented.csrf_token is None else "cookie"
    return _respond_with_tokens(request, Tokens(**_tokens(outcome, mode)), outcome, mode)


@router.post("/logout", status_code=204, summary="Sign out", responses=_REFUSED)
async def log_out(
    request: Request, tx: Transaction, csrf_header: CsrfHeader = None, body: TokenRefresh | None = None
) -> Response:
    """Ends the session of the refresh token (body, or cookie with CSRF token), or else of the access token.

    Access tokens already issued stay valid until they expire, at most 15 minutes.
    """
    presented = _presented(request, csrf_header, body)
    if presented is not None:
        sessions.end(tx, presented)
    elif (caller := identify(request)) is not None:
        sessions.end_session(tx, caller.session_id)
    else:
        raise NotAuthenticatedError("A refresh token or an access token is needed")
    response = no_content()
    if cookies.REFRESH_COOKIE in request.cookies:
        cookies.delete(response)
    return response


@router.post(
    "/verify",
    response_model=TokenVerification,
    summary="Check an access token",
    responses={401: {"description": "No token in the body, and none or an invalid one in the Authorization header"}},
)
async def verify_token(request: Request, reader: Reader, body: TokenVerificationRequest | None = None) -> Response:
    """Checks the body's token, or else the caller's own; also that its session was not ended meanwhile."""
    token = body.token if body is not None else None
    try:
        verified = token_verification.verify(reader, token if token is not None else _own_token(request))
    except InvalidTokenError as error:
        if token is None:
            raise
        return respond(request, TokenVerification(valid=False, reason=error.detail, claims=None, permissions=[]))
    claims = TokenClaims.model_validate(verified.claims)
    return respond(
        request, TokenVerification(valid=True, reason=None, claims=claims, permissions=sorted(verified.permissions))
    )


def _choices(body: Registration) -> list[Choice]:
    """The consents that are given; the field of the form counts like its entry among the consents."""
    choices = [Choice(entry.purpose, entry.granted, entry.version) for entry in body.consents if entry.granted]
    if body.accepts_marketing and ConsentPurpose.MARKETING not in {choice.purpose for choice in choices}:
        choices.append(Choice(ConsentPurpose.MARKETING, True))
    return choices


def _own_token(request: Request) -> str:
    if identify(request) is None:
        raise NotAuthenticatedError
    return request.headers["authorization"].partition(" ")[2].strip()


def _presented(request: Request, csrf_header: str | None, body: TokenRefresh | None) -> PresentedToken | None:
    """The refresh token: the body's, or else the cookie's."""
    if body is not None and body.refresh_token is not None:
        return PresentedToken(body.refresh_token, csrf_token=None)
    return cookies.presented(request, csrf_header)


def _signed_in(
    request: Request,
    user: User,
    signed_in: SignIn,
    mode: Mode,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    grant, device_token = signed_in.grant, signed_in.device_token
    body = SignedIn(
        user=Profile.model_validate(user),
        device_token=None if mode == "cookie" else device_token,
        **_tokens(grant, mode),
    )
    response = _respond_with_tokens(request, body, grant, mode, status=status, headers=headers)
    if mode == "cookie":
        cookies.set_device(response, device_token)
    return response


def _tokens(grant: Grant, mode: Mode) -> dict[str, Any]:
    in_cookie = mode == "cookie"
    return {
        "access_token": grant.access_token,
        "expires_in": access_tokens.LIFETIME_SECONDS,
        "refresh_token": None if in_cookie else grant.refresh_token,
        "refresh_expires_in": LIFETIME_SECONDS,
        "csrf_token": csrf.token_of(grant.session_id) if in_cookie else None,
        "permissions": sorted(permissions.granted(frozenset(map(Role, grant.roles)))),
    }


def _respond_with_tokens(
    request: Request,
    body: BaseModel,
    grant: Grant,
    mode: Mode,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    response = respond(request, body, status=status, headers=headers)
    if mode == "cookie":
        cookies.set_tokens(response, refresh_token=grant.refresh_token, csrf_token=csrf.token_of(grant.session_id))
    return response


def _user_agent(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _arrived_at(request: Request) -> float:
    """When the gateway received the request, in seconds since 1970, rounded up to its milliseconds."""
    milliseconds: int = request.scope["aws.event"]["requestContext"]["timeEpoch"]
    return (milliseconds + 1) / 1000
