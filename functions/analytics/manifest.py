"""analytics: what the shop sells, from views that a schedule refreshes."""

from shared.manifest import Api, Manifest, Schedule

MANIFEST = Manifest(
    about="what the shop sells, from views that a schedule refreshes",
    tags={
        "analytics": "What the shop sells, for administrators.",
    },
    functions=(
        Api(prefixes=("/api/v1/admin/analytics",)),
        # Every refresh reads all orders.
        Schedule(name="refresh_views", minutes=15, housekeeping=True, timeout=300),
    ),
)
