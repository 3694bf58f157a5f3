"""Queue of what changed from the bus (products, categories, the shop): purges pages from CloudFront, once for a batch.

Failed messages become visible again after their visibility timeout, by which time CloudFront has done what it was busy
with.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from shared import startup

with startup.initializing():
    from shared.worker import Failure, batch_worker
    from functions.catalog.service.page_purges import Purge
    from shared import metrics
    from shared.contexts.catalog.events import CategoryChanged, ProductChanged
    from shared.contexts.ordering.events import SiteChanged
    from shared.events import DomainEvent
    from shared.log import logger


def purge(events: Mapping[UUID, DomainEvent]) -> None:
    """Purges what these events make outdated. Raises botocore's errors."""
    tags = Purge(events).run()
    metrics.count("PurgedTags", len(tags))
    logger().info("pages purged", extra={"events": len(events), "tags": sorted(tags)})


handler = batch_worker(
    (ProductChanged, CategoryChanged, SiteChanged),
    purge,
    failure=Failure("pages are not purged", metric="PurgesPostponed"),
)
