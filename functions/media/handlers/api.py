"""media over HTTP: uploads, and what became of them."""

from shared import startup

with startup.initializing():
    from shared.web import create_app, lambda_handler, rehearsal  # isort: split

    from functions.media.routes import SMALL_FILES_BODY, SMALL_FILES_PATH, router

    app = create_app("media", [router], body_limits={SMALL_FILES_PATH: SMALL_FILES_BODY})
    handler = lambda_handler(app, rehearsal.Request("/api/v1/media", rehearsal.NOBODY))
