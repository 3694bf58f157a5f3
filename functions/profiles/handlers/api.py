"""profiles over HTTP."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, warm_up  # isort: split

    # Every signed-in request needs it; INIT is the cheap moment to load it.
    import jwt  # noqa: F401 - loaded for those who use it later

    from functions.profiles.routes import ROUTERS

    app = create_app("profiles", ROUTERS, other_methods={"/api/v1/users/me": ("DELETE",)})
    handler = lambda_handler(
        app,
        warm_up.Request("/api/v1/users/none"),
        warm_up.Request("/api/v1/users/me", warm_up.UNSIGNED_TOKEN_HEADERS),
    )
