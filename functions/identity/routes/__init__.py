"""identity's routes, a file for each noun."""

from functions.identity.routes import admin_users, auth, email_addresses, key_set, passwords, profile, sessions

ROUTERS = (
    auth.router,
    sessions.router,
    passwords.router,
    email_addresses.router,
    profile.router,
    admin_users.router,
    key_set.router,
)
