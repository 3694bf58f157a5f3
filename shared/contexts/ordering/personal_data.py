"""Personal data of ordering. What the law requires of a sale is retained under a pseudonym: amounts, tax, and the
place of taxation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Final

from shared.clients.database import Connection
from shared.contexts.identity import pseudonyms
from shared.contexts.ordering import personal_data_sections as selects
from shared.privacy import Erasure, Expiry, Person, PersonalData, Section, Unsettled

CHECKOUTS_DAYS: Final = 90
NOBODY: Final = f"nobody@{pseudonyms.DOMAIN}"
"""Replaces the address of a checkout that was never bought."""
_RETURNS_WAIT_DAYS: Final = 60
"""An approved return that never arrives holds an erasure up for so long."""

# What needs no shipping is delivered at once.
_UNSETTLED: Final = f"""
WITH mine AS MATERIALIZED (SELECT {selects.ORDER_IDS} AS order_ids, {selects.CHECKOUT_IDS} AS checkout_ids)
SELECT CASE
    WHEN EXISTS (SELECT FROM orders WHERE id = ANY(order_ids) AND status = 'pending') THEN 'payment'
    WHEN EXISTS (SELECT FROM orders o WHERE o.id = ANY(order_ids) AND o.requires_shipping AND o.state = 'open'
        AND o.payment_status <> 'unpaid') THEN 'delivery'
    WHEN EXISTS (SELECT FROM returns WHERE order_id = ANY(order_ids) AND (
        status = 'requested' OR status = 'received' AND refund_request_id IS NOT NULL
        OR status = 'approved' AND updated_at > now() - make_interval(days => %(returns_wait)s))) THEN 'return'
    WHEN EXISTS (SELECT FROM checkouts WHERE id = ANY(checkout_ids) AND status = 'open') THEN 'checkout'
END AS reason FROM mine
"""

_EMAILS: Final = f"""
SELECT DISTINCT email FROM checkouts WHERE id = ANY({selects.CHECKOUT_IDS})
"""
_PURCHASES: Final = f"SELECT {selects.ORDER_IDS} AS order_ids, {selects.CHECKOUT_IDS} AS checkout_ids"

_ERASE_ADDRESSES: Final = "DELETE FROM customer_addresses WHERE user_id = %(user_id)s"
_ERASE_CART: Final = "DELETE FROM carts WHERE user_id = %(user_id)s"
_ERASE_COUPONS: Final = """
WITH counted AS (
    UPDATE coupon_customers c SET customer = %(pseudonym)s
    FROM (SELECT DISTINCT coupon_id, customer FROM coupon_redemptions WHERE checkout_id = ANY(%(checkout_ids)s)) r
    WHERE c.coupon_id = r.coupon_id AND c.customer = r.customer AND c.customer <> %(pseudonym)s
)
UPDATE coupon_redemptions SET customer = %(pseudonym)s WHERE checkout_id = ANY(%(checkout_ids)s)
"""

_REDACTED: Final = """jsonb_build_object('name', %(text)s::text, 'line1', %(text)s::text, 'city', %(text)s::text,
    'region', {address} -> 'region', 'country', {address} -> 'country')"""
_REDACTED_BUYER: Final = f"""
jsonb_build_object('email', %(pseudonym)s::text, 'address', CASE WHEN jsonb_typeof(buyer -> 'address') = 'object'
    THEN {_REDACTED.format(address="(buyer -> 'address')")} END)
