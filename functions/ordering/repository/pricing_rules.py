"""Everything that prices a cart besides its lines, read in one statement: coupons, shipping rates, tax rates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from functions.ordering.domain.places import Place
from functions.ordering.domain.pricing_rules import (
    Band,
    CouponKind,
    CouponRow,
    RateRow,
    Rules,
    ShippingRateKind,
    TaxRateRow,
)
from shared.clients.database import Connection
from shared.contexts.ordering.coupons import CUSTOMER

# What the cart's own open checkout has redeemed is available to this cart: another checkout would replace that one.
_COUPONS: Final = f"""
SELECT jsonb_agg(to_jsonb(c) || jsonb_build_object('problem', CASE
    WHEN c.deleted_at IS NOT NULL OR NOT c.is_active THEN 'inactive'
    WHEN c.starts_at > now() THEN 'not_started'
    WHEN c.ends_at <= now() THEN 'expired'
    WHEN c.redeemed_count - own.uses >= c.total_limit THEN 'used_up'
    WHEN u.redeemed_count - own.uses >= c.per_customer_limit THEN 'used_up_by_customer'
END) ORDER BY e.id)
FROM cart_coupons e JOIN coupons c ON c.id = e.coupon_id
CROSS JOIN LATERAL (
    SELECT count(*) AS uses FROM checkouts k JOIN coupon_redemptions r ON r.checkout_id = k.id
    WHERE k.cart_id = e.cart_id AND k.status = 'open' AND r.coupon_id = c.id AND r.released_at IS NULL
) own
LEFT JOIN coupon_customers u ON u.coupon_id = c.id AND u.customer = {CUSTOMER.format("buyer.email")}
WHERE e.cart_id = %(cart_id)s
"""

# The zone that names the place most narrowly. One with rates in other currencies only is no use to this cart, and hides
# no wider one; one without any rate says that nothing is delivered there.
_RATES: Final = """
SELECT jsonb_build_object('rates', coalesce(own.rates, '[]'), 'has_other_currencies', own.rates IS NULL AND own.any)
FROM shipping_zones z CROSS JOIN LATERAL (
    SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id) FILTER (WHERE r.currency = %(currency)s) AS rates, count(*) > 0 AS any
    FROM shipping_rates r WHERE r.zone_id = z.id AND r.is_active
) own
WHERE z.is_active AND z.countries && ARRAY[%(country)s, '*']
  AND (z.regions = '{}' OR z.regions && %(regions)s::text[])
  AND (z.postal_prefixes = '{}' OR EXISTS (SELECT FROM unnest(z.postal_prefixes) p WHERE starts_with(%(postal)s, p)))
ORDER BY own.rates IS NULL AND own.any, '*' = ANY(z.countries), z.postal_prefixes = '{}',
    (SELECT min(array_position(%(regions)s::text[], r)) FROM unnest(z.regions) r) NULLS LAST, z.id LIMIT 1
"""

_TAX: Final = """
SELECT to_jsonb(t) FROM tax_rates t
WHERE t.is_active AND t.country = %(country)s AND (t.region = '' OR t.region = ANY(%(regions)s::text[]))
ORDER BY array_position(%(regions)s::text[], t.region::text) NULLS LAST LIMIT 1
"""

# What a missing region leaves open.
_RATES_NEED_REGION: Final = """
EXISTS (SELECT FROM shipping_zones WHERE is_active AND countries @> ARRAY[%(country)s] AND regions <> '{}')
"""
_TAX_NEEDS_REGION: Final = """
EXISTS (SELECT FROM tax_rates WHERE is_active AND country = %(country)s AND region <> '')
"""

_RULES: Final = f"""
SELECT buyer.account_email, buyer.language, ({_COUPONS}) AS coupons, ({_RATES}) AS rates, ({_TAX}) AS tax,
    EXISTS (SELECT FROM shipping_zones WHERE is_active) AS has_zones,
    EXISTS (SELECT FROM tax_rates WHERE is_active) AS has_taxes,
    {_RATES_NEED_REGION} AS rates_need_region, {_TAX_NEEDS_REGION} AS tax_needs_region
