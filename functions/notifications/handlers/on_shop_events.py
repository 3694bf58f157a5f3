"""Queue of what the shop's operator has to know, from the bus."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    # First: Powertools imports its parser's models where it finds pydantic.
    from functions.notifications.worker import telling  # isort: split

    from functions.notifications.service.notices import SHOP_NOTICES

    handler = telling(SHOP_NOTICES)
    startup.connect()