"""
_REDACTED_ADDRESSES: Final = ", ".join(
    f"{column} = CASE WHEN {column} IS NOT NULL THEN {_REDACTED.format(address=column)} END"
    for column in ("shipping_address", "billing_address")
)
_ERASE_CHECKOUTS: Final = f"""
UPDATE checkouts SET email = %(pseudonym)s, {_REDACTED_ADDRESSES} WHERE id = ANY(%(checkout_ids)s)
"""
_ERASE_ORDERS: Final = f"""
WITH keys AS (
    UPDATE order_keys SET email = %(pseudonym)s WHERE order_id = ANY(%(order_ids)s)
), timeline AS (
    UPDATE order_status_changes SET reason = NULL WHERE order_id = ANY(%(order_ids)s) AND reason IS NOT NULL
), parcels AS (
    UPDATE shipments SET tracking_number = NULL WHERE order_id = ANY(%(order_ids)s)
), invoiced AS (
    UPDATE invoices SET buyer = {_REDACTED_BUYER}
    WHERE order_id = ANY(%(order_ids)s) AND buyer IS NOT NULL
), notes AS (
    UPDATE returns SET note = NULL, decision_note = NULL WHERE order_id = ANY(%(order_ids)s)
), remarks AS (
    DELETE FROM order_notes WHERE order_id = ANY(%(order_ids)s)
)
UPDATE orders SET email = %(pseudonym)s, {_REDACTED_ADDRESSES}, version = version + 1
WHERE id = ANY(%(order_ids)s)
"""

# Ids are UUIDv7: in the order of time. The sub-select makes PostgreSQL compute the boundary once.
_REDACT_UNBOUGHT: Final = f"""
UPDATE checkouts SET email = %(nobody)s, {_REDACTED_ADDRESSES} WHERE id = ANY(ARRAY(
    SELECT id FROM checkouts
    WHERE status IN ('expired', 'abandoned') AND email NOT LIKE '%%@erased.invalid'
        AND id < (SELECT uuidv7(make_interval(days => -%(days)s)))
    ORDER BY id LIMIT %(batch)s FOR NO KEY UPDATE SKIP LOCKED
))
"""


def _redact_unbought(connection: Connection, batch: int) -> int:
    """Who did not buy, and where they live; what was in the checkout is still counted."""
    values = {"days": CHECKOUTS_DAYS, "batch": batch, "nobody": NOBODY, "text": pseudonyms.TEXT}
    return connection.execute(_REDACT_UNBOUGHT, values).rowcount


class _Ordering(PersonalData):
    lock_order = 20
    erased = (
        "customer_addresses", "carts", "coupon_customers", "coupon_redemptions", "checkouts", "orders", "order_keys",
        "order_status_changes", "shipments", "returns", "invoices", "order_notes",
    )  # fmt: skip
    sections: ClassVar[Mapping[str, Section]] = {
        "orders": Section(
            "Orders with lines, timelines, shipments, returns, invoices and credit notes", selects.ORDERS
        ),
        "checkouts": Section(
            "Checkouts, ordered or not, with what was priced and the coupons that were used", selects.CHECKOUTS
        ),
        "cart": Section("The cart", selects.CART),
        "addresses": Section("The address book", selects.ADDRESSES),
    }
    left: ClassVar[Mapping[str, str]] = {"site_settings": "Addresses of the shop, which its operator publishes."}
    not_copied: ClassVar[Mapping[str, str]] = {
        "coupon_customers": "Counts of the coupons that stand with the checkouts.",
        "order_keys": "An index of the orders.",
        "site_settings": "The shop's addresses, and nobody's own.",
    }
    retention: ClassVar[Mapping[str, Expiry]] = {"checkouts": _redact_unbought}

    def emails(self, connection: Connection, person: Person) -> Collection[str]:
        return [row["email"] for row in connection.execute(_EMAILS, _values(person))]

    def unsettled(self, connection: Connection, person: Person) -> Unsettled | None:
        row = connection.execute(_UNSETTLED, {**_values(person), "returns_wait": _RETURNS_WAIT_DAYS}).fetchone()
        reason = row["reason"] if row else None
        return Unsettled(reason, is_brief=reason == "checkout") if reason else None

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        """In the order of locks: address book, cart, checkouts, orders."""
        purchases = connection.execute(_PURCHASES, _values(erasure.person)).fetchone()
        assert purchases is not None
        user_id = erasure.person.user_id
        values = {
            **purchases,
            "user_id": user_id,
            "pseudonym": pseudonyms.address(user_id),
            "text": pseudonyms.TEXT,
        }
        for statement in (_ERASE_ADDRESSES, _ERASE_CART, _ERASE_COUPONS, _ERASE_CHECKOUTS, _ERASE_ORDERS):
            connection.execute(statement, values)


def _values(person: Person) -> dict[str, Any]:
    return {"user_id": person.user_id, "proven": person.proven}


PERSONAL_DATA: Final = _Ordering()
