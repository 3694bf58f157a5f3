"""Every day: compares the providers' balance transactions with the ledger, and closes the day in the ledger."""

from __future__ import annotations

from datetime import UTC, datetime

from shared import startup

with startup.initializing():
    from functions.payments import providers
    from functions.payments.service import reconciliations
    from shared import metrics
    from shared.schedule import HasTime, schedule

    providers.preload()
    startup.connect()


def reconcile(has_time: HasTime) -> dict[str, int]:
    """How many days were compared, and how many differences are open altogether."""
    done = reconciliations.reconcile(datetime.now(UTC), has_time)
    metrics.count("ReconciliationDifferences", done.open_differences)
    return {"days": done.days, "open_differences": done.open_differences}


handler = schedule(reconcile, message="reconciled", reserve=20)
