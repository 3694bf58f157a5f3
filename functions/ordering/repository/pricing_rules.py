"""Everything that prices a cart besides its lines, read in one statement: coupons, shipping rates, tax rates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from shared.clients.database import Connection
from shared.transactions.coupons import CUSTOMER

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
"""  # noqa: S608 - our own constant

# The zone that names the place most narrowly. Its rates in other currencies are no use to this cart.
_RATES: Final = """
SELECT coalesce((
    SELECT jsonb_agg(to_jsonb(r) ORDER BY r.id) FROM shipping_rates r
    WHERE r.zone_id = z.id AND r.is_active AND r.currency = %(currency)s
), '[]')
FROM shipping_zones z
WHERE z.is_active AND z.countries && ARRAY[%(country)s, '*']
  AND (z.regions = '{}' OR %(region)s::text = ANY(z.regions))
  AND (z.postal_prefixes = '{}' OR EXISTS (SELECT FROM unnest(z.postal_prefixes) p WHERE starts_with(%(postal)s, p)))
ORDER BY '*' = ANY(z.countries), z.postal_prefixes = '{}', z.regions = '{}', z.id LIMIT 1
"""

_TAX: Final = """
SELECT to_jsonb(t) FROM tax_rates t
WHERE t.is_active AND t.country = %(country)s AND t.region IN ('', %(region)s) ORDER BY t.region DESC LIMIT 1
"""

_RULES: Final = f"""
SELECT buyer.account_email, buyer.language, ({_COUPONS}) AS coupons, ({_RATES}) AS rates, ({_TAX}) AS tax,
    EXISTS (SELECT FROM shipping_zones WHERE is_active) AS has_zones,
    EXISTS (SELECT FROM tax_rates WHERE is_active) AS has_taxes
FROM (
    SELECT u.email AS account_email, u.language, coalesce(u.email, %(email)s) AS email
    FROM (VALUES (1)) AS always LEFT JOIN users u ON u.id = %(user_id)s
) buyer
"""  # noqa: S608 - our own constants
# Without a destination there is nothing to look for, and most looks at a cart name none.
_RULES_FOR_NOWHERE: Final = _RULES.replace(f"({_RATES})", "NULL").replace(f"({_TAX})", "NULL")

_PATHS: Final = """
WITH RECURSIVE path AS (
    SELECT id AS category_id, id, parent_id, 1 AS depth FROM categories WHERE id = ANY(%s)
    UNION ALL
    SELECT path.category_id, c.id, c.parent_id, path.depth + 1 FROM path JOIN categories c ON c.id = path.parent_id
    WHERE path.depth < 100
)
SELECT category_id, array_agg(id ORDER BY depth) AS path FROM path GROUP BY category_id
"""


class CouponKind(StrEnum):
    PERCENTAGE = "percentage"
    FIXED = "fixed"
    FREE_SHIPPING = "free_shipping"
    BUY_X_GET_Y = "buy_x_get_y"


class RateKind(StrEnum):
    FLAT = "flat"
    BY_WEIGHT = "by_weight"
    BY_SUBTOTAL = "by_subtotal"


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponRow:
    """A coupon's terms, and what is wrong with it whatever is in the cart (see `_COUPONS`)."""

    id: UUID
    code: str
    description: str
    kind: CouponKind
    percent_basis_points: int | None
    amount: int | None
    buy_quantity: int | None
    get_quantity: int | None
    currency: str | None
    minimum_subtotal_amount: int | None
    category_ids: frozenset[UUID]
    product_ids: frozenset[UUID]
    is_combinable: bool
    problem: str | None

    @property
    def set_size(self) -> int:
        """Of buy-x-get-y: what is bought and what is given, together."""
        return (self.buy_quantity or 0) + (self.get_quantity or 0)


@dataclass(frozen=True, slots=True)
class Band:
    """Up to so many grams or minor units, the end included (None has no end), delivery costs so much."""

    up_to: int | None
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """A shipping rate, in minor units of the cart's currency."""

    id: UUID
    name: str
    kind: RateKind
    amount: int | None
    bands: tuple[Band, ...]
    free_from_amount: int | None
    min_days: int | None
    max_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRateRow:
    """The tax of the destination."""

    rate_basis_points: int
    prices_include_tax: bool
    shipping_taxable: bool
    category_rates: Mapping[UUID, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something goes to. Regions and postal codes are compared in upper case, postal codes without spaces."""

    country: str
    region: str | None = None
    postal_code: str | None = None

    @property
    def region_key(self) -> str:
        return normalised_region(self.region or "")

    @property
    def postal_key(self) -> str:
        return normalised_postal_code(self.postal_code or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What prices a cart for one buyer and one destination."""

    account_email: str | None
    """The buyer's; null for guests, and for an account that is gone."""
    language: str | None
    coupons: Sequence[CouponRow]
    """In the order in which they were entered."""
    has_zones: bool
    rates: Sequence[RateRow] | None
    """Of the destination's zone; None where no zone names it."""
    has_taxes: bool
    tax: TaxRateRow | None


def normalised_region(text: str) -> str:
    return text.strip().upper()


def normalised_postal_code(text: str) -> str:
    return "".join(text.upper().split())


def load(
    connection: Connection, *, cart_id: UUID | None, currency: str, user_id: UUID | None, email: str | None,
    place: Place | None,
) -> Rules:  # fmt: skip
    """The rules for a cart of this currency. `email` is a guest's, as far as it is known."""
    row = connection.execute(
        _RULES_FOR_NOWHERE if place is None else _RULES,
        {
            "cart_id": cart_id,
            "currency": currency,
            "user_id": user_id,
            "email": email,
            "country": place.country if place else None,
            "region": place.region_key if place else None,
            "postal": place.postal_key if place else None,
        },
    ).fetchone()
    assert row is not None
    rates = row["rates"]
    return Rules(
        account_email=row["account_email"],
        language=row["language"],
        coupons=[_coupon(document) for document in row["coupons"] or ()],
        has_zones=row["has_zones"],
        rates=None if rates is None else [_rate(document) for document in rates],
        has_taxes=row["has_taxes"],
        tax=_tax(row["tax"]) if row["tax"] else None,
    )


def category_paths(connection: Connection, category_ids: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Each category with itself and all above it, the nearest first."""
    return {row["category_id"]: tuple(row["path"]) for row in connection.execute(_PATHS, (list(category_ids),))}


def _coupon(document: dict[str, Any]) -> CouponRow:
    read = ("id", "kind", "category_ids", "product_ids")
    return CouponRow(
        id=UUID(document["id"]),
        kind=CouponKind(document["kind"]),
        category_ids=frozenset(map(UUID, document["category_ids"])),
        product_ids=frozenset(map(UUID, document["product_ids"])),
        **{name: document[name] for name in CouponRow.__slots__ if name not in read},
    )


def _rate(document: dict[str, Any]) -> RateRow:
    return RateRow(
        id=UUID(document["id"]),
        kind=RateKind(document["kind"]),
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
