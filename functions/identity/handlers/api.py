"""identity over HTTP."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, rehearsal  # isort: split

    # Every login and every signed-in request needs these two; INIT is the cheap moment to load them.
    import bcrypt  # noqa: F401 - loaded for those who use it later
    import jwt  # noqa: F401 - likewise

    from functions.identity.routes import ROUTERS

    app = create_app("identity", ROUTERS)
    handler = lambda_handler(
        app, rehearsal.Request("/.well-known/jwks.json"), rehearsal.Request("/api/v1/users/me", rehearsal.NOBODY)
    )
