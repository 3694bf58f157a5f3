"""Queue of account events from the bus that their owner has to know of: mails notices."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from shared.worker import worker
    from functions.notifications.service.notifications import SECURITY_NOTIFICATIONS
    from functions.notifications.service.sending import FAILURE, event_actions

    startup.connect()


handler = worker(event_actions(SECURITY_NOTIFICATIONS), failure=FAILURE)
