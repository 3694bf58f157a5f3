"""Queue of account events from the bus: mails the links that people wait for at the screen."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.notifications.service.notices import ACCOUNT_NOTICES
    from functions.notifications.worker import telling

    handler = telling(ACCOUNT_NOTICES)
    startup.connect()
