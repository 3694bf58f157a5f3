"""Routes of identity, a module per noun; `ROUTERS` are all but those of administrators."""

from functions.identity.routes import (
    auth,
    consents,
    data_exports,
    email_addresses,
    erasures,
    key_set,
    passwords,
    sessions,
)

ROUTERS = (
    auth.router,
    sessions.router,
    passwords.router,
    email_addresses.router,
    consents.router,
    data_exports.router,
    erasures.router,
    key_set.router,
)
