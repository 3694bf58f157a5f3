"""Queue of order events from the bus: mails what becomes of an order."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.notifications.service.notices import ORDER_NOTICES
    from functions.notifications.worker import telling

    handler = telling(ORDER_NOTICES)
    startup.connect()
