"""Every few minutes: resolves unsettled refunds, by reading at the provider what became of them first."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.payments import providers
    from functions.payments.service.refunds.execution import resolve_due
    from shared import metrics
    from shared.schedule import HasTime, schedule

    providers.preload()
    startup.connect()


def resolve(has_time: HasTime) -> dict[str, int]:
    """How many refunds were tried; and of all, how many are overdue and how many failed within an hour."""
    done = resolve_due(has_time)
    metrics.count("RefundsOverdue", done.overdue)
    metrics.count("RefundsFailed", done.failed_lately)
    return {"tried": done.tried, "overdue": done.overdue, "failed_lately": done.failed_lately}


# One refund may take as long as the provider may.
handler = schedule(resolve, message="refunds resolved", reserve=25)
