"""SQL of the demo shop, orders aside: customers, prices and reviews."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from psycopg.types.json import Jsonb

from functions.operations.service.sample_customers import SampleCustomer, SampleReview
from functions.operations.service.sample_prices import SampleCoupon, SampleTax, SampleZone
from shared.clients.database import Connection

# Who welcomes mails has agreed to recommendations as well.
_ADD_CUSTOMER: Final = """
WITH customer AS (
    INSERT INTO users (email, full_name, password_hash, language, email_verified_at, marketing_consent_at, created_at)
    VALUES (%(email)s, %(full_name)s, %(password_hash)s, %(language)s, %(since)s,
            CASE WHEN %(accepts_marketing)s THEN %(since)s::timestamptz END, %(since)s)
    ON CONFLICT (lower(email)) DO NOTHING RETURNING id
), agreed AS (
    INSERT INTO consent_changes (user_id, purpose, granted, text_version, source, created_at)
    SELECT id, purpose, true, '2026-11-01', 'registration', %(since)s
    FROM customer, unnest(ARRAY['marketing', 'recommendations']) AS purpose WHERE %(accepts_marketing)s
)
SELECT id FROM customer
"""

_ADD_COUPON: Final = """
INSERT INTO coupons (code, description, kind, percent_basis_points, amount, currency, minimum_subtotal_amount,
    buy_quantity, get_quantity, total_limit, per_customer_limit, product_ids, is_combinable, starts_at, ends_at)
VALUES (%(code)s, %(description)s, %(kind)s, %(percent)s, %(amount)s, %(currency)s, %(minimum)s, %(buy)s, %(get)s,
    %(total_limit)s, %(per_customer_limit)s,
    ARRAY(SELECT id FROM products WHERE slug = %(product)s::text AND deleted_at IS NULL), %(is_combinable)s,
    %(now)s::timestamptz - interval '60 days', %(now)s::timestamptz + make_interval(days => %(ends_in_days)s))
ON CONFLICT DO NOTHING RETURNING id
"""

_ADD_ZONE: Final = """
WITH zone AS (
    INSERT INTO shipping_zones (name, countries) VALUES (%(name)s, %(countries)s) RETURNING id
)
INSERT INTO shipping_rates (zone_id, name, kind, currency, amount, bands, free_from_amount, min_days, max_days)
SELECT zone.id, rate.* FROM zone, jsonb_to_recordset(%(rates)s) AS rate
    (name text, kind text, currency text, amount bigint, bands jsonb, free_from bigint, min_days int, max_days int)
