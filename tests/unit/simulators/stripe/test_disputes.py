import time

import pytest
import stripe

from tests.support.stripe_account import Account


def _disputed(account: Account, card: str = "pm_card_createDispute") -> stripe.Dispute:
    account.charge(card, amount=2000)
    account.receiver.wait_for("charge.dispute.created")
    [dispute] = account.client.v1.disputes.list().data
    return dispute


def _movements(account: Account) -> list[tuple[str, int, int]]:
    listed = account.client.v1.balance_transactions.list().data
    return [(one.reporting_category, one.amount, one.fee) for one in reversed(listed) if one.type == "adjustment"]


def test_a_disputed_charge_costs_its_amount_and_a_fee(account: Account) -> None:
    dispute = _disputed(account)
    account.receiver.wait_for("charge.dispute.funds_withdrawn")
    assert (dispute.amount, dispute.reason, dispute.status) == (2000, "fraudulent", "needs_response")
    assert dispute.evidence_details.due_by is not None
    assert dispute.evidence_details.due_by > time.time()
    assert _movements(account) == [("dispute", -2000, 1500)]
    assert account.client.v1.charges.retrieve(str(dispute.charge)).disputed


def test_winning_evidence_brings_the_money_back(account: Account) -> None:
    dispute = _disputed(account)
    answer = account.client.v1.disputes.update(dispute.id, {"evidence": {"uncategorized_text": "winning_evidence"}})
    assert answer.status == "under_review"
    account.receiver.wait_for("charge.dispute.funds_reinstated", "charge.dispute.closed")
    assert account.client.v1.disputes.retrieve(dispute.id).status == "won"
    assert _movements(account) == [("dispute", -2000, 1500), ("dispute_reversal", 2000, 0)]


def test_losing_evidence_or_giving_up_loses_it(account: Account) -> None:
    dispute = _disputed(account)
    account.client.v1.disputes.update(dispute.id, {"evidence": {"uncategorized_text": "losing_evidence"}})
    account.receiver.wait_for("charge.dispute.closed")
    assert account.client.v1.disputes.retrieve(dispute.id).status == "lost"
    with pytest.raises(stripe.InvalidRequestError):
        account.client.v1.disputes.close(dispute.id)


def test_evidence_can_be_staged_before_it_is_submitted(account: Account) -> None:
    dispute = _disputed(account)
    staged = account.client.v1.disputes.update(dispute.id, {"evidence": {"customer_name": "Ada"}, "submit": False})
    assert (staged.status, staged.evidence_details.has_evidence) == ("needs_response", True)
    submitted = account.client.v1.disputes.update(dispute.id, {"submit": True})
    assert (submitted.status, submitted.evidence_details.submission_count) == ("under_review", 1)
    with pytest.raises(stripe.InvalidRequestError):
        account.client.v1.disputes.update(dispute.id, {"evidence": {"customer_name": "Grace"}})


def test_a_charge_that_was_charged_back_cannot_be_refunded(account: Account) -> None:
    dispute = _disputed(account)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        account.client.v1.refunds.create({"charge": str(dispute.charge)})
    assert caught.value.code == "charge_disputed"


def test_an_inquiry_takes_no_money_and_allows_a_refund(account: Account) -> None:
    inquiry = _disputed(account, "pm_card_createDisputeInquiry")
    assert (inquiry.status, _movements(account)) == ("warning_needs_response", [])
    assert account.client.v1.refunds.create({"charge": str(inquiry.charge)}).status == "succeeded"


def test_a_payout_leaves_the_balance(account: Account) -> None:
    payout = account.client.v1.payouts.create({"amount": 700, "currency": "usd"})
    assert account.client.v1.payouts.retrieve(payout.id).amount == 700
    [moved] = account.client.v1.balance_transactions.list({"source": payout.id}).data
    assert (moved.amount, moved.reporting_category) == (-700, "payout")
