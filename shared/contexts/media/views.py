"""What others may read of media."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from shared.views import View

PICTURES: Final = View("media_pictures", id=UUID, owner_id=UUID | None, purpose=str, url=str, media=dict[str, Any])
"""Pictures that can be shown; `media`: `blurhash`, `width`, `height`, `variants`. Locked `FOR SHARE`, one stays."""

UNSETTLED: Final = View("media_unsettled", id=UUID)
"""Uploads that are still to arrive or to be processed: what is not here is a picture by now, or never will be."""
