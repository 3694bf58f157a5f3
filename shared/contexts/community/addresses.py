"""Where community is read: addresses that others may keep."""

from __future__ import annotations

from shared import settings


def address(kind: str, key: object) -> str:
    """Of something: `posts` by id, `users` by id or name, `hashtags` by key, `groups` by slug."""
    return f"{settings.common().public_url.rstrip('/')}/api/v1/{kind}/{key}"
