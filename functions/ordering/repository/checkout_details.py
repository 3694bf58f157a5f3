"""SQL that reads a checkout with all that was priced, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final
from uuid import UUID

from functions.ordering.domain.checkouts import CheckoutDetail, CheckoutLineRow, RedeemedCoupon
from functions.ordering.domain.pricing import Amounts
from functions.ordering.domain.pricing_rules import CouponKind
from shared.clients.database import Connection

_AMOUNTS: Final = [field.name for field in fields(Amounts)]
_LINE: Final = [field.name for field in fields(CheckoutLineRow)]

# Of several payments one at most is not cancelled.
_DETAIL: Final = f"""
SELECT k.id, k.cart_id, k.user_id, k.status, k.email, k.currency, {", ".join(f"k.{name}" for name in _AMOUNTS)},
    k.shipping_rate_id, k.shipping_method, k.shipping_address, k.billing_address, k.expires_at, (
        SELECT coalesce(jsonb_agg(to_jsonb(l) ORDER BY l.id), '[]') FROM checkout_lines l WHERE l.checkout_id = k.id
    ) AS lines, (
        SELECT coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'description', c.description, 'kind', c.kind,
            'discount_amount', r.discount_amount, 'shipping_discount_amount', r.shipping_discount_amount)
            ORDER BY r.id), '[]')
        FROM coupon_redemptions r JOIN coupons c ON c.id = r.coupon_id WHERE r.checkout_id = k.id
    ) AS coupons, o.order_id, p.id AS payment_id, p.status AS payment_status
FROM checkouts k LEFT JOIN order_keys o ON o.checkout_id = k.id LEFT JOIN LATERAL (
    SELECT id, status FROM payments_payments WHERE checkout_id = k.id ORDER BY status = 'canceled', id DESC LIMIT 1
) p ON true
WHERE k.id = %s
"""


@dataclass(frozen=True, slots=True)
class CheckoutAccess:
    """Whose checkout it is, and the checkout."""

    user_id: UUID | None
    cart_id: UUID
    detail: CheckoutDetail


def access(connection: Connection, checkout_id: UUID) -> CheckoutAccess | None:
    row = connection.execute(_DETAIL, (checkout_id,)).fetchone()
    return CheckoutAccess(row.pop("user_id"), row.pop("cart_id"), _detail(row)) if row is not None else None


def _detail(row: dict[str, Any]) -> CheckoutDetail:
    amounts: dict[str, Any] = {name: row.pop(name) for name in _AMOUNTS}
    rate = amounts.pop("shipping_tax_rate_basis_points")
    lines, coupons = row.pop("lines"), row.pop("coupons")
    return CheckoutDetail(
        amounts=Amounts(**amounts, shipping_tax_rate_basis_points=rate or 0),  # it was not always recorded
        lines=[_line(document) for document in lines],
        coupons=[RedeemedCoupon(**{**document, "kind": CouponKind(document["kind"])}) for document in coupons],
        **row,
    )


def _line(document: dict[str, Any]) -> CheckoutLineRow:
    values = {name: document[name] for name in _LINE}
    return CheckoutLineRow(
        **{**values, "variant_id": UUID(values["variant_id"]), "product_id": UUID(values["product_id"])}
    )
