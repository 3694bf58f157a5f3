"""What stands in the place of a person who wanted to be forgotten: nobody can be told from it, and no mail arrives."""

from __future__ import annotations

from typing import Final
from uuid import UUID

DOMAIN: Final = "erased.invalid"
"""RFC 2606, section 2: nobody can ever have it."""
TEXT: Final = "[erased]"


def address(user_id: UUID) -> str:
    """The e-mail address of a person who was erased: another for each, so that what was bought stays together."""
    return f"{user_id}@{DOMAIN}"


def is_erased(email: str) -> bool:
    """Whether the address is that of somebody who was erased: nobody is written to there."""
    return email.endswith(f"@{DOMAIN}")
