"""operations: health, documentation, migrations, the error log, the outbox sweeper, unknown paths."""

from shared.contexts.operations.events import ErrorReported
from shared.manifest import Alarm, Api, Invoked, Manifest, Queue, Reach, Schedule

OUTBOX_AGE_SECONDS = 300

MANIFEST = Manifest(
    about="health, documentation, migrations, the first administrator, the error log, the outbox, unknown paths",
    tags={
        "operations": "Health and documentation.",
        "audit": "Who did what to what, for administrators.",
        "web-vitals": "How pages feel, as browsers measure it.",
        "errors": "Errors of clients, and the error log for administrators.",
    },
    functions=(
        # Run at every deployment by the context's own stack, before anything else.
        Invoked(name="migrate", timeout=600, layers=("migrations",), brings_schema=True),
        Invoked(name="seed", timeout=60, layers=("identity",)),
        Api(
            prefixes=("/api/v1/admin/audit", "/api/v1/errors"),
            paths=(
                "/health/ready",
                "/docs",
                "/docs/{asset}",
                "/openapi.json",
                "/api/v1/admin/counters",
                "/api/v1/admin/web-vitals",
                "/api/v1/web-vitals",
            ),
            # Health checks of Route 53 cannot show CloudFront's secret.
            open_paths=("/health",),
            answers_unknown_paths=True,
            # What /health/ready asks: the bus and the bucket answer for their services.
            buckets=("imports",),
            lists_buckets=("imports",),
        ),
        Queue(name="on_error_reported", events=(ErrorReported,), memory=256, timeout=15, concurrency=2),
        # Apart from the error log: Sentry may be away while the database is there. Outside the network, it reaches
        # Sentry without a gateway, and no database.
        Queue(
            name="forward_errors",
            events=(ErrorReported,),
            subscriber="operations-forwarding",
            memory=256,
            timeout=30,
            reach=Reach.AWS,
            layers=("sentry",),
            concurrency=2,
            settings={"SENTRY_DSN": "sentry_dsn"},
        ),
        Schedule(name="sweep_outbox", housekeeping=True, timeout=50, publishes_events=True),
    ),
    alarms=(
        # Such an event was neither published after its commit nor by the sweeper.
        Alarm(
            name="OutboxAge",
            metric="OutboxOldestUnpublished",
            above=OUTBOX_AGE_SECONDS,
            periods=3,
            minutes=1,
            description=f"a domain event waits longer than {OUTBOX_AGE_SECONDS} s for the bus",
        ),
    ),
)
