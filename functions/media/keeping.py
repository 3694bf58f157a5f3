"""How much is taken, where it is until it is looked at, and how long what nobody needs is kept."""

from __future__ import annotations

from typing import Final

MAX_FILE_BYTES: Final = 15 * 1024**2
"""A photo of a good camera, as it stores JPEG."""
UPLOADS: Final = "uploads/"
"""Of the keys of objects as they arrive: private, and gone once they are looked at."""

UNFINISHED_SECONDS: Final = 86_400
"""What has not arrived by then is forgotten; a form's last moment and all repeated deliveries are long over."""
UNUSED_SECONDS: Final = 86_400
"""How long a picture has time to be shown somewhere."""
REJECTED_SECONDS: Final = 7 * 86_400
"""How long its owner can read why."""
