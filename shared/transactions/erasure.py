"""Taking a person out of what other contexts keep: in one transaction, the only place besides the owners that may.

What the law wants kept about a sale is kept, under a pseudonym: amounts, tax, and where it was taxed. A guest's orders
with the same address are the person's if the address is proven to be theirs; otherwise anybody could have those of
somebody else erased. Rows are taken in the order in which everybody locks them: payment, cart, checkout, order, stock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from shared import erased, outbox
from shared.clients.database import Connection
from shared.events import ProductChanged

CHECKOUT: Final = "checkout"

# What a return that nobody sent back stands in the way of, it does for so long.
_RETURNS_WAIT_DAYS: Final = 60

_FIND: Final = """
SELECT
    ARRAY(SELECT id FROM checkouts WHERE user_id = %(user_id)s
        UNION SELECT id FROM checkouts WHERE user_id IS NULL AND lower(email) = lower(%(proven)s)) AS checkout_ids,
    ARRAY(SELECT order_id FROM order_keys WHERE user_id = %(user_id)s
        UNION SELECT order_id FROM order_keys WHERE user_id IS NULL AND lower(email) = lower(%(proven)s)) AS order_ids
"""

_FIND_REST: Final = """
SELECT ARRAY(SELECT id FROM payments WHERE checkout_id = ANY(%(checkout_ids)s)) AS payment_ids,
    ARRAY(SELECT lower(%(email)s) UNION SELECT lower(email) FROM checkouts WHERE id = ANY(%(checkout_ids)s)) AS emails
"""

# Nothing to ship is never delivered. What was delivered once is settled, whatever was refunded since.
_UNSETTLED: Final = """
SELECT CASE
    WHEN EXISTS (SELECT FROM orders WHERE id = ANY(%(order_ids)s) AND status = 'pending') THEN 'payment'
    WHEN EXISTS (SELECT FROM orders o WHERE o.id = ANY(%(order_ids)s) AND o.shipping_address IS NOT NULL
        AND o.status IN ('paid', 'processing', 'shipped', 'partially_refunded')
        AND NOT EXISTS (SELECT FROM order_status_changes c WHERE c.order_id = o.id AND c.after = 'delivered'))
        THEN 'delivery'
    WHEN EXISTS (SELECT FROM returns WHERE order_id = ANY(%(order_ids)s) AND (
        status = 'requested' OR status = 'received' AND refund_request_id IS NOT NULL
        OR status = 'approved' AND updated_at > now() - make_interval(days => %(returns_wait)s))) THEN 'return'
    WHEN EXISTS (SELECT FROM refunds WHERE payment_id = ANY(%(payment_ids)s) AND status = 'pending') THEN 'refund'
    WHEN EXISTS (SELECT FROM disputes WHERE payment_id = ANY(%(payment_ids)s) AND closed_at IS NULL) THEN 'dispute'
    WHEN EXISTS (SELECT FROM checkouts WHERE id = ANY(%(checkout_ids)s) AND status = 'open') THEN 'checkout'
END AS waits_for
"""

_PAYMENTS: Final = """
WITH checked AS (
    UPDATE fraud_decisions SET ip_address = NULL, card_fingerprint = NULL, note = NULL
    WHERE user_id = %(user_id)s OR checkout_id = ANY(%(checkout_ids)s)
), paid_with AS (
    UPDATE payments SET method = method || '{"last4": null}' WHERE id = ANY(%(payment_ids)s) AND method IS NOT NULL
), given_back AS (
    UPDATE refunds SET note = NULL WHERE payment_id = ANY(%(payment_ids)s)
)
UPDATE disputes SET evidence = '{}' WHERE payment_id = ANY(%(payment_ids)s)
"""

_COUPONS: Final = """
WITH counted AS (
    UPDATE coupon_customers c SET customer = %(pseudonym)s
    FROM (SELECT DISTINCT coupon_id, customer FROM coupon_redemptions WHERE checkout_id = ANY(%(checkout_ids)s)) r
    WHERE c.coupon_id = r.coupon_id AND c.customer = r.customer AND c.customer <> %(pseudonym)s
)
UPDATE coupon_redemptions SET customer = %(pseudonym)s WHERE checkout_id = ANY(%(checkout_ids)s)
"""

_KEPT_ADDRESS: Final = """
CASE WHEN shipping_address IS NOT NULL THEN jsonb_build_object('name', %(text)s::text, 'line1', %(text)s::text,
    'city', %(text)s::text, 'region', shipping_address -> 'region', 'country', shipping_address -> 'country') END
