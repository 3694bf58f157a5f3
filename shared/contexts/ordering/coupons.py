"""A coupon's uses: redeemed by a checkout, released when the checkout ends without a sale or its order is cancelled.

Both limits are counters that one conditional update moves, so that of many
concurrent checkouts one gets the last use. A transaction locks several coupons in the order of their ids,
after checkout and order and before stock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from shared.clients.database import Connection
from shared.errors import ConflictError

CUSTOMER: Final = r"lower(regexp_replace({}, '\+[^@]*@', '@'))"
"""SQL: how an e-mail address counts against `per_customer_limit`; a tag that is added to it (RFC 5233) does not."""

_REDEEM: Final = f"""
WITH requested AS (
    SELECT * FROM unnest(%(ids)s::uuid[], %(codes)s::text[], %(discounts)s::bigint[], %(shipping_discounts)s::bigint[])
        AS w(coupon_id, code, discount_amount, shipping_discount_amount)
), locked AS MATERIALIZED (
    SELECT c.id FROM coupons c WHERE c.id = ANY(%(ids)s) ORDER BY c.id FOR NO KEY UPDATE
), counted AS (
    UPDATE coupons c SET redeemed_count = c.redeemed_count + 1 FROM locked
    WHERE c.id = locked.id AND (c.total_limit IS NULL OR c.redeemed_count < c.total_limit)
    RETURNING c.id, c.per_customer_limit
), for_customer AS (
    INSERT INTO coupon_customers AS u (coupon_id, customer, redeemed_count)
    SELECT id, {CUSTOMER.format("%(email)s::text")}, 1 FROM counted ORDER BY id
    ON CONFLICT (coupon_id, customer) DO UPDATE SET redeemed_count = u.redeemed_count + 1
    WHERE u.redeemed_count < (
        SELECT coalesce(c.per_customer_limit, u.redeemed_count + 1) FROM counted c WHERE c.id = u.coupon_id
    )
    RETURNING u.coupon_id, u.customer
)
INSERT INTO coupon_redemptions AS r
    (checkout_id, coupon_id, code, customer, discount_amount, shipping_discount_amount)
SELECT %(checkout_id)s, w.coupon_id, w.code, f.customer, w.discount_amount, w.shipping_discount_amount
FROM requested w JOIN for_customer f USING (coupon_id)
ON CONFLICT (checkout_id, coupon_id) DO UPDATE SET released_at = NULL WHERE r.released_at IS NOT NULL
RETURNING coupon_id
"""

_RELEASE: Final = """
WITH closed AS (
    UPDATE checkouts SET status = %(status)s WHERE id = %(checkout_id)s AND %(status)s::text IS NOT NULL
), released AS (
    UPDATE coupon_redemptions SET released_at = now() WHERE checkout_id = %(checkout_id)s AND released_at IS NULL
    RETURNING coupon_id, customer
), locked AS MATERIALIZED (
    SELECT c.id FROM coupons c
    WHERE c.id IN (SELECT coupon_id FROM released UNION SELECT unnest(%(also_lock)s::uuid[]))
    ORDER BY c.id FOR NO KEY UPDATE
), counted AS (
    UPDATE coupons c SET redeemed_count = c.redeemed_count - 1 FROM locked, released g
    WHERE c.id = locked.id AND c.id = g.coupon_id
    RETURNING c.id, g.customer
)
UPDATE coupon_customers u SET redeemed_count = u.redeemed_count - 1 FROM counted
WHERE u.coupon_id = counted.id AND u.customer = counted.customer
"""


class CouponUsedUpError(ConflictError):
    """Carries `codes`: those that reached their limit, for all customers or for this one."""

    code, title = "coupon_used_up", "A coupon has been used as often as it can be"


@dataclass(frozen=True, slots=True)
class Redemption:
    """What a coupon takes off a checkout, in minor units."""

    coupon_id: UUID
    code: str
    discount_amount: int
    shipping_discount_amount: int


def redeem(connection: Connection, checkout_id: UUID, email: str, redemptions: Sequence[Redemption]) -> None:
    """Redeem the coupons for a checkout: all of them, or none. Those that it released before are redeemed again.

    Raises CouponUsedUpError; the caller's transaction must then roll back.
    """
    if not redemptions:
        return
    parameters = {
        "checkout_id": checkout_id,
        "email": email,
        "ids": [each.coupon_id for each in redemptions],
        "codes": [each.code for each in redemptions],
        "discounts": [each.discount_amount for each in redemptions],
        "shipping_discounts": [each.shipping_discount_amount for each in redemptions],
    }
    redeemed = {row["coupon_id"] for row in connection.execute(_REDEEM, parameters)}
    if missing := [each.code for each in redemptions if each.coupon_id not in redeemed]:
        raise CouponUsedUpError(f"No use is left of {', '.join(missing)}", codes=missing)


def redeem_again(connection: Connection, checkout_id: UUID) -> None:
    """Redeem again what a closed checkout released, because it was paid late. Raises CouponUsedUpError, as `redeem`."""
    rows = connection.execute(
        "SELECT k.email, r.coupon_id, r.code, r.discount_amount, r.shipping_discount_amount"
        " FROM coupon_redemptions r JOIN checkouts k ON k.id = r.checkout_id"
        " WHERE r.checkout_id = %s AND r.released_at IS NOT NULL",
        (checkout_id,),
    ).fetchall()
    redemptions = [
        Redemption(row["coupon_id"], row["code"], row["discount_amount"], row["shipping_discount_amount"])
        for row in rows
    ]
    if redemptions:
        redeem(connection, checkout_id, rows[0]["email"], redemptions)


def release(
    connection: Connection, checkout_id: UUID, *, closing_as: str | None = None, also_lock: Iterable[UUID] = ()
) -> None:
    """Release the checkout's uses, and set its status to `closing_as` unless that is None; safe to call again.

    The caller has locked the checkout. A transaction that redeems others afterwards names them in `also_lock`.
    """
    connection.execute(_RELEASE, {"checkout_id": checkout_id, "status": closing_as, "also_lock": list(also_lock)})