FROM (
    SELECT u.email AS account_email, u.language, coalesce(u.email, %(email)s) AS email
    FROM (VALUES (1)) AS always LEFT JOIN identity_contacts u ON u.id = %(user_id)s
) buyer
"""
# Without a destination there are no rates to look up, and most reads of a cart name none.
_RULES_WITHOUT_DESTINATION: Final = (
    _RULES.replace(f"({_RATES})", "NULL")
    .replace(f"({_TAX})", "NULL")
    .replace(_RATES_NEED_REGION, "false")
    .replace(_TAX_NEEDS_REGION, "false")
)

_PATHS: Final = """
WITH RECURSIVE path AS (
    SELECT id AS category_id, id, parent_id, 1 AS depth FROM catalog_categories WHERE id = ANY(%s)
    UNION ALL
    SELECT path.category_id, c.id, c.parent_id, path.depth + 1
    FROM path JOIN catalog_categories c ON c.id = path.parent_id
    WHERE path.depth < 100
)
SELECT category_id, array_agg(id ORDER BY depth) AS path FROM path GROUP BY category_id
"""


def load(
    connection: Connection, *, cart_id: UUID | None, currency: str, user_id: UUID | None, email: str | None,
    place: Place | None,
) -> Rules:  # fmt: skip
    """The rules for a cart of this currency. `email` is a guest's, as far as it is known."""
    row = connection.execute(
        _RULES_WITHOUT_DESTINATION if place is None else _RULES,
        {
            "cart_id": cart_id,
            "currency": currency,
            "user_id": user_id,
            "email": email,
            "country": place.country if place else None,
            "regions": place.region_keys if place else [],
            "postal": place.postal_key if place else None,
        },
    ).fetchone()
    assert row is not None
    zone = row["rates"]
    return Rules(
        account_email=row["account_email"],
        language=row["language"],
        coupons=[_coupon(document) for document in row["coupons"] or ()],
        has_zones=row["has_zones"],
        rates=None if zone is None else [_rate(document) for document in zone["rates"]],
        has_other_currencies=zone is not None and zone["has_other_currencies"],
        rates_need_region=row["rates_need_region"],
        has_taxes=row["has_taxes"],
        tax_needs_region=row["tax_needs_region"],
        tax=_tax(row["tax"]) if row["tax"] else None,
    )


def category_paths(connection: Connection, category_ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Each category with itself and all above it, the nearest first."""
    return {row["category_id"]: tuple(row["path"]) for row in connection.execute(_PATHS, (list(category_ids),))}


def _coupon(document: dict[str, Any]) -> CouponRow:
    converted = ("id", "kind", "category_ids", "product_ids")
    return CouponRow(
        id=UUID(document["id"]),
        kind=CouponKind(document["kind"]),
        category_ids=frozenset(map(UUID, document["category_ids"])),
        product_ids=frozenset(map(UUID, document["product_ids"])),
        **{name: document[name] for name in CouponRow.__slots__ if name not in converted},
    )


def _rate(document: dict[str, Any]) -> RateRow:
    return RateRow(
        id=UUID(document["id"]),
        kind=ShippingRateKind(document["kind"]),
        bands=tuple(Band(band["up_to"], band["amount"]) for band in document["bands"]),
        **{name: document[name] for name in RateRow.__slots__ if name not in ("id", "kind", "bands")},
    )


def _tax(document: dict[str, Any]) -> TaxRateRow:
    return TaxRateRow(
        rate_basis_points=document["rate_basis_points"],
        prices_include_tax=document["prices_include_tax"],
        shipping_taxable=document["shipping_taxable"],
        category_rates={UUID(each["category_id"]): each["rate_basis_points"] for each in document["category_rates"]},
    )
