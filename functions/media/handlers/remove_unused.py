"""Every day: removes uploads that never arrived, pictures that nothing shows, and objects without a row."""

from __future__ import annotations

from dataclasses import asdict

from shared import startup

with startup.initializing():
    from functions.media.service import cleanup
    from functions.media.settings import MediaSettings
    from shared import metrics, settings
    from shared.schedule import HasTime, schedule

    startup.connect()


def remove(has_time: HasTime) -> dict[str, int]:
    """How many of each were removed."""
    removed = cleanup.run(settings.load(MediaSettings).media_bucket, has_time)
    metrics.count("MediaRemoved", removed.purged)
    return asdict(removed)


handler = schedule(remove, message="unused media removed", reserve=15)
