"""Queue of events from the bus that the operator of the shop is notified of."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import worker
    from functions.notifications.service.notifications import SHOP_NOTIFICATIONS
    from functions.notifications.service.sending import FAILURE, event_actions

    startup.connect()


handler = worker(event_actions(SHOP_NOTIFICATIONS), failure=FAILURE)
