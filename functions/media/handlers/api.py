"""media over HTTP: uploads of pictures."""

from shared import startup

with startup.initializing():
    from shared.web import BodyLimit, create_app, lambda_handler, warm_up  # isort: split

    from functions.media.routes.small_files import MAX_BODY_BYTES
    from functions.media.routes.uploads import SMALL_FILES_PATH, router

    app = create_app("media", [router], body_limits={SMALL_FILES_PATH: BodyLimit(MAX_BODY_BYTES)})
    handler = lambda_handler(app, warm_up.Request("/api/v1/media", warm_up.UNSIGNED_TOKEN_HEADERS))
