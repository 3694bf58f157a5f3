"""What others may read of moderation."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shared.views import View

EVIDENCE: Final = View("moderation_evidence", media_id=UUID)
"""Uploaded pictures of what was reported, which stay for as long as the case does; one can be there more than once."""

WAITING: Final = View("moderation_waiting", kind=str, id=UUID)
"""What waits for moderators: a `case`, an `appeal`."""
