"""Orders of the demo shop, over the last eight weeks: at least one in every status.

Numbers are what customers see; the alphabet is that of all order numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from functions.operations.service.sample_customers import ADA, GRACE, LENA, MARIE, OMAR, WANG, YUKI
from shared.transactions.order_status import OrderStatus

_S = OrderStatus

Units = tuple[tuple[str, int], ...]
"""SKUs, and how many of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOrder:
    number: str
    customer: str
    """An e-mail address."""
    age_days: float
    status: OrderStatus
    units: Units
    coupon: str | None = None
    """The code of a percentage."""
    sent_back: Units = ()
    """What was returned, and refunded."""
    asks_to_return: Units = ()
    """What the customer wants to return; nobody has decided yet."""


ORDERS: Final = (
    SampleOrder(
        number="7K3MQ-2HXVB",
        customer=GRACE,
        age_days=55.2,
        status=_S.DELIVERED,
        units=(("BREAD-EBOOK", 1), ("SKILLET-26", 1)),
    ),
    SampleOrder(
        number="B9T4R-QW6NE",
        customer=ADA,
        age_days=48.6,
        status=_S.DELIVERED,
        units=(("CLAY-POT-12", 2), ("BEANIE-02", 1)),
        coupon="WELCOME10",
    ),
    SampleOrder(
        number="3XJ8D-KM5PT",
        customer=LENA,
        age_days=44.1,
        status=_S.DELIVERED,
        units=(("TEE-02", 2), ("CLAY-POT-18", 1)),
    ),
    SampleOrder(number="HQ2V7-9RYCA", customer=WANG, age_days=37.4, status=_S.DELIVERED, units=(("GAIWAN-FQ", 1),)),
    SampleOrder(
        number="N6E3K-T8JWX",
        customer=MARIE,
        age_days=33.9,
        status=_S.PARTIALLY_REFUNDED,
        units=(("TEE-08", 2), ("WAX-30", 2)),
        sent_back=(("TEE-08", 1),),
    ),
    SampleOrder(
        number="5PYR9-D4HQB",
        customer=GRACE,
        age_days=29.3,
        status=_S.REFUNDED,
        units=(("TOTE-18", 1),),
        sent_back=(("TOTE-18", 1),),
    ),
    SampleOrder(number="XC7M2-VA6KJ", customer=YUKI, age_days=24.8, status=_S.DELIVERED, units=(("SANTOKU-W", 1),)),
    SampleOrder(number="T4W8Q-3NE5R", customer=YUKI, age_days=21.5, status=_S.DELIVERED, units=(("GAIWAN-MZQ", 1),)),
    SampleOrder(
        number="9JHD6-XK2PY",
        customer=OMAR,
        age_days=17.7,
        status=_S.DELIVERED,
        units=(("SKILLET-26", 1), ("LINEN-03", 2)),
        asks_to_return=(("LINEN-03", 1),),
    ),
    SampleOrder(
        number="RB5T3-M8QVC",
        customer=ADA,
        age_days=13.2,
        status=_S.CANCELLED,
        units=(("LINEN-01", 4),),
    ),
    SampleOrder(
        number="6AEY4-JW7HN",
        customer=ADA,
        age_days=6.4,
        status=_S.SHIPPED,
        units=(("LINEN-01", 2), ("WAX-30", 3)),
    ),
    SampleOrder(
        number="KV9P2-T5XRD",
        customer=LENA,
        age_days=4.8,
        status=_S.SHIPPED,
        units=(("TEE-02", 1), ("TEE-05", 1)),
        coupon="WELCOME10",
    ),
    SampleOrder(
        number="8QMC3-H6BJE",
        customer=WANG,
        age_days=2.9,
        status=_S.PROCESSING,
        units=(("GAIWAN-MZQ", 2),),
    ),
    SampleOrder(
        number="W2D7N-YKA4T",
        customer=MARIE,
        age_days=1.6,
        status=_S.PROCESSING,
        units=(("CLAY-POT-18", 2), ("WAX-30", 1)),
    ),
    SampleOrder(
        number="E5XR8-PV3QH", customer=OMAR, age_days=0.7, status=_S.PAID, units=(("BEANIE-01", 2), ("TOTE-18", 1))
    ),
    SampleOrder(number="J6T9B-4MWKC", customer=GRACE, age_days=0.2, status=_S.PAID, units=(("BREAD-EBOOK", 1),)),
    SampleOrder(
        number="Y3HA7-N8DQX",
        customer=ADA,
        age_days=0.05,
        status=_S.PENDING,
        units=(("SKILLET-26", 1), ("BEANIE-02", 2)),
    ),
)
