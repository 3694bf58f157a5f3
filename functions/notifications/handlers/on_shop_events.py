"""Queue of what the shop's operator has to know, from the bus."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.notifications.service.notices import SHOP_NOTICES
    from functions.notifications.worker import telling

    handler = telling(SHOP_NOTICES)
    startup.connect()
