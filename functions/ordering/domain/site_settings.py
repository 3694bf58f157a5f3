"""What the operator says about the shop, and its legal texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

SITE_ID: Final = UUID("00000000-0000-7000-8000-000000000001")
"""Of the one row. The audit log names the shop by it, whether there is a row or not."""
NOT_STORED: Final = 0
"""Version of what the operator's files say, before anybody has written anything else."""
MAX_MARKDOWN_BYTES: Final = 100 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteTerms:
    """What an administrator writes. `address` has the lines of a letter; `phone` and `address` may be empty."""

    name: str
    email: str
    phone: str
    address: str
    time_zone: str
    logo_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSite(SiteTerms):
    """As stored; `logo` is what is shown of the picture."""

    logo: dict[str, Any] | None
    version: int
    updated_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLegalText:
    """A legal page in one language. Without an id it is the file that a new shop begins with."""

    id: UUID | None
    name: str
    language: str
    markdown: str
    version: int
    updated_at: datetime | None


def title_and_body(markdown: str) -> tuple[str, str]:
    """The first line is the title, `# …`; what follows is the text. Raises ValueError."""
    first, _, body = markdown.strip().partition("\n")
    title = first.removeprefix("# ").strip()
    if not first.startswith("# ") or not title:
        raise ValueError("the first line is the title, after `# `")
    return title, body.strip()
