"""Errors of profiles."""

from __future__ import annotations

from shared.errors import NotFoundError


class UserNotFoundError(NotFoundError):
    """There is no such person for the caller: never was, left, is banned, or has blocked the caller."""

    code, title = "user_not_found", "No such user"
