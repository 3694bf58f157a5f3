"""Every statement of payments that reads finds its rows by an index."""

from __future__ import annotations

import itertools
import re
from urllib.parse import parse_qsl

from sqlalchemy import text

from functions.payments.service import disputes, reconciliations
from shared.clients import database
from shared.contexts.payments.models.payments import Payment
from tests.factories import identity, payments
from tests.integration.payments.stage import Stage, tomorrow
from tests.support.plans import NO_TABLE_SCANS
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
    for setting in NO_TABLE_SCANS:
        stage.db.execute(text(setting))
    assert "Disabled: true" in explain(stage, "SELECT FROM payments WHERE amount = %s")
    for statement in sorted(ours):
        plan = explain(stage, statement)
        assert "Disabled: true" not in plan, statement + "\n" + plan


def test_no_statement_about_money_scans_a_table(stage: Stage) -> None:
    payment = stage.a_payment("pm_card_createDispute")
    refunded = stage.a_payment()
    stage.settle()
    admin = stage.admin()
    with recorded() as statements:
        stage.deliver(*stage.events())
        admin.post(
            f"/api/v1/admin/payments/{refunded.id}/refunds",
            json={"reason": "goodwill", "lines": [{"order_item_id": line_of(stage, refunded), "quantity": 1}]},
            headers={"Idempotency-Key": "plans-of-refunds"},
        )
        stage.resolve_refunds()
        reconciliations.reconcile(tomorrow(), lambda: True)
        disputes.notice_due(database.connection())
        for path in (
            f"payments/{payment.id}",
            f"payments/{payment.id}/refunds",
            "payments?status=succeeded",
            "payments",
            f"payments?user_id={payment.id}",
            f"payments?user_id={payment.id}&status=succeeded",
            "refunds?status=failed",
            f"refunds?user_id={payment.id}",
            "refunds",
            "ledger",
            "ledger?account=sales",
            f"ledger?payment_id={payment.id}",
            "ledger?created_from=2026-01-01T00:00:00Z&created_before=2036-01-01T00:00:00Z",
            "disputes",
            "disputes?status=lost",
            "reconciliations",
            "reconciliations/differences",
            "fraud/decisions",
            "fraud/decisions?decision=block",
            "fraud/decisions?held=true",
            f"fraud/decisions?checkout_id={payment.checkout_id}",
        ):
            address, _, query = path.partition("?")
            assert admin.get(f"/api/v1/admin/{address}", query=dict(parse_qsl(query))).status == 200, path
    tables = r"payment|refund|ledger|dispute|reconciliation|fraud"
    ours = {statement for statement in statements if re.search(tables, statement) and "alembic" not in statement}
    assert len(ours) > 40
    stage.db.rollback()
    for setting in NO_TABLE_SCANS:
        stage.db.execute(text(setting))
    for statement in sorted(ours):
        plan = explain(stage, statement)
        assert "Disabled: true" not in plan, statement + "\n" + plan


def line_of(stage: Stage, payment: Payment) -> str:
    row = stage.db.execute(
        text("SELECT i.id FROM order_items i JOIN orders o ON o.id = i.order_id WHERE o.checkout_id = :id"),
        {"id": payment.checkout_id},
    ).first()
    return str(row[0]) if row else str(payment.id)


def explain(stage: Stage, statement: str) -> str:
    """The plan that holds for any parameters."""
    numbers = itertools.count(1)
    generic = re.sub(r"%s|%\(\w+\)s", lambda _: f"${next(numbers)}", statement)
    rows = stage.db.connection().exec_driver_sql(f"EXPLAIN (GENERIC_PLAN) {generic}")
    return "\n".join(str(row[0]) for row in rows)
