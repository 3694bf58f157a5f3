"""Throttling: how many attempts are free within 15 minutes, then a growing delay.

Once the limit is reached, each further one doubles the wait for the next, from 30 seconds to 15 minutes.
"""

from __future__ import annotations

from typing import Final

ACCOUNT_FAILURES: Final = 5
"""Of strangers together, of each device that has signed in before, and of a user who is signed in."""
NETWORK_FAILURES: Final = 20
ACCOUNT_MAILS: Final = 5
"""Mails with a link to one account, asked for from one network, from one known device or by its user."""
ACCOUNT_MAILS_IN_ALL: Final = 20
"""Mails with a reset link to one account, asked for from everywhere."""
NETWORK_MAILS: Final = 20
"""Mails of any kind that one network has sent to anybody."""
WINDOW_SECONDS: Final = 900
FIRST_DELAY_SECONDS: Final = 30
LONGEST_DELAY_SECONDS: Final = 900


def delay(failures: int, limit: int) -> int:
    """Seconds to wait after the last of so many failures."""
    if failures < limit:
        return 0
    doublings = min(failures - limit, LONGEST_DELAY_SECONDS.bit_length())
    return min(FIRST_DELAY_SECONDS << doublings, LONGEST_DELAY_SECONDS)
