"""Checkouts that wait for their payment, their webhooks, and whether each had its effect exactly once."""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import psycopg

POISON: Final = json.dumps({"id": "evt_drain_poison", "type": "payment_intent.succeeded", "created": 1, "data": {}})
"""What no worker can make anything of."""

_PREPARE: Final[tuple[LiteralString, ...]] = (
    "CREATE TEMP TABLE waiting ON COMMIT DROP AS SELECT n, uuidv7() AS id"
    " FROM generate_series(1 + (SELECT count(*) FROM payments WHERE provider_payment_id LIKE 'pi_drain_%%'),"
    "  %(count)s + (SELECT count(*) FROM payments WHERE provider_payment_id LIKE 'pi_drain_%%')) n",
    "CREATE TEMP TABLE offers ON COMMIT DROP AS SELECT row_number() OVER (ORDER BY v.id) - 1 AS place,"
    " count(*) OVER () AS total, v.id, v.product_id, p.name, array_to_string(v.option_values, ' / ') AS title, v.sku,"
    " v.price_amount FROM variants v JOIN products p ON p.id = v.product_id WHERE v.deleted_at IS NULL",
    "CREATE INDEX ON offers (place)",
    "ANALYZE waiting, offers",
    "CREATE TEMP TABLE wanted ON COMMIT DROP AS SELECT w.n, w.id, v.id AS variant_id, v.product_id, v.name, v.title,"
    " v.sku, 1 + w.n %% 2 AS quantity, v.price_amount FROM waiting w CROSS JOIN generate_series(0, 1) k"
    " JOIN offers v ON v.place = (w.n * 7919 + k) %% (SELECT total FROM offers LIMIT 1)",
    "ANALYZE wanted",
    "INSERT INTO stock_movements (variant_id, quantity, reason, reference)"
    " SELECT variant_id, sum(quantity), 'import', 'drain' FROM wanted GROUP BY variant_id",
    "INSERT INTO stock_levels AS s (variant_id, on_hand, reserved)"
    " SELECT variant_id, sum(quantity), sum(quantity) FROM wanted GROUP BY variant_id"
    " ON CONFLICT (variant_id) DO UPDATE SET on_hand = s.on_hand + excluded.on_hand,"
    " reserved = s.reserved + excluded.reserved",
    "INSERT INTO stock_reservations (checkout_id, variant_id, quantity) SELECT id, variant_id, quantity FROM wanted",
    "INSERT INTO checkouts (id, cart_id, email, currency, subtotal_amount, shipping_amount, tax_amount,"
    " discount_amount, total_amount, shipping_address, status, expires_at)"
    " SELECT id, uuidv7(), 'drain' || n || '@example.com', 'USD', sum(quantity * price_amount), 490, 0, 0,"
    " sum(quantity * price_amount) + 490, '{}', CASE WHEN n %% 5 = 0 THEN 'open' ELSE 'ordered' END,"
    " now() + interval '1 day' FROM wanted GROUP BY id, n ORDER BY n",
    "INSERT INTO checkout_lines (checkout_id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount,"
    " total_amount) SELECT id, variant_id, product_id, name, title, sku, quantity, price_amount,"
    " quantity * price_amount FROM wanted",
    "WITH key AS (INSERT INTO order_keys (order_id, number, checkout_id, email)"
    "  SELECT uuidv7(), 'DRAIN-' || w.n, c.id, c.email FROM waiting w JOIN checkouts c ON c.id = w.id"
    "  WHERE c.status = 'ordered' ORDER BY w.n RETURNING *)"
    " INSERT INTO orders (id, number, checkout_id, email, currency, subtotal_amount, shipping_amount, tax_amount,"
    " discount_amount, total_amount, shipping_address) SELECT key.order_id, key.number, c.id, c.email, c.currency,"
    " c.subtotal_amount, c.shipping_amount, c.tax_amount, c.discount_amount, c.total_amount, c.shipping_address"
    " FROM key JOIN checkouts c ON c.id = key.checkout_id ORDER BY key.order_id",
    "INSERT INTO order_items (order_id, variant_id, product_id, name, variant_title, sku, quantity, unit_amount,"
    " total_amount) SELECT o.id, w.variant_id, w.product_id, w.name, w.title, w.sku, w.quantity, w.price_amount,"
    " w.quantity * w.price_amount"
    " FROM wanted w JOIN orders o ON o.checkout_id = w.id",
    "INSERT INTO payments (checkout_id, provider, provider_payment_id, amount, currency)"
    " SELECT c.id, 'stripe', 'pi_drain_' || w.n, c.total_amount, c.currency"
    " FROM waiting w JOIN checkouts c ON c.id = w.id ORDER BY w.n",
)
_PREPARED: Final = "SELECT count(*) FROM payments WHERE provider_payment_id LIKE 'pi_drain_%'"
# Each check counts what there should be one of per payment, or none of at all.
_ONE_EACH: Final[dict[str, LiteralString]] = {
    "orders paid": "SELECT count(*) FROM orders o JOIN payments p ON p.checkout_id = o.checkout_id"
    " WHERE p.provider_payment_id LIKE 'pi_drain_%' AND o.status = 'paid'"
    " AND o.payment_intent_id = p.provider_payment_id",
    "payments captured": "SELECT count(*) FROM payments WHERE provider_payment_id LIKE 'pi_drain_%'"
    " AND status = 'succeeded' AND amount_captured = amount AND order_id IS NOT NULL",
    "checkouts paid": "SELECT count(*) FROM checkouts c JOIN payments p ON p.checkout_id = c.id"
    " WHERE p.provider_payment_id LIKE 'pi_drain_%' AND c.status = 'paid'",
    "events in the inbox": "SELECT count(*) FROM provider_events WHERE event_id LIKE 'evt_drain_%'"
    " AND outcome = 'applied'",
    "half of the sales": "SELECT count(*) / 2 FROM stock_movements m JOIN orders o ON o.id::text = m.reference"
    " JOIN payments p ON p.order_id = o.id WHERE p.provider_payment_id LIKE 'pi_drain_%' AND m.reason = 'sale'",
    "moves to paid": "SELECT count(*) FROM order_status_changes s JOIN payments p ON p.order_id = s.order_id"
    " WHERE p.provider_payment_id LIKE 'pi_drain_%' AND s.after = 'paid'",
    "OrderPaid in the outbox": "SELECT count(DISTINCT payload->>'order_id') FROM outbox_events e"
    " JOIN payments p ON p.order_id::text = e.payload->>'order_id'"
    " WHERE e.type = 'OrderPaid' AND p.provider_payment_id LIKE 'pi_drain_%'",
    "OrderPaid in the outbox, all": "SELECT count(*) FROM outbox_events e"
    " JOIN payments p ON p.order_id::text = e.payload->>'order_id'"
    " WHERE e.type = 'OrderPaid' AND p.provider_payment_id LIKE 'pi_drain_%'",
}
_NONE: Final[dict[str, LiteralString]] = {
    "reservations left": "SELECT count(*) FROM stock_reservations r JOIN payments p USING (checkout_id)"
    " WHERE p.provider_payment_id LIKE 'pi_drain_%'",
    "levels that differ from their movements": "SELECT count(*) FROM (SELECT s.variant_id FROM stock_levels s"
    " LEFT JOIN stock_movements m USING (variant_id) GROUP BY s.variant_id, s.on_hand"
    " HAVING s.on_hand <> coalesce(sum(m.quantity), 0)) wrong",
    "levels that differ from their reservations": "SELECT count(*) FROM (SELECT s.variant_id FROM stock_levels s"
    " LEFT JOIN stock_reservations r USING (variant_id) GROUP BY s.variant_id, s.reserved"
    " HAVING s.reserved <> coalesce(sum(r.quantity), 0)) wrong",
}


