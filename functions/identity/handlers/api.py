"""identity over HTTP."""

from functions.identity.routes import ROUTERS
from shared.web import create_app, lambda_handler

app = create_app("identity", ROUTERS)
handler = lambda_handler(app)
