"""identity's routes, a file for each noun; `ROUTERS` are those of everybody."""

from functions.identity.routes import auth, email_addresses, key_set, passwords, profile, sessions

ROUTERS = (
    auth.router,
    sessions.router,
    passwords.router,
    email_addresses.router,
    profile.router,
    key_set.router,
)
