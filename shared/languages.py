"""Language tags (BCP 47): one spelling for each, and the one that a browser asks for."""

from __future__ import annotations

import re
from typing import Final

DEFAULT: Final = "en"
MAX_LENGTH: Final = 35
_MAX_WISHES: Final = 20

# Language, script, region: what RFC 5646, section 2.1, is used for in practice. Variants and extensions are left out.
_TAG: Final = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?", re.ASCII)
_WISH: Final = re.compile(r"\s*([A-Za-z0-9*-]{1,35})\s*(?:;\s*[qQ]=([01](?:\.[0-9]{0,3})?)\s*)?", re.ASCII)


def normalise(tag: str) -> str:
    """The tag in the usual case (`zh-Hans-CN`; RFC 5646, section 2.1.1). Raises ValueError for what is none."""
    found = _TAG.fullmatch(tag.strip())
    if found is None:
        raise ValueError("not a language tag such as en, pt-BR or zh-Hans-CN")
    language, script, region = found.groups()
    parts = [language.lower(), script.title() if script else None, region.upper() if region else None]
    return "-".join(part for part in parts if part)


def preferred(accept_language: str | None) -> str:
    """The language that the header Accept-Language asks for first (RFC 9110, section 12.5.4), or else `en`."""
    wishes = []
    for part in (accept_language or "").split(",")[:_MAX_WISHES]:
        found = _WISH.fullmatch(part)
        if found is None or not _TAG.fullmatch(found[1]):
            continue
        weight = float(found[2] or 1)
        if weight > 0:
            wishes.append((weight, found[1]))
    if not wishes:
        return DEFAULT
    return normalise(max(wishes, key=lambda wish: wish[0])[1])
