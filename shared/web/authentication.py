"""Who calls, and whether they may: bearer tokens, and permissions declared by routes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from shared import audit, tokens
from shared.errors import InvalidTokenError, NotAuthenticatedError, PermissionDeniedError
from shared.permissions import Permission
from shared.tokens import Principal
from shared.web.client_address import client_address

_bearer = HTTPBearer(
    auto_error=False, scheme_name="bearer", bearerFormat="JWT", description="Access token of /auth/login"
)


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

    Raises NotAuthenticatedError for a guest, InvalidTokenError for a bad token.
    """
    principal = identify(request)
    if principal is None:
        raise NotAuthenticatedError
    audit.acting(audit.user(principal.user_id, principal.roles, client_address(request)))
    return principal


MaybeCaller = Annotated[Principal | None, Depends(_maybe)]
"""The signed-in caller, or None for a guest; a bad token is still refused."""

Caller = Annotated[Principal, Depends(required)]
"""The signed-in caller; 401 for anybody else."""


def requires(permission: Permission) -> Any:
    """A dependency that lets only callers with this permission pass: `dependencies=[requires(Permission.X)]`."""

    async def check(principal: Caller) -> Principal:
        if permission not in principal.permissions:
            raise PermissionDeniedError(f"This needs the permission {permission.value}")
        return principal

    dependency: Callable[[Principal], Coroutine[Any, Any, Principal]] = check
    dependency.permission = permission  # type: ignore[attr-defined]  # read by the authorization matrix test
    return Depends(dependency)
