"""Queue of offers from the bus: mails them to those who agreed to be told."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    # First: Powertools imports its parser's models where it finds pydantic.
    from functions.notifications.worker import telling  # isort: split

    from functions.notifications.service.notices import OFFER_NOTICES

    handler = telling(OFFER_NOTICES)
    startup.connect()
