"""Addresses of images: kept and shown, never fetched by us."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from shared import media_urls

MAX_URL: Final = 2000


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
    if parts.scheme == "http" and media_urls.media_id(url):
        return None  # our own, on a developer's machine
    if parts.scheme != "https" or not host:
        return "must start with https://"
    return "must not contain a user name" if "@" in parts.netloc else None
