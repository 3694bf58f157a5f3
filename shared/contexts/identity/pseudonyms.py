"""Pseudonyms of erased persons: they do not identify anyone, and receive no mail."""

from __future__ import annotations

from typing import Final
from uuid import UUID

DOMAIN: Final = "erased.invalid"
"""RFC 2606, section 2: it can never be registered."""
TEXT: Final = "[erased]"


def address(user_id: UUID) -> str:
    """The e-mail address of an erased person: a different one for each, so that purchases stay together."""
    return f"{user_id}@{DOMAIN}"


def is_erased(email: str) -> bool:
    """Whether the address is that of an erased person, to which no mail is sent."""
    return email.endswith(f"@{DOMAIN}")
