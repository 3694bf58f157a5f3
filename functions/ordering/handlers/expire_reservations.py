"""Every minute: releases the stock of expired checkouts, and deletes expired guest carts."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.ordering.service import expiry
    from shared import metrics
    from shared.schedule import HasTime, schedule

    startup.connect()


def expire(has_time: HasTime) -> dict[str, int]:
    """The numbers of expired checkouts, of failures, and of deleted carts."""
    run = expiry.expire(has_time)
    metrics.count("CheckoutsExpired", run.checkouts)
    metrics.count("CheckoutExpiryFailures", run.failures)
    metrics.count("GuestCartsDeleted", run.carts)
    return {"checkouts": run.checkouts, "failures": run.failures, "carts": run.carts}


handler = schedule(expire, message="expired", reserve=5)