"""

_ADD_TAX: Final = """
INSERT INTO tax_rates (name, country, region, rate_basis_points, prices_include_tax, shipping_taxable)
VALUES (%(name)s, %(country)s, %(region)s, %(rate)s, %(prices_include_tax)s, %(shipping_taxable)s)
ON CONFLICT DO NOTHING
"""

# As catalog writes a review: its product's counts change in the same statement.
_ADD_REVIEW: Final = """
WITH author AS (
    SELECT id FROM users WHERE lower(email) = lower(%(author)s)
), product AS (
    SELECT id FROM products WHERE slug = %(product)s AND deleted_at IS NULL
), votes AS (
    SELECT u.id, lower(u.email) = ANY(%(helpful)s) AS helpful FROM users u
    WHERE lower(u.email) = ANY(%(helpful)s::text[] || %(unhelpful)s::text[])
), made AS (
    INSERT INTO reviews (id, product_id, user_id, rating, title, body, is_verified, helpful_count, unhelpful_count,
        reply, replied_by, replied_at, created_at, updated_at)
    SELECT uuidv7(%(at)s - clock_timestamp()), product.id, author.id, %(rating)s, %(title)s, %(body)s, EXISTS (
            SELECT FROM order_keys o JOIN order_items i ON i.order_id = o.order_id
            WHERE o.user_id = author.id AND i.product_id = product.id AND EXISTS (
                SELECT FROM order_status_changes c WHERE c.order_id = o.order_id AND c.after = 'delivered'
                    AND c.created_at < %(at)s)
        ), (SELECT count(*) FROM votes WHERE helpful), (SELECT count(*) FROM votes WHERE NOT helpful),
        %(reply)s, CASE WHEN %(reply)s::text IS NOT NULL THEN %(replied_by)s END,
        CASE WHEN %(reply)s::text IS NOT NULL THEN %(at)s + interval '1 day' END, %(at)s, %(at)s
    FROM author, product
    ON CONFLICT (product_id, user_id) DO NOTHING RETURNING id, product_id, rating
), counted AS (
    UPDATE products p SET rating_count = p.rating_count + 1, rating_sum = p.rating_sum + made.rating
    FROM made WHERE p.id = made.product_id
), voted AS (
    INSERT INTO review_votes (review_id, user_id, helpful, created_at)
    SELECT made.id, votes.id, votes.helpful, %(at)s + interval '12 hours' FROM made, votes
)
SELECT FROM made
"""


def has_orders(connection: Connection) -> bool:
    """Whether anybody has bought anything here."""
    return connection.execute("SELECT FROM orders LIMIT 1").fetchone() is not None


def add_customer(
    connection: Connection, customer: SampleCustomer, *, password_hash: str, since: datetime
) -> UUID | None:
    """Insert the customer, whose address counts as verified; returns the id, None where the address is taken."""
    row = connection.execute(
        _ADD_CUSTOMER,
        {
            "email": customer.email,
            "full_name": customer.full_name,
            "password_hash": password_hash,
            "language": customer.language,
            "accepts_marketing": customer.accepts_marketing,
            "since": since,
        },
    ).fetchone()
    return None if row is None else row["id"]


def add_coupon(connection: Connection, coupon: SampleCoupon, *, now: datetime) -> UUID | None:
    """Insert the coupon; returns its id, None where the code is taken."""
    row = connection.execute(
        _ADD_COUPON,
        {
            "code": coupon.code,
            "description": coupon.description,
            "kind": coupon.kind,
            "percent": coupon.percent_basis_points,
            "amount": coupon.amount,
            "currency": coupon.currency,
            "minimum": coupon.minimum_subtotal_amount,
            "buy": coupon.buy_quantity,
            "get": coupon.get_quantity,
            "total_limit": coupon.total_limit,
            "per_customer_limit": coupon.per_customer_limit,
            "product": coupon.product,
            "is_combinable": coupon.is_combinable,
            "ends_in_days": coupon.ends_in_days,
            "now": now,
        },
    ).fetchone()
    return None if row is None else row["id"]


def add_zone(connection: Connection, zone: SampleZone) -> None:
    """Insert the zone with its rates."""
    rates = [
        {
            "name": rate.name,
            "kind": rate.kind,
            "currency": rate.currency,
            "amount": rate.amount,
            "bands": rate.documents(),
            "free_from": rate.free_from,
            "min_days": rate.days[0],
            "max_days": rate.days[1],
        }
        for rate in zone.rates
    ]
    connection.execute(_ADD_ZONE, {"name": zone.name, "countries": list(zone.countries), "rates": Jsonb(rates)})


def add_tax(connection: Connection, tax: SampleTax) -> None:
    """Insert the rate, unless the place has one."""
    connection.execute(
        _ADD_TAX,
        {
            "name": tax.name,
            "country": tax.country,
            "region": tax.region,
            "rate": tax.rate_basis_points,
            "prices_include_tax": tax.prices_include_tax,
            "shipping_taxable": tax.shipping_taxable,
        },
    )


def add_review(connection: Connection, review: SampleReview, *, at: datetime, replied_by: str) -> bool:
    """Insert the review with its votes; False where author or product is missing."""
    return (
        connection.execute(
            _ADD_REVIEW,
            {
                "author": review.author,
                "product": review.product,
                "rating": review.rating,
                "title": review.title,
                "body": review.body,
                "helpful": list(review.helpful),
                "unhelpful": list(review.unhelpful),
                "reply": review.reply,
                "replied_by": replied_by,
                "at": at,
            },
        ).rowcount
        == 1
    )
