"""Queue of account events from the bus: mails the links that accounts need."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import worker
    from functions.notifications.service.notifications import ACCOUNT_NOTIFICATIONS
    from functions.notifications.service.sending import FAILURE, event_actions

    startup.connect()


handler = worker(event_actions(ACCOUNT_NOTIFICATIONS), failure=FAILURE)
