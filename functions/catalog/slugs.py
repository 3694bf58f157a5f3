"""Slugs: what addresses of products and categories end in."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from shared.identifiers import as_id

SLUG_PATTERN: Final = re.compile(r"[^\W_][\w-]*")
"""Letters and digits of any script, `-` and `_`: Shopify's handles, Chinese ones too."""
RESERVED: Final = frozenset(("search",))
"""Addresses of something else, where a product's would be."""
_NOT_IN_SLUGS: Final = re.compile(r"[^\w]+|_+")


def slugify(text: str, *, max_length: int = 100) -> str:
    """`text` as a slug ("Men's Tops" is `mens-tops`); empty where it has no letter and no digit."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return _NOT_IN_SLUGS.sub("-", folded).strip("-")[:max_length].rstrip("-")


def slug_problem(slug: str) -> str | None:
    """What is wrong with it, or None. An id is no slug: the same address takes either."""
    if not SLUG_PATTERN.fullmatch(slug):
        return "only letters, digits, '-' and '_', starting with a letter or digit"
    if slug in RESERVED:
        return "is the address of something else"
    return "must not look like an id" if as_id(slug) is not None else None
