"""Queue of changed products from the bus: notifies customers of their wishes."""

from __future__ import annotations

from dataclasses import asdict

from shared import startup

with startup.initializing():
    from shared.worker import EventRecord, Failure, worker
    from functions.catalog.service import wish_notices
    from shared import metrics
    from shared.contexts.catalog.events import ProductChanged
    from shared.log import logger

    startup.connect()


def update_wishes(event: ProductChanged, record: EventRecord) -> None:
    """Brings the wishes for the product up to date. Raises where the time did not suffice for all."""
    done = wish_notices.on_product_changed(event, record.has_time)
    metrics.count("PriceDropsTold", done.price_drops)
    metrics.count("BackInStockTold", done.back_in_stock)
    if done.wishes:
        logger().info("wishes brought up to date", extra=asdict(done))


handler = worker(
    {ProductChanged: update_wishes},
    failure=Failure("wishes are not up to date", metric="WishNoticesPostponed"),
    reserve=15,
)
