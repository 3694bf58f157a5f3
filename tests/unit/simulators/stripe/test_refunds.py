from typing import Any

import pytest
import stripe
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.stripe_account import Account


def _refund(account: Account, **params: Any) -> stripe.Refund:
    return account.client.v1.refunds.create(params=params)  # type: ignore[arg-type]


def test_a_full_refund_gives_everything_back(account: Account) -> None:
    intent = account.charge(amount=1099)
    refund = _refund(account, payment_intent=intent.id, reason="requested_by_customer")
    assert (refund.amount, refund.status, refund.charge) == (1099, "succeeded", intent.latest_charge)
    charge = account.client.v1.charges.retrieve(str(intent.latest_charge), params={"expand": ["refunds"]})
    assert (charge.amount_refunded, charge.refunded) == (1099, True)
    assert charge.refunds is not None
    assert [one.id for one in charge.refunds.data] == [refund.id]
    transaction = account.client.v1.balance_transactions.retrieve(str(refund.balance_transaction))
    assert (transaction.amount, transaction.fee, transaction.net, transaction.type) == (-1099, 0, -1099, "refund")


def test_what_is_refunded_already_is_not_refunded_again(account: Account) -> None:
    intent = account.charge()
    _refund(account, charge=str(intent.latest_charge))
    with pytest.raises(stripe.InvalidRequestError) as caught:
        _refund(account, payment_intent=intent.id)
    assert caught.value.code == "charge_already_refunded"


def test_an_unpaid_intent_has_nothing_to_refund(account: Account) -> None:
    intent = account.client.v1.payment_intents.create(params={"amount": 500, "currency": "usd"})
    with pytest.raises(stripe.InvalidRequestError, match="does not have a successful charge"):
        _refund(account, payment_intent=intent.id)
    with pytest.raises(stripe.InvalidRequestError, match="payment_intent or charge"):
        _refund(account)


@settings(max_examples=15)
@given(captured=st.integers(100, 5000), wanted=st.lists(st.integers(1, 3000), min_size=1, max_size=5))
def test_refunds_never_exceed_what_was_captured(account: Account, captured: int, wanted: list[int]) -> None:
    intent = account.charge(amount=5000, capture_method="manual")
    account.client.v1.payment_intents.capture(intent.id, params={"amount_to_capture": captured})
    given_back = 0
    for amount in wanted:
        if given_back + amount <= captured:
            given_back += _refund(account, payment_intent=intent.id, amount=amount).amount
        else:
            with pytest.raises(stripe.InvalidRequestError):
                _refund(account, payment_intent=intent.id, amount=amount)
    charge = account.client.v1.charges.retrieve(str(intent.latest_charge))
    assert charge.amount_refunded == 5000 - captured + given_back


def test_a_pending_refund_succeeds_later(account: Account) -> None:
    intent = account.charge("pm_card_pendingRefund")
    refund = _refund(account, payment_intent=intent.id)
    assert refund.status == "pending"
    account.receiver.wait_for("refund.created", "charge.refunded", "refund.updated")
    assert account.client.v1.refunds.retrieve(refund.id).status == "succeeded"


def test_a_refund_can_fail_after_it_seemed_to_succeed(account: Account) -> None:
    intent = account.charge("pm_card_refundFail", amount=700)
    refund = _refund(account, payment_intent=intent.id)
    assert refund.status == "succeeded"
    account.receiver.wait_for("refund.failed")
    failed = account.client.v1.refunds.retrieve(refund.id)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    charge = account.client.v1.charges.retrieve(str(intent.latest_charge))
    assert (charge.amount_refunded, charge.refunded) == (0, False)
    transactions = account.client.v1.balance_transactions.list(params={"source": refund.id})
    assert sum(transaction.net for transaction in transactions.data) == 0


def test_refunds_are_listed_by_payment_and_their_metadata_can_change(account: Account) -> None:
    intent, other = account.charge(), account.charge()
    refund = _refund(account, payment_intent=intent.id, amount=100, metadata={"line": "1"})
    _refund(account, payment_intent=other.id)
    assert [one.id for one in account.client.v1.refunds.list(params={"payment_intent": intent.id}).data] == [refund.id]
    changed = account.client.v1.refunds.update(refund.id, params={"metadata": {"line": "2"}})
    assert changed.metadata is not None
    assert changed.metadata.to_dict() == {"line": "2"}
