"""Administrators give money back: in full, in part, by line; once, and never more than was captured."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from functions.payments import providers
from functions.payments.providers.stripe.adapter import StripeProvider
from shared.contexts.identity.models.accounts import User
from shared.contexts.ordering.models.orders import OrderItem
from shared.contexts.payments.models.ledger import LedgerEntry
from shared.contexts.payments.models.payments import Payment
from shared.contexts.payments.models.refunds import Refund
from shared.permissions import Role
from tests.factories import identity
from tests.integration.payments.stage import Stage, StripeStage
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.statements import recorded

SUCCEEDED = "payment_intent.succeeded"


@pytest.fixture
def admin(db: Session) -> User:
    return identity.user(db, Role.ADMIN)


def a_captured_payment(stage: Stage, card: str = "pm_card_visa", **of: Any) -> Payment:
    payment = stage.a_payment(card, **of)
    assert stage.deliver(*stage.events(SUCCEEDED)) == []
    stage.db.refresh(payment)
    return payment


def refund(caller: LambdaClient, payment: Payment, key: str | None = None, **body: Any) -> Answer:
    return caller.post(
        f"/api/v1/admin/payments/{payment.id}/refunds",
        json={"reason": "goodwill", **body},
        headers={"Idempotency-Key": key or uuid.uuid4().hex},
    )


def at_provider(stage: Stage, payment: Payment) -> list[int]:
    return stage.refunds_at_provider(payment)


def line_of(stage: Stage, payment: Payment) -> OrderItem:
    return stage.db.query(OrderItem).filter_by(order_id=stage.order_of(payment).id).one()


def balance(stage: Stage, account: str) -> int:
    stage.db.rollback()
    total = select(func.coalesce(func.sum(LedgerEntry.amount), 0)).where(LedgerEntry.account == account)
    return int(stage.db.execute(total).scalar_one())


def test_money_that_another_provider_took_is_not_asked_of_ours(stage: Stage, admin: User) -> None:
    payment = a_captured_payment(stage)
    payment.provider = "sample"
    stage.db.commit()
    reply = refund(stage.as_user(admin), payment)
    assert (reply.status, reply.json()["code"]) == (409, "not_refundable")


def test_a_full_refund_moves_payment_order_and_books(stage: Stage, admin: User) -> None:
    payment = a_captured_payment(stage)
    reply = refund(stage.as_user(admin), payment, reason="requested_by_customer", note="changed their mind")
    assert (reply.status, reply.json()["status"], reply.json()["amount"]) == (201, "pending", 2497)
    assert at_provider(stage, payment) == [2497]

    shown = stage.as_user(admin).get(reply.headers["location"]).json()
    assert (shown["status"], shown["actor"], shown["note"]) == (
        "succeeded", f"admin:{admin.id}", "changed their mind",
    )  # fmt: skip
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("refunded", 2497)
    assert stage.order_of(payment).status == "refunded"
    assert [balance(stage, name) for name in ("provider_balance", "sales", "refunds")] == [0, -2497, 2497]
    told = [event["detail"]["data"] for event in stage.cloud.published() if event["detail-type"] == "OrderRefunded"]
    assert [(one["amount"], one["in_full"], one["refund_id"]) for one in told] == [(2497, True, shown["id"])]


def test_parts_of_a_payment_are_refunded_until_nothing_is_left(stage: Stage, admin: User) -> None:
    payment = a_captured_payment(stage)
    caller = stage.as_user(admin)
    assert refund(caller, payment, amount=1000).status == 201
    assert stage.order_of(payment).status == "partially_refunded"
    too_much = refund(caller, payment, amount=1498)
    assert (too_much.status, too_much.json()["code"], too_much.json()["refundable_amount"]) == (
        409, "refund_exceeds_payment", 1497,
    )  # fmt: skip
    assert refund(caller, payment).json()["amount"] == 1497
    assert refund(caller, payment).status == 409
    assert at_provider(stage, payment) == [1000, 1497]
    listed = caller.get(f"/api/v1/admin/payments/{payment.id}/refunds").json()
    assert [one["amount"] for one in listed["items"]] == [1497, 1000]
    assert caller.get(f"/api/v1/admin/payments/{payment.id}").json()["refundable_amount"] == 0


def test_the_units_of_a_line_are_worth_together_what_was_paid_for_it(stage: Stage, admin: User) -> None:
    """10.00 for three: 3.33, 3.33, 3.34. (medusa #9261, #13433, #13091)"""
    payment = a_captured_payment(stage, amount=999, quantity=3)
    item = line_of(stage, payment)
    item.total_amount = 998  # a discount of a cent on the line
    item.discount_amount = 1
    stage.db.commit()
    amounts = [
        refund(stage.as_user(admin), payment, lines=[{"order_item_id": str(item.id), "quantity": 1}]).json()["amount"]
        for _ in range(3)
    ]
    assert amounts == [332, 333, 333]
    more = refund(stage.as_user(admin), payment, lines=[{"order_item_id": str(item.id), "quantity": 1}])
    assert (more.status, more.json()["code"]) == (409, "refund_exceeds_line")
    assert more.json()["refundable_quantity"] == 0


def test_a_line_of_another_order_is_refused(stage: Stage, admin: User) -> None:
    payment, other = stage.a_payment(), stage.a_payment()
    stage.deliver(*stage.events(SUCCEEDED))
    wrong = str(line_of(stage, other).id)
    reply = refund(stage.as_user(admin), payment, lines=[{"order_item_id": wrong, "quantity": 1}])
    assert (reply.status, reply.json()["code"]) == (422, "validation_failed")
    assert at_provider(stage, payment) == []


@pytest.mark.parametrize(
    "body",
    [
        {"amount": 0},
        {"amount": -5},
        {"amount": 1.5},
        {"reason": "because"},
        {"amount": 5, "lines": [{"order_item_id": str(uuid.uuid4()), "quantity": 1}]},
        {"lines": [{"order_item_id": str(uuid.uuid4()), "quantity": 0}]},
        {"status": "succeeded"},
    ],
)
def test_what_is_no_refund_is_refused(stage: Stage, admin: User, body: dict[str, Any]) -> None:
    payment = a_captured_payment(stage)
    assert refund(stage.as_user(admin), payment, **body).status == 422


def test_what_was_never_captured_cannot_be_refunded(stage: Stage, admin: User) -> None:
    payment = stage.a_payment()
    reply = refund(stage.as_user(admin), payment)
    assert (reply.status, reply.json()["code"]) == (409, "not_refundable")


def test_the_same_key_refunds_once_and_answers_the_same(stage: Stage, admin: User) -> None:
    payment = a_captured_payment(stage)
    first = refund(stage.as_user(admin), payment, "the-same-key", amount=500)
    again = refund(stage.as_user(admin), payment, "the-same-key", amount=500)
    assert (again.status, again.body) == (first.status, first.body)
    assert again.headers["idempotency-replayed"] == "true"
    assert refund(stage.as_user(admin), payment, "the-same-key", amount=600).json()["code"] == "idempotency_key_reused"
    assert at_provider(stage, payment) == [500]


def test_processes_that_refund_one_line_at_once_refund_it_once(stripe_stage: StripeStage, admin: User) -> None:
    payment = a_captured_payment(stripe_stage, amount=3000, quantity=3)
    item, caller = str(line_of(stripe_stage, payment).id), stripe_stage.as_user(admin)
    stripe_stage.db.rollback()

    def act(number: int) -> int:
        return refund(caller, payment_of, lines=[{"order_item_id": item, "quantity": 3}]).status

    payment_of = Payment(id=payment.id)
    statuses = at_once(6, act)
    assert sorted(statuses) == [201] + [409] * 5
    assert at_provider(stripe_stage, payment) == [3000]


def test_processes_that_refund_parts_at_once_never_exceed_the_capture(stripe_stage: StripeStage, admin: User) -> None:
    payment = a_captured_payment(stripe_stage, amount=2500)
    caller, payment_of = stripe_stage.as_user(admin), Payment(id=payment.id)
    stripe_stage.db.rollback()
    statuses = at_once(6, lambda _: refund(caller, payment_of, amount=1000).status)
    assert sorted(statuses) == [201, 201, 409, 409, 409, 409]
    assert at_provider(stripe_stage, payment) == [1000, 1000]


@pytest.mark.parametrize("is_listed", [True, False], ids=["listed", "not listed yet"])
def test_an_answer_that_is_lost_is_found_again_and_not_asked_for_twice(
    is_listed: bool, stripe_stage: StripeStage, admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the list of refunds lags behind, the same idempotency key brings the answer of the first attempt."""
    monkeypatch.setattr("functions.payments.providers.stripe.client.READ_TIMEOUT_SECONDS", 0.2)
    monkeypatch.setattr("functions.payments.providers.stripe.client.NETWORK_RETRIES", 0)
    payment = a_captured_payment(stripe_stage)
    stripe_stage.account.ask(
        "POST", "/faults", delay_seconds=0.6, delay="after", times=1, method="POST", path_prefix="/v1/refunds"
    )
    reply = refund(stripe_stage.as_user(admin), payment, amount=700)
    assert (reply.status, reply.json()["status"]) == (201, "pending")
    assert stripe_stage.db.query(Refund).one().provider_refund_id is None
    assert refund(stripe_stage.as_user(admin), payment, amount=1798).status == 409  # what is pending counts

    if not is_listed:
        time.sleep(0.8)  # a key is refused for as long as the first request under it is being answered
        monkeypatch.setattr(StripeProvider, "refunds", lambda *_: [])
    assert stripe_stage.resolve_refunds()["tried"] == 1
    assert stripe_stage.db.query(Refund).one().status == "succeeded"
    assert at_provider(stripe_stage, payment) == [700]


def test_a_provider_that_answered_with_an_error_is_asked_anew_under_another_key(
    stripe_stage: StripeStage, admin: User
) -> None:
    payment = a_captured_payment(stripe_stage)
    stripe_stage.account.ask("POST", "/faults", status=500, method="POST", path_prefix="/v1/refunds")
    assert refund(stripe_stage.as_user(admin), payment, amount=700).status == 201
    assert at_provider(stripe_stage, payment) == []
    stripe_stage.account.ask("DELETE", "/faults")
    stripe_stage.resolve_refunds()
    stripe_stage.resolve_refunds()
    assert at_provider(stripe_stage, payment) == [700]
    row = stripe_stage.db.query(Refund).one()
    assert (row.status, row.key_number) == ("succeeded", 1)


def test_resolvers_at_once_ask_once(stripe_stage: StripeStage, admin: User) -> None:
    payment = a_captured_payment(stripe_stage)
    stripe_stage.account.ask("POST", "/faults", status=500, method="POST", path_prefix="/v1/refunds")
    refund(stripe_stage.as_user(admin), payment, amount=700)
    refund_id = stripe_stage.db.query(Refund.id).scalar()
    stripe_stage.db.rollback()
    stripe_stage.account.ask("DELETE", "/faults")
    providers.of.cache_clear()  # its connection is not for several processes

    def act(_: int) -> None:
        from functions.payments.service.refunds import execution

        execution.submit(refund_id)

    at_once(4, act)
    stripe_stage.resolve_refunds()
    assert at_provider(stripe_stage, payment) == [700]
    assert stripe_stage.db.query(Refund).one().status == "succeeded"


def test_a_refund_that_the_provider_refuses_has_failed_and_can_be_made_again(stage: Stage, admin: User) -> None:
    payment = a_captured_payment(stage)
    stage.refund_at_dashboard(payment, 2000)
    refund(stage.as_user(admin), payment, amount=1000)  # what a person did at the dashboard is not known yet
    caller = stage.as_user(admin)
    [failed] = caller.get("/api/v1/admin/refunds", query={"status": "failed"}).json()["items"]
    assert failed["amount"] == 1000
    assert stage.resolve_refunds() == {"tried": 0, "overdue": 0, "failed_lately": 1}

    stage.deliver(*stage.events("charge.refunded"))
    assert refund(caller, payment, amount=497).status == 201
    assert at_provider(stage, payment) == [497, 2000]
    adopted = [one for one in caller.get("/api/v1/admin/refunds").json()["items"] if one["actor"] == "provider"]
    assert [one["amount"] for one in adopted] == [2000]


def test_a_refund_that_fails_later_is_listed_and_its_money_is_refundable_again(stage: Stage, admin: User) -> None:
    payment = a_captured_payment(stage, "pm_card_refundFail")
    refund(stage.as_user(admin), payment)
    assert stage.order_of(payment).status == "refunded"
    stage.settle()
    assert stage.deliver(*stage.events("refund.failed", "charge.refund.updated")) == []
    stage.db.refresh(payment)
    assert (payment.status, payment.amount_refunded) == ("succeeded", 0)
    row = stage.db.query(Refund).one()
    assert (row.status, row.failure_code) == ("failed", "expired_or_canceled_card")
    assert balance(stage, "provider_balance") == 2497
    assert stage.resolve_refunds()["failed_lately"] == 1
    assert stage.as_user(admin).get(f"/api/v1/admin/payments/{payment.id}").json()["refundable_amount"] == 2497


def test_a_pending_refund_whose_event_is_lost_is_looked_for(stage: Stage, admin: User) -> None:
    payment = a_captured_payment(stage, "pm_card_pendingRefund")
    refund(stage.as_user(admin), payment)
    stage.settle()
    assert stage.db.query(Refund).one().status in ("pending", "succeeded")
    stage.resolve_refunds()
    assert stage.db.query(Refund).one().status == "succeeded"
    published = [event["detail-type"] for event in stage.cloud.published()]
    assert published.count("OrderRefunded") == 1


def test_lists_take_one_statement_besides_rights_and_a_refund_a_fixed_number(stage: Stage, admin: User) -> None:
    payment, other = stage.a_payment(amount=3000, quantity=3), stage.a_payment()
    stage.deliver(*stage.events(SUCCEEDED))
    caller, item = stage.as_user(admin), str(line_of(stage, payment).id)
    caller.get("/api/v1/admin/payments")  # keys are read once per process
    lists = ["payments", f"payments/{payment.id}", "refunds", "ledger", "ledger/balances", "disputes"]
    lists += ["reconciliations", "reconciliations/differences", "fraud/decisions"]
    for path in lists:
        with recorded() as statements:
            assert caller.get(f"/api/v1/admin/{path}").status == 200
        assert len(statements) <= (4 if str(payment.id) in path else 2), path
    with recorded() as statements:
        assert refund(caller, payment, lines=[{"order_item_id": item, "quantity": 2}]).status == 201
    budget = len(statements)
    assert budget <= 39, statements  # with the order's lock, its units, and what goes back to stock
    assert refund(caller, other, amount=100).status == 201
    with recorded() as statements:
        assert refund(caller, other, amount=100).status == 201
    assert len(statements) <= budget


def test_customers_cannot_refund_or_see_what_administrators_see(stage: Stage) -> None:
    payment = a_captured_payment(stage)
    customer = stage.as_user(identity.user(stage.db))
    assert refund(customer, payment).status == 403
    assert customer.get("/api/v1/admin/payments").status == 403
    assert at_provider(stage, payment) == []


def test_administrators_find_payments_by_status_and_order(stage: Stage, admin: User) -> None:
    paid = a_captured_payment(stage)
    stage.a_payment()
    caller = stage.as_user(admin)
    everything = caller.get("/api/v1/admin/payments", query={"limit": 1}).json()
    assert everything["next_cursor"] is not None
    rest = caller.get("/api/v1/admin/payments", query={"limit": 1, "cursor": everything["next_cursor"]}).json()
    assert {page["items"][0]["id"] for page in (everything, rest)} >= {str(paid.id)}
    by_status = caller.get("/api/v1/admin/payments", query={"status": "succeeded"}).json()["items"]
    by_order = caller.get("/api/v1/admin/payments", query={"order_id": str(stage.order_of(paid).id)}).json()["items"]
    assert [one["id"] for one in by_status] == [one["id"] for one in by_order] == [str(paid.id)]


def test_administrators_find_payments_and_refunds_of_a_person(stage: Stage, admin: User) -> None:
    customer, caller = identity.user(stage.db), stage.as_user(admin)
    own, other = a_captured_payment(stage, user=customer), a_captured_payment(stage)
    for payment in (own, own, other):
        assert refund(caller, payment, amount=100).status == 201
    whose = {"user_id": str(customer.id)}
    payments = caller.get("/api/v1/admin/payments", query=whose).json()["items"]
    assert [one["id"] for one in payments] == [str(own.id)]
    assert caller.get("/api/v1/admin/payments", query={**whose, "status": "failed"}).json()["items"] == []
    first = caller.get("/api/v1/admin/refunds", query={**whose, "limit": 1}).json()
    rest = caller.get("/api/v1/admin/refunds", query={**whose, "cursor": first["next_cursor"]}).json()
    assert [one["payment_id"] for one in first["items"] + rest["items"]] == [str(own.id)] * 2
    assert rest["next_cursor"] is None
    everybody_s = caller.get("/api/v1/admin/refunds", query={"cursor": first["next_cursor"]})
    assert everybody_s.json()["code"] == "invalid_cursor"
    assert caller.get("/api/v1/admin/refunds", query={"user_id": "nobody"}).status == 422
