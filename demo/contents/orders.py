"""Orders of the demo shop, over the last eight weeks: at least one in every status of its goods, and of its money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from demo.contents.customers import ADA, GRACE, LENA, MARIE, OMAR, WANG, YUKI

Status = Literal["pending", "paid", "processing", "shipped", "delivered", "cancelled", "refunded"]
Units = tuple[tuple[str, int], ...]
"""SKUs, and how many of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOrder:
    customer: str
    """An e-mail address."""
    age_days: float
    status: Status
    """How far it has come."""
    units: Units
    coupon: str | None = None
    """The code of a percentage."""
    returned: Units = ()
    """Units that came back and were refunded."""
    requested_returns: Units = ()
    """Units of a return that nobody has decided about yet."""


ORDERS: Final = (
    SampleOrder(
        customer=GRACE,
        age_days=55.2,
        status="delivered",
        units=(("BREAD-EBOOK", 1), ("SKILLET-26", 1)),
    ),
    SampleOrder(
        customer=ADA,
        age_days=48.6,
        status="delivered",
        units=(("CLAY-POT-12", 2), ("BEANIE-02", 1)),
        coupon="WELCOME10",
        returned=(("CLAY-POT-12", 1),),
    ),
    SampleOrder(
        customer=LENA,
        age_days=44.1,
        status="delivered",
        units=(("TEE-02", 2), ("CLAY-POT-18", 1)),
    ),
    SampleOrder(customer=WANG, age_days=37.4, status="delivered", units=(("GAIWAN-FQ", 1),)),
    SampleOrder(
        customer=MARIE,
        age_days=33.9,
        status="delivered",
        units=(("TEE-08", 2), ("WAX-30", 2)),
        returned=(("TEE-08", 1),),
    ),
    SampleOrder(
        customer=GRACE,
        age_days=29.3,
        status="refunded",
        units=(("TOTE-18", 1),),
        returned=(("TOTE-18", 1),),
    ),
    SampleOrder(customer=YUKI, age_days=24.8, status="delivered", units=(("SANTOKU-W", 1),)),
    SampleOrder(customer=YUKI, age_days=21.5, status="delivered", units=(("GAIWAN-MZQ", 1),)),
    SampleOrder(
        customer=OMAR,
        age_days=17.7,
        status="delivered",
        units=(("SKILLET-26", 1), ("LINEN-03", 2)),
        requested_returns=(("LINEN-03", 1),),
    ),
    SampleOrder(
        customer=ADA,
        age_days=13.2,
        status="cancelled",
        units=(("LINEN-01", 4),),
    ),
    SampleOrder(
        customer=ADA,
        age_days=6.4,
        status="shipped",
        units=(("LINEN-01", 2), ("WAX-30", 3)),
    ),
    SampleOrder(
        customer=LENA,
        age_days=4.8,
        status="shipped",
        units=(("TEE-02", 1), ("TEE-05", 1)),
        coupon="WELCOME10",
    ),
    SampleOrder(
        customer=WANG,
        age_days=2.9,
        status="processing",
        units=(("GAIWAN-MZQ", 2),),
    ),
    SampleOrder(
        customer=MARIE,
        age_days=1.6,
        status="processing",
        units=(("CLAY-POT-18", 2), ("WAX-30", 1)),
    ),
    SampleOrder(customer=OMAR, age_days=0.7, status="paid", units=(("BEANIE-01", 2), ("TOTE-18", 1))),
    SampleOrder(customer=GRACE, age_days=0.2, status="delivered", units=(("BREAD-EBOOK", 1),)),
    SampleOrder(
        customer=ADA,
        age_days=0,
        status="pending",
        units=(("SKILLET-26", 1), ("BEANIE-02", 2)),
    ),
)
