"""Every day: reports disputes whose evidence is due soon and was not submitted to the operator."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.payments.service import disputes
    from shared import metrics
    from shared.clients import database
    from shared.schedule import HasTime, schedule

    startup.connect()


def notice(_has_time: HasTime) -> dict[str, int]:
    """How many disputes were reported; each is once, by an alarm and a line in the log."""
    due = disputes.notice_due(database.connection())
    metrics.count("DisputesDue", due)
    return {"due": due}


handler = schedule(notice, message="disputes noticed")
