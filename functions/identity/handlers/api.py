"""identity over HTTP."""

# Every login and every signed-in request needs these two; INIT is the cheap moment to load them.
import bcrypt  # noqa: F401
import jwt  # noqa: F401

from functions.identity.routes import ROUTERS
from shared.web import create_app, lambda_handler

app = create_app("identity", ROUTERS)
handler = lambda_handler(app)
