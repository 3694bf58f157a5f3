"""identity over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared import startup

if TYPE_CHECKING:
    from fastapi import APIRouter


def administration() -> list[APIRouter]:
    """What administrators do: most environments never see one."""
    from functions.identity.routes import admin_user_notes, admin_user_sessions, admin_users

    return [admin_users.router, admin_user_notes.router, admin_user_sessions.router]


with startup.initializing():
    from shared.web import Deferred, create_app, lambda_handler, warm_up  # isort: split

    # Every login and every signed-in request needs these two; INIT is the cheap moment to load them.
    import bcrypt  # noqa: F401 - loaded for those who use it later
    import jwt  # noqa: F401 - likewise

    from functions.identity.routes import ROUTERS

    app = create_app("identity", ROUTERS, deferred=Deferred(administration))
    handler = lambda_handler(
        app,
        warm_up.Request("/.well-known/jwks.json"),
        warm_up.Request("/api/v1/auth/sessions", warm_up.UNSIGNED_TOKEN_HEADERS),
    )
