"""Every statement of payments that reads finds its rows by an index."""

from __future__ import annotations

import itertools
import re

from sqlalchemy import text

from tests.factories import identity, payments
from tests.integration.payments.stage import Stage
from tests.support.statements import recorded


def test_no_statement_scans_a_table(stage: Stage) -> None:
    user = identity.user(stage.db)
    checkout, guests = payments.checkout(stage.db, user), payments.checkout(stage.db)
    payer, checkout_id = stage.as_user(user), str(checkout.id)
    guest, guest_payment = stage.as_guest_of(guests), payments.payment(stage.db, guests).id
    body = {"checkout_id": checkout_id}
    with recorded() as statements:
        location = payer.post(
            "/api/v1/payments/intent", json=body, headers={"Idempotency-Key": "plans-of-statements"}
        ).headers["location"]
        payer.get(location)
        guest.get(f"/api/v1/payments/{guest_payment}")
        page = payer.get("/api/v1/payments").json()
        assert len(page["items"]) == 1
    stage.pay(stage.intent_of(checkout))
    (succeeded,) = stage.events("payment_intent.succeeded")
    with recorded() as more:
        stage.deliver(succeeded, succeeded)
    ours = {statement for statement in statements + more if re.search(r"payment|provider_events", statement)}
    assert len(ours) > 10
    stage.db.execute(text("SET enable_seqscan = off"))
    assert "Disabled: true" in explain(stage, "SELECT FROM payments WHERE amount = %s")
    for statement in sorted(ours):
        plan = explain(stage, statement)
        assert "Disabled: true" not in plan, statement + "\n" + plan


def explain(stage: Stage, statement: str) -> str:
    """The plan that holds for any parameters."""
    numbers = itertools.count(1)
    generic = re.sub(r"%s|%\(\w+\)s", lambda _: f"${next(numbers)}", statement)
    rows = stage.db.connection().exec_driver_sql(f"EXPLAIN (GENERIC_PLAN) {generic}")
    return "\n".join(str(row[0]) for row in rows)
