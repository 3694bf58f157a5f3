"""Queue of offers from the bus: mails them to those who agreed to be told."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.notifications.service.notices import OFFER_NOTICES
    from functions.notifications.worker import telling

    handler = telling(OFFER_NOTICES)
    startup.connect()
