"""analytics: what the shop sells, who is active, and what the community does, from views that schedules refresh."""

from shared.contexts.analytics.events import MetricsExportRequested, PeopleSeen
from shared.manifest import DAY, HOUR, Api, Manifest, Objects, Queue, Schedule


def _exports(*actions: str) -> Objects:
    return Objects(bucket="imports", prefix="metric-exports/", actions=actions)


MANIFEST = Manifest(
    about="what the shop sells, who is active and what the community does, from views that schedules refresh",
    tags={
        "analytics": "What the shop sells, for administrators.",
        "metrics": "People and the community in figures, for administrators.",
    },
    functions=(
        Api(
            prefixes=("/api/v1/admin/analytics", "/api/v1/metrics/"),
            publishes_events=True,
            buckets=("imports",),
            objects=(_exports("s3:GetObject"),),
        ),
        # Every refresh reads all orders.
        Schedule(name="refresh_views", minutes=15, housekeeping=True, timeout=300),
        Schedule(name="refresh_daily_metrics", minutes=DAY, timeout=300),
        Schedule(name="refresh_engagement_metrics", minutes=DAY, timeout=300),
        Schedule(name="refresh_trending_content", minutes=HOUR, housekeeping=True, timeout=300),
        # Sessions are written by one transaction at a time, so that a batch is worth more than another worker.
        Queue(
            name="on_people_seen",
            events=(PeopleSeen,),
            memory=256,
            timeout=30,
            batching_window=5,
            concurrency=2,
        ),
        Queue(
            name="on_metrics_export_requested",
            events=(MetricsExportRequested,),
            timeout=300,
            batch_size=1,
            buckets=("imports",),
            objects=(_exports("s3:PutObject"),),
        ),
    ),
)
