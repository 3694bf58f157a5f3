"""Queue of order events from the bus: mails the progress of an order."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import worker
    from functions.notifications.service.notifications import ORDER_NOTIFICATIONS
    from functions.notifications.service.sending import FAILURE, event_actions

    startup.connect()


handler = worker(event_actions(ORDER_NOTIFICATIONS), failure=FAILURE)
