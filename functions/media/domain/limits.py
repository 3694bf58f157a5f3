"""How large uploads may be, how many one person may make, and how long files are stored without being used."""

from __future__ import annotations

from typing import Final, NamedTuple

MAX_SMALL_FILES: Final = 10
MAX_SMALL_BYTES: Final = 4 * 1024**2
"""Of all files of one request: Lambda takes 6 MiB, in which a body is a third larger (base64)."""

UNUSED_SECONDS: Final = 86_400
"""How long a picture that nothing shows is stored."""
REJECTED_SECONDS: Final = 7 * 86_400
"""How long the owner of a rejected picture can read the reason."""


class Allowance(NamedTuple):
    """Uploads that one person may have open at a time, and bytes in a day."""

    open_uploads: int
    bytes_a_day: int


CUSTOMERS: Final = Allowance(20, 200 * 1024**2)
STAFF: Final = Allowance(500, 20 * 1024**3)
