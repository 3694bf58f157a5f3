"""Slugs: what addresses of products and categories end in."""

from __future__ import annotations

from typing import Final

from shared import slugs
from shared.slugs import digest, slugify
from shared.texts import composed

__all__ = ["RESERVED", "digest", "slug_of_handle", "slug_of_title", "slug_problem", "slugify"]

RESERVED: Final = frozenset(("search",))
"""Addresses of something else, where a product's would be."""
_MAX_MADE: Final = 200
"""Of a slug's 255 characters: a prefix and a digest fit beside it."""


def slug_problem(slug: str) -> str | None:
    """What is wrong with it, or None."""
    return slugs.slug_problem(slug, RESERVED)


def slug_of_handle(handle: str) -> str:
    """The handle where it is a slug (in whichever normal form), otherwise one made of it: every handle has one."""
    slug = composed(handle)
    return slug if slug_problem(slug) is None else slug_of_title(handle)


def slug_of_title(text: str) -> str:
    """A slug made of the text, whatever it is."""
    slug = slugify(text, max_length=_MAX_MADE)
    return slug if slug and slug_problem(slug) is None else f"product-{slug or digest(text)}"