"""

_CHECKOUTS: Final = f"""
UPDATE checkouts SET email = %(pseudonym)s, shipping_address = {_KEPT_ADDRESS} WHERE id = ANY(%(checkout_ids)s)
"""  # noqa: S608 - our own constant

_ORDERS: Final = f"""
WITH keys AS (
    UPDATE order_keys SET email = %(pseudonym)s WHERE order_id = ANY(%(order_ids)s)
), timeline AS (
    UPDATE order_status_changes SET reason = NULL WHERE order_id = ANY(%(order_ids)s) AND reason IS NOT NULL
), sent AS (
    UPDATE shipments SET tracking_number = NULL WHERE order_id = ANY(%(order_ids)s)
), came_back AS (
    UPDATE returns SET note = NULL, decision_note = NULL WHERE order_id = ANY(%(order_ids)s)
)
UPDATE orders SET email = %(pseudonym)s, shipping_address = {_KEPT_ADDRESS}, version = version + 1
WHERE id = ANY(%(order_ids)s)
"""  # noqa: S608 - our own constant

_REMOVE_REVIEWS: Final = """
WITH gone AS (
    DELETE FROM reviews WHERE user_id = %(user_id)s RETURNING product_id, rating, status
), counted AS (
    UPDATE products p SET rating_count = p.rating_count - 1, rating_sum = p.rating_sum - gone.rating
    FROM gone WHERE p.id = gone.product_id AND gone.status = 'published'
)
SELECT product_id FROM gone WHERE status = 'published'
"""

_UNSIGN_REVIEWS: Final = """
WITH pictures AS (
    DELETE FROM review_media m USING reviews r WHERE r.id = m.review_id AND r.user_id = %(user_id)s
)
UPDATE reviews SET user_id = NULL, image_urls = '{}', image_media = NULL, version = version + 1
WHERE user_id = %(user_id)s RETURNING product_id
"""

# The sweep of media removes the objects; what an administrator uploaded for a product stays.
_PICTURES: Final = """
UPDATE media_files SET owner_id = NULL, file_name = '', remove_after = CASE purpose WHEN 'review' THEN now()
    ELSE remove_after END
WHERE owner_id = %(user_id)s
"""

# A vote without its voter still counts.
_FORGET_TASTE: Final = """
WITH votes AS (
    UPDATE review_votes SET user_id = gen_random_uuid() WHERE user_id = %(user_id)s
)
DELETE FROM wishlist_items WHERE user_id = %(user_id)s
"""

# Events that wait for the bus go on without the person; nobody is written to at a pseudonym.
_MESSAGES: Final = """
WITH mails AS (
    UPDATE deliveries SET recipient = %(pseudonym)s WHERE lower(recipient) = ANY(%(emails)s)
)
UPDATE outbox_events SET payload = jsonb_set(jsonb_set(jsonb_set(
    payload || jsonb_build_object('email', %(pseudonym)s::text),
    '{note}', 'null', false), '{tracking_number}', 'null', false), '{tracking_url}', 'null', false)
WHERE payload ? 'email' AND lower(payload ->> 'email') = ANY(%(emails)s)
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Whose traces are looked for."""

    user_id: UUID
    email: str
    is_proven: bool
    """Whether the address is known to be theirs."""


def unsettled(connection: Connection, person: Person) -> str | None:
    """Why the person cannot be forgotten yet: `payment`, `delivery`, `return`, `refund`, `dispute` or CHECKOUT."""
    row = connection.execute(_UNSETTLED, {**_found(connection, person), "returns_wait": _RETURNS_WAIT_DAYS}).fetchone()
    assert row is not None
    waits_for: str | None = row["waits_for"]
    return waits_for


def erase(connection: Connection, person: Person, *, with_reviews: bool) -> None:
    """Take the person out of payments, carts, checkouts, orders, reviews, wishes, mails and events. Can be repeated.

    The tables of identity are its own affair. What providers keep is removed by who hears of `AccountErased`.
    """
    values = {
        **_found(connection, person),
        "user_id": person.user_id,
        "pseudonym": erased.address(person.user_id),
        "text": erased.TEXT,
    }
    connection.execute(_PAYMENTS, values)
    connection.execute("DELETE FROM carts WHERE user_id = %(user_id)s", values)
    connection.execute(_COUPONS, values)
    connection.execute(_CHECKOUTS, values)
    connection.execute(_ORDERS, values)
    reviewed = connection.execute(_REMOVE_REVIEWS if with_reviews else _UNSIGN_REVIEWS, values).fetchall()
    # Their pages show the person's name until CloudFront is told.
    outbox.record_all(connection, [ProductChanged(product_id=row["product_id"]) for row in reviewed])
    connection.execute(_PICTURES, values)
    connection.execute(_FORGET_TASTE, values)
    connection.execute(_MESSAGES, values)


def _found(connection: Connection, person: Person) -> dict[str, Any]:
    """Ids of what is the person's, and the addresses that they had, in lower case."""
    proven = person.email if person.is_proven else None
    ids = connection.execute(_FIND, {"user_id": person.user_id, "proven": proven}).fetchone()
    assert ids is not None
    rest = connection.execute(_FIND_REST, {**ids, "email": person.email}).fetchone()
    assert rest is not None
    return {**ids, **rest}
