"""What a copy of personal data contains of purchases; a guest's are those with `%(proven)s`, the proven address."""

from __future__ import annotations

from typing import Final

ORDER_IDS: Final = """ARRAY(
    SELECT order_id FROM order_keys WHERE user_id = %(user_id)s
    UNION SELECT order_id FROM order_keys WHERE user_id IS NULL AND lower(email) = lower(%(proven)s)
)"""
CHECKOUT_IDS: Final = """ARRAY(
    SELECT id FROM checkouts WHERE user_id = %(user_id)s
    UNION SELECT id FROM checkouts WHERE user_id IS NULL AND lower(email) = lower(%(proven)s)
)"""
_LINE: Final = (
    "name, variant_title, sku, quantity, unit_amount, discount_amount, tax_amount, tax_rate_basis_points, total_amount"
)
_PRICED: Final = (
    "currency, subtotal_amount, shipping_amount, tax_amount, discount_amount, total_amount, prices_include_tax,"
    " shipping_method, shipping_address, billing_address, language"
)


def _list(select: str) -> str:
    return f"(SELECT coalesce(jsonb_agg(part), '[]') FROM ({select}) AS part)"


_LINES: Final = _list(f"SELECT id, {_LINE} FROM order_items WHERE order_id = o.id ORDER BY id")
_TIMELINE: Final = _list(
    "SELECT before, after, reason, created_at FROM order_status_changes WHERE order_id = o.id ORDER BY id"
)
_NOTES: Final = _list("SELECT body, created_at FROM order_notes WHERE order_id = o.id ORDER BY id")
_SENT_LINES: Final = _list("SELECT order_item_id, quantity FROM shipment_lines WHERE shipment_id = s.id")
_SHIPMENTS: Final = _list(
    f"SELECT s.carrier, s.tracking_number, s.status, s.created_at, s.delivered_at, {_SENT_LINES} AS lines"
    " FROM shipments s WHERE s.order_id = o.id ORDER BY s.id"
)
_RETURNED_LINES: Final = _list(
    "SELECT order_item_id, quantity, reason, refund_amount FROM return_lines WHERE return_id = r.id"
)
_RETURNS: Final = _list(
    "SELECT r.status, r.note, r.decision_note, r.decided_at, r.received_at, r.created_at,"
    f" {_RETURNED_LINES} AS lines FROM returns r WHERE r.order_id = o.id ORDER BY r.id"
)
_CREDIT_NOTES: Final = _list(
    "SELECT n.year, n.sequence, n.issued_at, n.issued_on, n.contents FROM credit_notes n WHERE n.order_id = o.id"
    " ORDER BY n.id"
)

ORDERS: Final = f"""
SELECT o.id, o.number, o.email, o.status, o.state, o.payment_status, o.fulfilment_status, {_PRICED}, o.paid_at,
    o.cancelled_at, o.created_at, {_LINES} AS lines,
    {_TIMELINE} AS timeline, {_NOTES} AS notes, {_SHIPMENTS} AS shipments, {_RETURNS} AS returns,
    (SELECT jsonb_build_object('year', v.year, 'sequence', v.sequence, 'issued_at', v.issued_at,
        'issued_on', v.issued_on, 'buyer', v.buyer, 'contents', v.contents)
        FROM invoices v WHERE v.order_id = o.id) AS invoice, {_CREDIT_NOTES} AS credit_notes
FROM orders o WHERE o.id = ANY({ORDER_IDS}) ORDER BY o.id
"""

_PRICED_LINES: Final = _list(f"SELECT {_LINE} FROM checkout_lines WHERE checkout_id = c.id ORDER BY id")
_COUPONS: Final = _list(
    "SELECT code, customer, discount_amount, released_at FROM coupon_redemptions WHERE checkout_id = c.id"
)
CHECKOUTS: Final = f"""
SELECT c.id, c.email, c.status, {_PRICED}, c.expires_at, c.created_at, {_PRICED_LINES} AS lines, {_COUPONS} AS coupons
FROM checkouts c WHERE c.id = ANY({CHECKOUT_IDS}) ORDER BY c.id
"""

_CART_LINES: Final = _list(
    "SELECT p.name, i.quantity, i.price_at_time, i.created_at FROM cart_items i"
    " JOIN catalog_offers p ON p.variant_id = i.variant_id WHERE i.cart_id = c.id ORDER BY i.id"
)
CART: Final = f"""
SELECT c.id, c.currency, c.created_at, c.updated_at, {_CART_LINES} AS items FROM carts c WHERE c.user_id = %(user_id)s
"""

ADDRESSES: Final = """
SELECT id, label, address, is_default_shipping, is_default_billing, created_at, updated_at
FROM customer_addresses WHERE user_id = %(user_id)s ORDER BY id
"""
