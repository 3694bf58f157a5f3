"""Verification of access tokens: as in all contexts, and against the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from functions.identity.repository import sessions
from shared import tokens
from shared.clients.database import Connection
from shared.errors import InvalidTokenError
from shared.permissions import Permission


@dataclass(frozen=True, slots=True)
class VerifiedToken:
    """A valid token's claims, and the permissions of its roles."""

    claims: dict[str, Any]
    permissions: frozenset[Permission]


def verify(connection: Connection, token: str) -> VerifiedToken:
    """The verified token. Raises InvalidTokenError for one that is not valid, or whose session has ended."""
    import jwt

    principal = tokens.verify_access_token(token)
    if not sessions.is_live(connection, principal.session_id, principal.user_id):
        raise InvalidTokenError("The session of this access token has ended")
    claims = jwt.decode(token, options={"verify_signature": False})  # verified two lines above
    return VerifiedToken(claims, principal.permissions)
