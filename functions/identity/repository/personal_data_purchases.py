"""Statements about what a person buys and pays; a guest's are those with `%(proven)s`, the address, if it is proven."""

from __future__ import annotations

from typing import Final

_ORDER_IDS: Final = """ARRAY(
    SELECT order_id FROM order_keys WHERE user_id = %(user_id)s
    UNION SELECT order_id FROM order_keys WHERE user_id IS NULL AND lower(email) = lower(%(proven)s)
)"""
_CHECKOUT_IDS: Final = """ARRAY(
    SELECT id FROM checkouts WHERE user_id = %(user_id)s
    UNION SELECT id FROM checkouts WHERE user_id IS NULL AND lower(email) = lower(%(proven)s)
)"""
_LINE: Final = (
    "name, variant_title, sku, quantity, unit_amount, discount_amount, tax_amount, tax_rate_basis_points, total_amount"
)
_PRICED: Final = (
    "currency, subtotal_amount, shipping_amount, tax_amount, discount_amount, total_amount, prices_include_tax,"
    " shipping_method, shipping_address, language"
)


def _list(select: str) -> str:
    return f"(SELECT coalesce(jsonb_agg(part), '[]') FROM ({select}) AS part)"  # noqa: S608 - our own constants


_LINES: Final = _list(f"SELECT id, {_LINE} FROM order_items WHERE order_id = o.id ORDER BY id")  # noqa: S608
_TIMELINE: Final = _list(
    "SELECT before, after, reason, created_at FROM order_status_changes WHERE order_id = o.id ORDER BY id"
)
_SENT_LINES: Final = _list("SELECT order_item_id, quantity FROM shipment_lines WHERE shipment_id = s.id")
_SHIPMENTS: Final = _list(
    f"SELECT s.carrier, s.tracking_number, s.status, s.created_at, s.delivered_at, {_SENT_LINES} AS lines"  # noqa: S608
    " FROM shipments s WHERE s.order_id = o.id ORDER BY s.id"
)
_RETURNED_LINES: Final = _list(
    "SELECT order_item_id, quantity, reason, refund_amount FROM return_lines WHERE return_id = r.id"
)
_RETURNS: Final = _list(
    "SELECT r.status, r.note, r.decision_note, r.decided_at, r.received_at, r.created_at,"  # noqa: S608
    f" {_RETURNED_LINES} AS lines FROM returns r WHERE r.order_id = o.id ORDER BY r.id"
)

ORDERS: Final = f"""
SELECT o.id, o.number, o.email, o.status, {_PRICED}, o.paid_at, o.cancelled_at, o.created_at, {_LINES} AS lines,
    {_TIMELINE} AS timeline, {_SHIPMENTS} AS shipments, {_RETURNS} AS returns,
    (SELECT jsonb_build_object('year', v.year, 'sequence', v.sequence, 'issued_at', v.issued_at)
        FROM invoices v WHERE v.order_id = o.id) AS invoice
FROM orders o WHERE o.id = ANY({_ORDER_IDS}) ORDER BY o.id
"""  # noqa: S608 - our own constants

_PRICED_LINES: Final = _list(f"SELECT {_LINE} FROM checkout_lines WHERE checkout_id = c.id ORDER BY id")  # noqa: S608
_COUPONS: Final = _list(
    "SELECT code, customer, discount_amount, released_at FROM coupon_redemptions WHERE checkout_id = c.id"
)
CHECKOUTS: Final = f"""
SELECT c.id, c.email, c.status, {_PRICED}, c.expires_at, c.created_at, {_PRICED_LINES} AS lines, {_COUPONS} AS coupons
FROM checkouts c WHERE c.id = ANY({_CHECKOUT_IDS}) ORDER BY c.id
"""  # noqa: S608 - our own constants

_CART_LINES: Final = _list(
    "SELECT p.name, i.quantity, i.price_at_time, i.created_at FROM cart_items i JOIN variants v ON v.id = i.variant_id"
    " JOIN products p ON p.id = v.product_id WHERE i.cart_id = c.id ORDER BY i.id"
)
CART: Final = f"""
SELECT c.id, c.currency, c.created_at, c.updated_at, {_CART_LINES} AS items FROM carts c WHERE c.user_id = %(user_id)s
"""  # noqa: S608 - our own constants

DOWNLOADS: Final = f"""
SELECT i.order_id, m.file_name, d.downloads, d.last_at FROM order_items i
JOIN media_downloads d ON d.order_item_id = i.id JOIN product_media m ON m.id = d.media_id
WHERE i.order_id = ANY({_ORDER_IDS}) ORDER BY d.last_at
"""  # noqa: S608 - our own constants

_PAYMENT_HISTORY: Final = _list(
    "SELECT before, after, created_at FROM payment_status_changes WHERE payment_id = p.id ORDER BY id"
)
_REFUNDS: Final = _list(
    "SELECT amount, currency, status, reason, created_at FROM refunds WHERE payment_id = p.id ORDER BY id"
)
_DISPUTES: Final = _list(
    "SELECT amount, currency, reason, status, opened_at, closed_at FROM disputes WHERE payment_id = p.id ORDER BY id"
)
PAYMENTS: Final = f"""
SELECT p.id, p.order_id, p.provider, p.amount, p.currency, p.status, p.amount_captured, p.amount_refunded,
    p.failure_code, p.method, p.created_at, {_PAYMENT_HISTORY} AS history, {_REFUNDS} AS refunds,
    {_DISPUTES} AS disputes
FROM payments p WHERE p.checkout_id = ANY({_CHECKOUT_IDS}) ORDER BY p.id
"""  # noqa: S608 - our own constants

PAYMENT_CHECKS: Final = """
SELECT stage, decision, verdict, ip_address, created_at FROM fraud_decisions WHERE user_id = %(user_id)s ORDER BY id
"""
PROVIDERS: Final = """
SELECT provider, created_at FROM provider_customers WHERE user_id = %(user_id)s
"""
