"""Uploads as they arrive, before they are processed."""

from __future__ import annotations

from typing import Final

UPLOADS: Final = "uploads/"
"""Prefix of the keys of objects as they arrive: private, and deleted once they are processed."""
MAX_FILE_BYTES: Final = 15 * 1024**2
"""A photo of a good camera, as it stores JPEG."""
UNFINISHED_SECONDS: Final = 86_400
"""After this time an upload that never arrived is removed; a form's last moment and all redeliveries are long over."""
