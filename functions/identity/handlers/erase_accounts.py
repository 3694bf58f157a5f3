"""Every hour: erases the accounts that are due, and deletes what was retained about people for long enough."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.identity.service import data_exports, erasures, retention
    from functions.identity.settings import ExportSettings
    from shared import metrics, settings
    from shared.schedule import HasTime, schedule

    startup.connect()


def erase(has_time: HasTime) -> dict[str, int]:
    """How many accounts were erased, postponed and failed; how many copies and rows are gone."""
    erased = erasures.erase_due(has_time)
    metrics.count("AccountsErased", erased.accounts)
    metrics.count("ErasuresPostponed", erased.postponed)
    metrics.count("ErasureFailures", erased.failures)
    bucket = settings.load(ExportSettings).imports_bucket
    return {
        "erased": erased.accounts,
        "postponed": erased.postponed,
        "failures": erased.failures,
        "copies": data_exports.remove_ended(bucket=bucket, has_time=has_time),
        **retention.expire(has_time),
    }


handler = schedule(erase, message="accounts erased", reserve=20)
