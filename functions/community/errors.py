"""Errors of community."""

from __future__ import annotations

from shared.errors import NotFoundError


class PostNotFoundError(NotFoundError):
    """Also what somebody may not read: whether it exists is not told."""

    code, title = "post_not_found", "There is no such post"
