"""Addresses of images: stored and shown. Pictures that product files name are fetched by a worker, too."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from functions.catalog.settings import PictureFetchSettings
from shared import settings
from shared.contexts.media import media_urls

MAX_URL: Final = 2000
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


def image_url_problem(url: str) -> str | None:
    """What is wrong with the address of an image, or None."""
    if len(url) > MAX_URL:
        return f"longer than {MAX_URL} characters"
    if any(character <= " " or character in "\"'<>\\^`{|}\x7f" for character in url):
        return "contains a character that must be percent-encoded"
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "not a web address"
    if parts.scheme == "http" and (media_urls.media_id(url) or _is_local(host)):
        return None  # on a developer's machine
    if parts.scheme != "https" or not host:
        return "must start with https://"
    return "must not contain a user name" if "@" in parts.netloc else None


def _is_local(host: str | None) -> bool:
    return host in _LOOPBACK and settings.load(PictureFetchSettings).allows_loopback
