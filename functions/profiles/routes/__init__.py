"""HTTP of profiles, a module per noun; `ROUTERS` are all of them, those of one's own before those of everybody."""

from functions.profiles.routes import (
    content_filters,
    files,
    follows,
    interests,
    own_profile,
    people,
    picture,
    word_filters,
)

ROUTERS = (
    own_profile.router,
    picture.router,
    interests.router,
    files.router,
    follows.router,
    content_filters.router,
    word_filters.router,
    people.router,
)
