"""Queue of account events from the bus: mails the links that people wait for at the screen."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    # First: Powertools imports its parser's models where it finds pydantic.
    from functions.notifications.worker import telling  # isort: split

    from functions.notifications.service.notices import ACCOUNT_NOTICES

    handler = telling(ACCOUNT_NOTICES)
    startup.connect()
