"""Who calls, and whether they may: bearer tokens, and permissions declared by routes.

A customer is who their token says, for as long as it is good. Tokens with rights of staff are only believed as far as
the database agrees at that moment: somebody dismissed goes at once, at the price of one statement for each of staff's
requests. There is no cache, because its seconds would be the ones that matter.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from shared import audit, tokens
from shared.clients import database
from shared.errors import InvalidTokenError, NotAuthenticatedError, PermissionDeniedError
from shared.permissions import Permission, Role
from shared.tokens import Principal
from shared.web.client_address import client_address

_bearer = HTTPBearer(
    auto_error=False, scheme_name="bearer", bearerFormat="JWT", description="Access token of /auth/login"
)


_RIGHTS: Final = "SELECT roles FROM identity_live_sessions WHERE session_id = %s AND user_id = %s"


def identify(request: Request) -> Principal | None:
    """The caller, or None for an anonymous one. Verified once per request. Raises InvalidTokenError."""
    if "sharestack.principal" not in request.scope:
        request.scope["sharestack.principal"] = _verify(request)
    found: Principal | InvalidTokenError | None = request.scope["sharestack.principal"]
    if isinstance(found, InvalidTokenError):
        raise found
    return found


def _verify(request: Request) -> Principal | InvalidTokenError | None:
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token:
        return InvalidTokenError("The Authorization header is not a bearer token")
    try:
        return tokens.verify_access_token(token.strip())
    except InvalidTokenError as error:
        return error


async def _maybe(request: Request, _scheme: Annotated[Any, Security(_bearer)]) -> Principal | None:
    return identify(request)


async def required(request: Request, _scheme: Annotated[Any, Security(_bearer)]) -> Principal:
    """The caller, to whom the audit log puts down what the request writes.

    Raises NotAuthenticatedError for a guest, InvalidTokenError for a bad token and for one of staff whose session has
    ended.
    """
    principal = identify(request)
    if principal is None:
        raise NotAuthenticatedError
    if principal.permissions:
        principal = request.scope["sharestack.principal"] = _with_present_roles(principal)
    audit.acting(audit.user(principal.user_id, principal.roles, client_address(request)))
    return principal


def _with_present_roles(principal: Principal) -> Principal:
    """The same with the roles that the user has now. Raises InvalidTokenError where the session has ended, or the
    account is closed.
    """
    row = database.connection().execute(_RIGHTS, (principal.session_id, principal.user_id)).fetchone()
    if row is None:
        raise InvalidTokenError("The session of this access token has ended")
    return replace(principal, roles=frozenset(Role(role) for role in row["roles"]))


MaybeCaller = Annotated[Principal | None, Depends(_maybe)]
"""The signed-in caller, or None for a guest; a bad token is still refused."""

Caller = Annotated[Principal, Depends(required)]
"""The signed-in caller; 401 for anybody else."""


def requires(permission: Permission) -> Any:
    """A dependency that lets only callers pass who have the permission: `dependencies=[requires(Permission.X)]`."""

    async def check(principal: Caller) -> Principal:
        if permission not in principal.permissions:
            raise PermissionDeniedError(f"This needs the permission {permission.value}")
        return principal

    dependency: Callable[[Principal], Coroutine[Any, Any, Principal]] = check
    dependency.permission = permission  # type: ignore[attr-defined]  # read by the authorization matrix test
    return Depends(dependency)
