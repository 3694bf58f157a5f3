"""identity's routes, a file for each noun."""

from functions.identity.routes import auth, key_set, profile

ROUTERS = (auth.router, profile.router, key_set.router)
