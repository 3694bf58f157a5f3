"""Login sessions: refresh tokens that are good for one use.

A spent token that is presented again is known to two parties, so its whole session is revoked (RFC 9700, section
4.14.2). Two honest cases look alike, and are answered 409 without a token and without revoking anything:

- two requests that overlapped: the second had arrived at the gateway before the first one spent the token;
- in cookie mode, a browser's other tab, which sent the cookie before the next one had arrived: within RACE_SECONDS.

Neither helps an attacker: one token has one successor, however often it is presented. In body mode one client holds
the token, and a request after the response is reuse, however soon.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from functions.identity.errors import CsrfError, InvalidRefreshTokenError, RefreshTokenJustUsedError
from functions.identity.repository import accounts, administration, sessions
from functions.identity.repository.accounts import User
from functions.identity.repository.sessions import SessionRow
from functions.identity.service import access_tokens, csrf
from shared import audit, outbox
from shared.audit import Subject
from shared.clients.database import Connection
from shared.contexts.identity.events import RefreshTokenReused
from shared.contexts.identity.session_lifetime import LIFETIME_SECONDS
from shared.errors import NotFoundError
from shared.log import logger
from shared.pages import split_by_id

RACE_SECONDS: Final = 5.0
_TOKEN_BYTES: Final = 32
_USER_AGENT_LENGTH: Final = 300


@dataclass(frozen=True, slots=True, repr=False)
class Grant:
    """The result of a sign-in or a refresh; as of all classes with secrets here, the representation hides them."""

    session_id: UUID
    roles: Sequence[str]
    access_token: str
    refresh_token: str


@dataclass(frozen=True, slots=True, repr=False)
class PresentedToken:
    """A refresh token as a caller sends it."""

    token: str
    csrf_token: str | None
    """In cookie mode, the CSRF token that came with it; None in body mode, where requests cannot be forged."""


def start(connection: Connection, user: User, user_agent: str, *, password_hash: str) -> Grant | None:
    """A new session of a user whose password is verified; None where `password_hash` is no longer the account's, or the
    account is deactivated. Raises UnavailableError where tokens cannot be signed.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    session_id = sessions.add(
        connection,
        user.id,
        _hash(token),
        password_hash=password_hash,
        user_agent=_printable(user_agent),
        lifetime=LIFETIME_SECONDS,
    )
    if session_id is None:
        return None
    return Grant(session_id, user.roles, access_tokens.issue(user.id, session_id, user.roles), token)


def refresh(
    connection: Connection, presented: PresentedToken, user_agent: str, *, arrived_at: float
) -> Grant | InvalidRefreshTokenError | RefreshTokenJustUsedError:
    """Spend the token for the next one and an access token. `arrived_at`: time of arrival, seconds since 1970.

    A refusal is returned, not raised, so that the revocation which it may come with is committed. Raises CsrfError.
    """
    spent_hash = _hash(presented.token)
    state = sessions.lock(connection, spent_hash, arrived_at=arrived_at, race_seconds=RACE_SECONDS)
    if state is None:
        return InvalidRefreshTokenError()
    if presented.csrf_token is not None and not csrf.belongs(presented.csrf_token, state.session_id):
        raise CsrfError
    if state.revoked or not state.is_active:
        return InvalidRefreshTokenError()
    if state.spent:
        if state.overlapped or (state.just_spent and presented.csrf_token is not None):
            return RefreshTokenJustUsedError()
        sessions.revoke(connection, state.session_id, "token_reused")
        logger().warning(
            "a spent refresh token was used again; its session is revoked",
            extra={
                "security_event": "refresh_token_reused",
                "user_id": str(state.user_id),
                "session_id": str(state.session_id),
            },
        )
        _notify_of_reuse(connection, state.user_id)
        return InvalidRefreshTokenError()
    if state.expired:
        return InvalidRefreshTokenError()
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    sessions.rotate(
        connection,
        state.session_id,
        spent_hash,
        _hash(token),
        user_agent=_printable(user_agent),
        lifetime=LIFETIME_SECONDS,
    )
    access_token = access_tokens.issue(state.user_id, state.session_id, state.roles)
    return Grant(state.session_id, state.roles, access_token, token)


def _notify_of_reuse(connection: Connection, user_id: UUID) -> None:
    user = accounts.find_active(connection, user_id)
    if user is not None:
        event = RefreshTokenReused(
            user_id=user.id, email=user.email, language=user.language, reused_at=datetime.now(UTC)
        )
        outbox.record(connection, event)


def end(connection: Connection, presented: PresentedToken) -> None:
    """Log the token's session out; a token that is unknown, spent or expired is no error. Raises CsrfError."""
    session_id = sessions.find_session(connection, _hash(presented.token))
    if session_id is None:
        return
    if presented.csrf_token is not None and not csrf.belongs(presented.csrf_token, session_id):
        raise CsrfError
    sessions.revoke(connection, session_id, "logged_out")


def end_session(connection: Connection, session_id: UUID) -> None:
    """Log out the session that an access token names."""
    sessions.revoke(connection, session_id, "logged_out")


def page(
    connection: Connection, user_id: UUID, *, after: UUID | None, limit: int
) -> tuple[Sequence[SessionRow], UUID | None]:
    """A page of the user's live sessions, and the id to continue after (None at the end)."""
    rows = sessions.live(connection, user_id, lifetime=LIFETIME_SECONDS, after=after, limit=limit + 1)
    return split_by_id(rows, limit)


def end_own(connection: Connection, session_id: UUID, user_id: UUID) -> None:
    """Log out one session of the user. Raises NotFoundError where it is not theirs, or has ended."""
    if not sessions.revoke_own(connection, session_id, user_id, "logged_out"):
        raise NotFoundError


def end_others(connection: Connection, user_id: UUID, *, but: UUID) -> None:
    """Log out all sessions of the user but one."""
    sessions.revoke_all(connection, user_id, "logged_out", but=but)


def end_all(connection: Connection, user_id: UUID) -> None:
    """Log a user out everywhere, as an administrator. Raises NotFoundError."""
    if not administration.lock(connection, [user_id]):
        raise NotFoundError
    ended = sessions.revoke_all(connection, user_id, "ended_by_staff")
    audit.record(connection, "user.signed_out", Subject("user", user_id), changes={"sessions": (ended, 0)})


def _hash(token: str) -> bytes:
    """256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).digest()


def _printable(user_agent: str) -> str:
    return "".join(character for character in user_agent if character.isprintable())[:_USER_AGENT_LENGTH]
