"""Every minute: publishes scheduled posts whose time has come, and imported ones whose pictures are there."""

from __future__ import annotations

from shared import startup

with startup.initializing():
    from functions.community.service import due_posts, waiting_imports
    from shared import metrics
    from shared.schedule import HasTime, schedule

    startup.connect()


def publish(has_time: HasTime) -> dict[str, int]:
    """How many were published, how many went back to their authors as drafts, and how many failed; and how many
    imported posts had their end.
    """
    run = due_posts.publish(has_time)
    imported = waiting_imports.finish(has_time)
    metrics.count("ScheduledPostsPublished", run.published)
    metrics.count("ScheduledPostFailures", run.failed)
    return {"published": run.published, "returned": run.returned, "failed": run.failed, "imported": imported}


handler = schedule(publish, message="scheduled posts published", reserve=5)