@dataclass(frozen=True)
class Waiting:
    """One payment that Stripe will tell about."""

    number: int
    checkout_id: str
    amount: int

    @property
    def webhook(self) -> str:
        """Stripe's event: the payment succeeded."""
        intent = {
            "id": f"pi_drain_{self.number}",
            "object": "payment_intent",
            "amount": self.amount,
            "amount_received": self.amount,
            "currency": "usd",
            "status": "succeeded",
            "latest_charge": f"ch_drain_{self.number}",
            "metadata": {"checkout_id": self.checkout_id, "environment": "dev"},
        }
        event = {
            "id": f"evt_drain_{self.number}",
            "object": "event",
            "type": "payment_intent.succeeded",
            "created": int(time.time()),
            "livemode": False,
            "data": {"object": intent},
        }
        return json.dumps(event)


def prepare(url: str, count: int) -> list[Waiting]:
    """Make so many guests' checkouts, two lines each; four in five have their order already. The stock is there."""
    with psycopg.connect(url) as connection:
        connection.execute("SET statement_timeout = 0")
        for statement in _PREPARE:
            connection.execute(statement, {"count": count})
        rows = connection.execute(
            "SELECT substr(provider_payment_id, 10)::int, checkout_id::text, amount FROM payments"
            " WHERE provider_payment_id LIKE 'pi_drain_%' AND status = 'requires_payment' ORDER BY 1"
        ).fetchall()
    return [Waiting(*row) for row in rows]


def messages(waiting: list[Waiting], chance: random.Random, *, duplicates: int) -> list[str]:
    """Bodies of the queue's messages in some order: each event, some of them twice, and one poisonous one."""
    bodies = [one.webhook for one in waiting]
    bodies += chance.choices(bodies, k=duplicates)
    bodies.append(POISON)
    chance.shuffle(bodies)
    return bodies


def verify(url: str) -> dict[str, Any]:
    """What does not agree with every payment having been applied once; empty when all is well."""
    with psycopg.connect(url) as connection:
        connection.execute("SET statement_timeout = 0")
        expected = (connection.execute(_PREPARED).fetchone() or (None,))[0]
        counted = {name: (connection.execute(query).fetchone() or (None,))[0] for name, query in _ONE_EACH.items()}
        wrong = {name: found for name, found in counted.items() if found != expected}
        left = {name: (connection.execute(query).fetchone() or (None,))[0] for name, query in _NONE.items()}
        return {**wrong, **{name: found for name, found in left.items() if found}}


def paid_events(url: str, waiting: list[Waiting]) -> set[str]:
    """The ids of the OrderPaid events of these payments."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT e.id::text FROM outbox_events e JOIN payments p ON p.order_id::text = e.payload->>'order_id'"
            " WHERE e.type = 'OrderPaid' AND p.provider_payment_id = ANY(%s)",
            ([f"pi_drain_{one.number}" for one in waiting],),
        )
        return {row[0] for row in rows}
