"""What an order sets going behind its requests: Stripe's events, domain events, mails.

Counted on the running system: `tests/e2e/test_order_traffic.py` buys, ships, reviews and refunds, and fails where these
figures are not what it counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final


@dataclass(frozen=True, kw_only=True)
class Traffic:
    """`webhooks` of the provider, `events` on the bus by their detail types, `mails` that are sent."""

    webhooks: int
    events: Mapping[str, int] = field(default_factory=dict)
    mails: int


# An order from payment to delivery, and a review: of a customer who pays by a new card, with one parcel.
SALE: Final = Traffic(
    webhooks=4,
    events={
        "OrderPlaced": 1,
        "OrderPaid": 1,
        "OrderStatusChanged": 2,
        "OrderShipped": 1,
        "OrderDelivered": 1,
        "ProductChanged": 1,
    },
    mails=3,
)
# Part of it goes back.
REFUND: Final = Traffic(webhooks=2, events={"OrderRefunded": 1, "OrderStatusChanged": 1}, mails=1)
REFUNDED: Final = 0.1
"""Assumed: one order in ten."""


@dataclass(frozen=True, kw_only=True)
class PerOrder:
    """Averages: `events` put on the bus, `messages` through queues, `invocations` of functions, `mails`.

    Every message is taken as an invocation of its own: busy hours need fewer.
    """

    events: float
    messages: float
    invocations: float
    mails: float


def per_order(resources: Iterable[Mapping[str, Any]]) -> PerOrder:
    """What stands in an environment with these resources: each rule that matches an event fills a queue with it."""
    queues: dict[str, int] = {}
    for body in resources:
        if body["Type"] == "AWS::Events::Rule":
            for name in body["Properties"]["EventPattern"].get("detail-type", []):
                queues[name] = queues.get(name, 0) + len(body["Properties"]["Targets"])
    webhooks = SALE.webhooks + REFUNDED * REFUND.webhooks
    told: dict[str, float] = dict(SALE.events)
    for name, count in REFUND.events.items():
        told[name] = told.get(name, 0) + REFUNDED * count
    messages = webhooks + sum(count * queues.get(name, 0) for name, count in told.items())
    return PerOrder(
        events=sum(told.values()),
        messages=messages,
        invocations=messages + webhooks,  # each webhook is taken in by one function and acted on by another
        mails=SALE.mails + REFUNDED * REFUND.mails,
    )
