"""Queue of offers from the bus: mails them to customers who consented."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import worker
    from functions.notifications.service.notifications import OFFER_NOTIFICATIONS
    from functions.notifications.service.sending import FAILURE, event_actions

    startup.connect()


handler = worker(event_actions(OFFER_NOTIFICATIONS), failure=FAILURE)
