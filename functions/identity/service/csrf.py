"""CSRF tokens of the cookie mode: signed, and bound to the session (OWASP: signed double-submit cookie).

The token of a session never changes, so that all tabs of a browser have the same one, whichever refreshed last.
"""

from __future__ import annotations

from uuid import UUID

from shared import tokens

_PURPOSE = "csrf"


def token_of(session_id: UUID) -> str:
    """The session's CSRF token, to be readable by the page's own scripts."""
    return tokens.sign(_PURPOSE, session_id.bytes)


def belongs(token: str, session_id: UUID) -> bool:
    """Whether the token is this session's."""
    return tokens.unsign(_PURPOSE, token) == session_id.bytes
