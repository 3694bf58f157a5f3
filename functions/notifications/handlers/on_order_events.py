"""Queue of order events from the bus: mails what becomes of an order."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    # First: Powertools imports its parser's models where it finds pydantic.
    from functions.notifications.worker import telling  # isort: split

    from functions.notifications.service.notices import ORDER_NOTICES

    handler = telling(ORDER_NOTICES)
    startup.connect()
