"""Every day the provider's balance transactions are held against the ledger; differences stay until resolved."""

from __future__ import annotations

import importlib
import json
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from functions.payments.service import reconciliations
from tests.factories import money
from tests.integration.payments.stage import Stage, tomorrow
from tests.support.lambda_client import Context

FOLLOWED = (
    "payment_intent.succeeded",
    "charge.updated",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
)


def reconcile() -> reconciliations.ReconciliationSummary:
    """As it is done tomorrow, when today is over."""
    return reconciliations.reconcile(tomorrow(), lambda: True)


def differences(stage: Stage, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        stage.admin().get("/api/v1/admin/reconciliations/differences", query=query).json()["items"]
    )
    return found


def a_day_of_business(stage: Stage) -> None:
    """A sale, one with a refund, one that is disputed, and a payout."""
    payments = [stage.a_payment(), stage.a_payment(), stage.a_payment("pm_card_createDispute")]
    stage.settle()
    stage.refund_at_dashboard(payments[1], 500)
    stage.pay_out(1000)


def test_a_day_on_which_all_events_came_agrees(stage: Stage) -> None:
    a_day_of_business(stage)
    stage.deliver(*stage.events(*FOLLOWED))
    assert reconcile() == reconciliations.ReconciliationSummary(days=1, open_differences=0)
    assert reconcile() == reconciliations.ReconciliationSummary(days=0, open_differences=0)
    [listed] = stage.admin().get("/api/v1/admin/reconciliations").json()["items"]
    assert (listed["provider_transactions"], listed["open_differences"]) == (6, 0)
    assert stage.balances()["bank"] == 1000
    assert stage.balances()["provider_balance"] == stage.balance_at_provider()["USD"]


def test_what_the_ledger_lacks_is_listed_until_its_event_comes(stage: Stage) -> None:
    payment = stage.a_payment()
    stage.settle()
    (succeeded,) = stage.events("payment_intent.succeeded")
    stage.a_payment()
    stage.settle()
    stage.deliver(*stage.events("payment_intent.succeeded")[1:], *stage.events("charge.updated")[1:])
    assert reconcile().open_differences == 2
    found = differences(stage)
    assert sorted((one["kind"], one["ledger_amount"], one["provider_amount"]) for one in found) == [
        ("fee", None, -102), ("missing_here", None, 2497),
    ]  # fmt: skip

    stage.deliver(succeeded, *stage.events("charge.updated"))
    assert reconcile() == reconciliations.ReconciliationSummary(days=1, open_differences=0)
    assert differences(stage) == []
    resolved = differences(stage, unresolved="false")
    assert {one["resolved_by"] for one in resolved} == {"system"}
    stage.db.refresh(payment)
    assert payment.status == "succeeded"


def test_what_the_provider_lacks_and_what_it_has_otherwise_are_listed(stage: Stage) -> None:
    payment = stage.a_payment()
    stage.settle()
    stage.deliver(*stage.events(*FOLLOWED))
    stage.db.execute(
        text(
            "WITH made AS (INSERT INTO ledger_transactions (kind, source_id, provider, payment_id, occurred_at)"
            " VALUES ('refund', 're_nowhere', 'stripe', :payment, now()) RETURNING id)"
            " INSERT INTO ledger_entries (transaction_id, account, currency, amount)"
            " SELECT id, account, 'USD', amount FROM made, (VALUES ('refunds', 700), ('provider_balance', -700))"
            " AS e (account, amount)"
        ),
        {"payment": payment.id},
    )
    stage.db.commit()
    [charge] = stage.provider.account.charges.values()
    stage.provider.account.balance.clear()
    assert reconcile().open_differences == 2
    found = {one["source_id"]: (one["kind"], one["ledger_amount"]) for one in differences(stage)}
    assert found == {"re_nowhere": ("missing_there", -700), charge.attempt.id: ("missing_there", 2497)}


def test_a_difference_is_resolved_with_a_reason_by_somebody(stage: Stage) -> None:
    difference = money.difference(stage.db)
    path = f"/api/v1/admin/reconciliations/differences/{difference.id}/resolution"
    admin = stage.admin()
    assert admin.post(path, json={"note": ""}).status == 422
    reply = admin.post(path, json={"note": "a correction by Stripe"})
    assert (reply.status, reply.json()["note"]) == (200, "a correction by Stripe")
    assert reply.json()["resolved_by"].startswith("admin:")
    assert differences(stage) == []
    again = admin.post(path, json={"note": "another reason"})
    assert (again.status, again.json()["code"]) == (409, "already_resolved")
    shown = admin.get(f"/api/v1/admin/reconciliations/{difference.reconciliation_id}").json()
    assert [one["note"] for one in shown["differences"]] == ["a correction by Stripe"]
    missing = f"/api/v1/admin/reconciliations/differences/{uuid.uuid4()}/resolution"
    assert admin.post(missing, json={"note": "x"}).status == 404


def test_a_resolved_difference_stays_resolved_when_the_day_is_compared_again(stage: Stage) -> None:
    first, second = stage.a_payment(), stage.a_payment()
    stage.settle()
    stage.deliver(*stage.events("charge.updated"))
    assert reconcile().open_differences == 2
    [kept, resolved] = differences(stage)
    stage.admin().post(f"/api/v1/admin/reconciliations/differences/{resolved['id']}/resolution", json={"note": "known"})
    assert reconcile().open_differences == 1
    assert [one["id"] for one in differences(stage)] == [kept["id"]]
    assert {first.status, second.status} == {"requires_payment"}


def test_lists_continue_where_they_ended(stage: Stage) -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC).date() for day in (17, 18, 19)]
    for day in days:
        money.difference(stage.db, day=day)
    admin = stage.admin()
    for path in ("/api/v1/admin/reconciliations", "/api/v1/admin/reconciliations/differences"):
        seen: list[str] = []
        query: dict[str, Any] = {"limit": 2}
        while True:
            page = admin.get(path, query=query).json()
            seen += [one["id"] for one in page["items"]]
            if page["next_cursor"] is None:
                break
            query["cursor"] = page["next_cursor"]
        assert len(seen) == len(set(seen)) == 3


def test_closed_days_do_not_change_the_balances(stage: Stage) -> None:
    a_day_of_business(stage)
    stage.deliver(*stage.events(*FOLLOWED))
    admin = stage.admin()
    reconcile()
    before = stage.balances()
    assert {
        one["account"]: one["amount"] for one in admin.get("/api/v1/admin/ledger/balances").json()["items"]
    } == before
    assert stage.db.execute(text("SELECT count(*) FROM ledger_closings")).scalar_one() > 0


@pytest.mark.parametrize("name", ["reconcile", "resolve_refunds", "notice_disputes"])
def test_the_sample_events_of_the_schedules_are_understood(stage: Stage, name: str) -> None:
    handler = importlib.import_module(f"functions.payments.handlers.{name}").handler
    summary = handler(json.loads(Path(f"events/payments/{name}.json").read_text()), Context())
    assert {count for what, count in summary.items() if what != "days"} == {0}
