"""A bank asks for its money back: the books follow, evidence is given in time, and nothing is paid back twice."""

from __future__ import annotations

import importlib
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.contexts.payments.models.payments import Payment
from shared.contexts.payments.models.refunds import Dispute
from tests.integration.payments.stage import Stage
from tests.support.lambda_client import Context

EVENTS = (
    "charge.updated",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)
FEE, DISPUTE_FEE = 102, 1500  # of 24.97, and of any dispute, as the simulator charges them


def a_dispute(stage: Stage, card: str = "pm_card_createDispute", **of: Any) -> Payment:
    payment = stage.a_payment(card, **of)
    stage.settle()
    assert stage.deliver(*stage.events("payment_intent.succeeded", *EVENTS)) == []
    stage.db.refresh(payment)
    return payment


def give(stage: Stage, dispute: Dispute, text: str = "winning_evidence", *, submit: bool = True) -> Any:
    body = {"evidence": {"uncategorized_text": text, "shipping_carrier": "DHL"}, "submit": submit}
    return stage.admin().post(f"/api/v1/admin/disputes/{dispute.id}/evidence", json=body)


def opened(stage: Stage) -> list[Any]:
    return [event["detail"]["data"] for event in stage.cloud.published() if event["detail-type"] == "DisputeOpened"]


def test_a_dispute_is_listed_told_of_once_and_posted(stage: Stage) -> None:
    payment = a_dispute(stage)
    stage.deliver(*stage.events(*EVENTS))
    [told] = opened(stage)
    assert (told["payment_id"], told["amount"], told["reason"]) == (str(payment.id), 2497, "fraudulent")
    [listed] = stage.admin().get("/api/v1/admin/disputes", query={"status": "needs_response"}).json()["items"]
    assert (listed["amount"], listed["evidence_submitted_at"]) == (2497, None)
    assert datetime.fromisoformat(listed["evidence_due_at"]) > datetime.now(UTC)
    assert stage.balances() == {
        "disputes": 2497,
        "provider_fees": FEE + DISPUTE_FEE,
        "provider_balance": -FEE - DISPUTE_FEE,
        "sales": -2497,
    }


def test_a_won_dispute_returns_the_money_but_not_the_fee(stage: Stage) -> None:
    a_dispute(stage)
    dispute = stage.db.query(Dispute).one()
    reply = give(stage, dispute)
    assert (reply.status, reply.json()["status"]) == (200, "under_review")
    assert reply.json()["evidence_submitted_at"] is not None
    stage.settle()
    stage.deliver(*stage.events(*EVENTS))
    stage.db.refresh(dispute)
    assert (dispute.status, dispute.closed_at is not None) == ("won", True)
    assert stage.balances() == {
        "provider_fees": FEE + DISPUTE_FEE,
        "provider_balance": 2497 - FEE - DISPUTE_FEE,
        "sales": -2497,
    }


def test_a_lost_dispute_stays_paid(stage: Stage) -> None:
    a_dispute(stage)
    dispute = stage.db.query(Dispute).one()
    give(stage, dispute, "losing_evidence")
    stage.settle()
    stage.deliver(*reversed(stage.events(*EVENTS)))
    stage.db.refresh(dispute)
    assert dispute.status == "lost"
    assert stage.balances()["disputes"] == 2497


def test_evidence_is_kept_until_it_is_submitted_and_then_no_more(stage: Stage) -> None:
    a_dispute(stage)
    dispute = stage.db.query(Dispute).one()
    assert give(stage, dispute, "A draft", submit=False).json()["status"] == "needs_response"
    assert stage.provider.account.evidence[dispute.provider_dispute_id]["uncategorized_text"] == "A draft"
    assert stage.provider.account.disputes[dispute.provider_dispute_id].status == "needs_response"

    body = {"evidence": {"customer_name": "Ada Lovelace"}, "submit": True}
    submitted = stage.admin().post(f"/api/v1/admin/disputes/{dispute.id}/evidence", json=body).json()
    assert submitted["evidence"] == {
        "uncategorized_text": "A draft", "shipping_carrier": "DHL", "customer_name": "Ada Lovelace",
    }  # fmt: skip
    late = give(stage, dispute)
    assert (late.status, late.json()["code"]) == (409, "dispute_closed")


def test_what_was_not_submitted_is_taken_back(stage: Stage) -> None:
    a_dispute(stage)
    dispute = stage.db.query(Dispute).one()
    give(stage, dispute, "The wrong order", submit=False)
    path = f"/api/v1/admin/disputes/{dispute.id}/evidence"
    kept = stage.admin().post(path, json={"evidence": {"uncategorized_text": None}}).json()
    assert kept["evidence"] == {"shipping_carrier": "DHL"}
    assert "uncategorized_text" not in stage.provider.account.evidence[dispute.provider_dispute_id]
    empty = {"evidence": {"shipping_carrier": None}, "submit": True}
    assert stage.admin().post(path, json=empty).status == 422


def test_evidence_after_the_deadline_is_refused(stage: Stage) -> None:
    a_dispute(stage)
    dispute = stage.db.query(Dispute).one()
    dispute.evidence_due_at = datetime.now(UTC) - timedelta(seconds=1)
    stage.db.commit()
    assert (give(stage, dispute).status, give(stage, dispute).json()["code"]) == (409, "dispute_closed")


@pytest.mark.parametrize(
    "evidence", [{}, {"uncategorized_text": ""}, {"unknown": "x"}, {"customer_name": "x" * 501}, {"receipt": "file_1"}]
)
def test_what_is_no_evidence_is_refused(stage: Stage, evidence: dict[str, str]) -> None:
    path = f"/api/v1/admin/disputes/{uuid.uuid4()}/evidence"
    assert stage.admin().post(path, json={"evidence": evidence}).status == 422


def test_a_disputed_payment_is_not_refunded_as_well(stage: Stage) -> None:
    payment = a_dispute(stage)
    path = f"/api/v1/admin/payments/{payment.id}/refunds"
    reply = stage.admin().post(path, json={"reason": "goodwill"}, headers={"Idempotency-Key": "dispute-refund"})
    assert (reply.status, reply.json()["code"]) == (409, "not_refundable")


def test_an_inquiry_takes_no_money_and_allows_a_refund(stage: Stage) -> None:
    payment = a_dispute(stage, "pm_card_createDisputeInquiry")
    assert "disputes" not in stage.balances()
    path = f"/api/v1/admin/payments/{payment.id}/refunds"
    reply = stage.admin().post(path, json={"reason": "goodwill"}, headers={"Idempotency-Key": "inquiry-refund"})
    assert reply.status == 201


def test_the_operator_is_told_once_before_the_deadline(stage: Stage) -> None:
    notice = importlib.import_module("functions.payments.handlers.notice_disputes").handler
    a_dispute(stage)
    assert notice({"id": "a-schedule"}, Context()) == {"due": 0}
    dispute = stage.db.query(Dispute).one()
    dispute.evidence_due_at = datetime.now(UTC) + timedelta(days=2)
    stage.db.commit()
    assert notice({"id": "a-schedule"}, Context()) == {"due": 1}
    assert notice({"id": "a-schedule"}, Context()) == {"due": 0}


def test_disputes_of_somebody_elses_payments_are_unmatched(stage: Stage) -> None:
    intent = stage.an_intent()
    stage.pay(intent, "pm_card_createDispute")
    stage.settle()
    assert stage.deliver(*stage.events("charge.dispute.created")) == []
    assert stage.outcomes() == {"charge.dispute.created": "unmatched"}
