"""What is left of an access token: checked like anywhere else, and against its session."""

from __future__ import annotations

from functions.identity.repository import sessions
from shared import tokens
from shared.clients.database import Connection
from shared.errors import InvalidTokenError
from shared.tokens import Principal


def verify(connection: Connection, token: str) -> Principal:
    """The caller that the token names. Raises InvalidTokenError, also where its session was ended meanwhile."""
    principal = tokens.verify_access_token(token)
    confirm_session(connection, principal)
    return principal


def confirm_session(connection: Connection, principal: Principal) -> None:
    """Raises InvalidTokenError where the session was revoked or the user deactivated after the token was made."""
    if not sessions.is_live(connection, principal.session_id, principal.user_id):
        raise InvalidTokenError("The session of this access token has ended")
