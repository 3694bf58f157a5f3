"""What must hold of the shop's books at any quiet moment, and of purchases that are over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.e2e.buyers import Purchase
from tests.e2e.running_system import RunningSystem, eventually


def assert_nothing_lost_nothing_twice(system: RunningSystem, purchases: Sequence[Purchase], *, seconds: float) -> None:
    """Wait until all that is under way has arrived, at most so long, and compare the books of everybody."""
    eventually(lambda: _all_arrived(system, purchases), seconds=seconds)
    checkouts = [purchase.checkout_id for purchase in purchases]
    assert _paid_orders(system, checkouts) == {p.checkout_id: (p.order_id, p.intent_id) for p in purchases}
    assert _taken_at_stripe(system, checkouts) == {p.intent_id: p.checkout_id for p in purchases}
    assert _sold(system, [purchase.order_id for purchase in purchases]) == {p.order_id: -1 for p in purchases}
    mails = Counter(address for mail in _mail(system) for address in mail["to"])
    assert {p.email: mails[p.email] for p in purchases} == {p.email: 1 for p in purchases}
    assert_books_balance(system)


def all_paid(system: RunningSystem, purchases: Sequence[Purchase]) -> bool:
    """Whether every order knows of its payment."""
    orders = [purchase.order_id for purchase in purchases]
    paid = system.sql("SELECT count(*) FROM orders WHERE status = 'paid' AND id = ANY(%s::uuid[])", orders)
    return paid[0]["count"] == len(orders)


def assert_books_balance(system: RunningSystem) -> None:
    """Stock less what is owed is what movements say, checkouts hold what is reserved, and nothing waits to be sent."""
    unbalanced = system.sql(
        "SELECT l.variant_id, l.on_hand, l.owed, l.reserved, m.moved, r.held FROM stock_levels l"
        " LEFT JOIN LATERAL (SELECT coalesce(sum(quantity), 0) AS moved FROM stock_movements"
        " WHERE variant_id = l.variant_id) m ON true"
        " LEFT JOIN LATERAL (SELECT coalesce(sum(quantity), 0) AS held FROM stock_reservations"
        " WHERE variant_id = l.variant_id) r ON true"
        " WHERE l.on_hand - l.owed <> m.moved OR l.reserved <> r.held OR l.on_hand < 0 OR l.owed < 0"
        " OR l.on_hand > 0 AND l.owed > 0"
    )
    assert unbalanced == []
    astray = system.sql(
        "SELECT r.checkout_id, c.status FROM stock_reservations r JOIN checkouts c ON c.id = r.checkout_id"
        " WHERE c.status NOT IN ('open', 'ordered')"
    )
    assert astray == []
    assert system.sql("SELECT id, type FROM outbox_events WHERE published_at IS NULL") == []
    dead = {name: queue for name, queue in system.queues().items() if name.endswith("-dead") and any(queue.values())}
    assert dead == {}, f"{dead}\n{system.failures()}"


def _all_arrived(system: RunningSystem, purchases: Sequence[Purchase]) -> bool:
    """Every order is paid and mailed, and nothing is on its way any more."""
    mailed = {address for mail in _mail(system) for address in mail["to"]}
    if {purchase.email for purchase in purchases} - mailed:
        return False
    if any(
        queue["waiting"] or queue["in_flight"] for name, queue in system.queues().items() if not name.endswith("-dead")
    ):
        return False
    held_back = system.stripe_control("GET", "/deliveries?state=pending")["deliveries"]
    unsent = system.sql("SELECT 1 FROM outbox_events WHERE published_at IS NULL LIMIT 1")
    return not held_back and not unsent


def _paid_orders(system: RunningSystem, checkouts: list[str]) -> dict[str, tuple[str, str]]:
    """Order and intent of each paid checkout; more than one order of a checkout fails."""
    rows = system.sql(
        "SELECT o.checkout_id::text, o.id::text AS order_id, p.provider_payment_id FROM orders o"
        " JOIN payments p ON p.order_id = o.id AND p.status = 'succeeded'"
        " AND p.provider_payment_id = o.payment_intent_id"
        " WHERE o.status = 'paid' AND o.checkout_id = ANY(%s::uuid[])",
        checkouts,
    )
    assert len({row["checkout_id"] for row in rows}) == len(rows)
    return {row["checkout_id"]: (row["order_id"], row["provider_payment_id"]) for row in rows}


def _taken_at_stripe(system: RunningSystem, checkouts: list[str]) -> dict[str, str]:
    """Checkout of each intent that took money, as Stripe knows them."""
    wanted = set(checkouts)
    taken: dict[str, str] = {}
    for intent in system.stripe_list("payment_intents"):
        checkout_id = intent["metadata"].get("checkout_id")
        if checkout_id in wanted and intent["status"] == "succeeded":
            taken[intent["id"]] = checkout_id
    return taken


def _sold(system: RunningSystem, orders: list[str]) -> dict[str, int]:
    rows = system.sql(
        "SELECT reference, sum(quantity)::int AS units FROM stock_movements"
        " WHERE reason = 'sale' AND reference = ANY(%s) GROUP BY reference",
        orders,
    )
    return {row["reference"]: row["units"] for row in rows}


def _mail(system: RunningSystem) -> list[dict[str, list[str]]]:
    mail: list[dict[str, list[str]]] = system.http.get("/_local/mail", headers={"Accept": "application/json"}).json()
    return mail
