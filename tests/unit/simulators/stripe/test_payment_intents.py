from typing import Any

import httpx
import pytest
import stripe

from tests.support.stripe_account import Account, error_of


def _create(account: Account, **params: Any) -> stripe.PaymentIntent:
    wanted: Any = {"amount": 2000, "currency": "usd", **params}
    return account.client.v1.payment_intents.create(params=wanted)


def _confirm_as_payer(account: Account, intent: stripe.PaymentIntent, **fields: str) -> httpx.Response:
    form = {"key": "pk_test_payer", "client_secret": str(intent.client_secret), **fields}
    return account.control.post(f"/v1/payment_intents/{intent.id}/confirm", data=form)


def test_an_intent_without_a_method_waits_for_one(account: Account) -> None:
    intent = _create(account, metadata={"order": "1"})
    assert intent.status == "requires_payment_method"
    assert intent.metadata.to_dict() == {"order": "1"}
    assert intent.payment_method_types == ["card", "alipay", "wechat_pay"]
    assert str(intent.client_secret).startswith(f"{intent.id}_secret_")


def test_an_intent_with_a_method_waits_for_confirmation_and_then_succeeds(account: Account) -> None:
    intent = _create(account, payment_method="pm_card_visa")
    assert intent.status == "requires_confirmation"
    confirmed = account.client.v1.payment_intents.confirm(intent.id, params={"return_url": "https://shop.test/back"})
    assert (confirmed.status, confirmed.amount_received) == ("succeeded", 2000)
    assert account.client.v1.payment_intents.retrieve(intent.id).status == "succeeded"


def test_a_server_that_confirms_without_return_url_is_told_so(account: Account) -> None:
    intent = _create(account, payment_method="pm_card_visa")
    with pytest.raises(stripe.InvalidRequestError, match="you must provide a `return_url`"):
        account.client.v1.payment_intents.confirm(intent.id)


def test_a_payer_confirms_with_card_details_as_stripe_js_does(account: Account) -> None:
    card = {"number": "4242 4242 4242 4242", "exp_month": "12", "exp_year": "34", "cvc": "123"}
    fields = {f"payment_method_data[card][{name}]": value for name, value in card.items()}
    answer = _confirm_as_payer(
        account,
        _create(account),
        **fields,
        **{
            "payment_method_data[type]": "card",
            "payment_method_data[guid]": "x",
            "expected_payment_method_type": "card",
            "use_stripe_sdk": "true",
        },
    )
    assert answer.json()["status"] == "succeeded"
    assert "metadata" not in answer.json()


def test_a_payer_without_the_client_secret_can_neither_see_nor_confirm(account: Account) -> None:
    intent = _create(account, payment_method="pm_card_visa")
    assert _confirm_as_payer(account, intent, client_secret="wrong").status_code == 400
    seen = account.control.get(f"/v1/payment_intents/{intent.id}", params={"key": "pk_test_payer"})
    assert seen.json()["error"]["code"] == "payment_intent_invalid_parameter"


def test_a_declined_payer_sees_no_more_of_the_intent_than_a_payer_may(account: Account) -> None:
    intent = _create(account, metadata={"order": "secret to the payer"})
    fields = {"payment_method": "pm_card_chargeDeclined", "return_url": "https://shop.test"}
    answer = _confirm_as_payer(account, intent, **fields)
    assert answer.status_code == 402
    assert answer.json()["error"]["payment_intent"]["status"] == "requires_payment_method"
    assert "secret to the payer" not in answer.text


def test_a_payer_may_not_give_a_card_number_to_a_servers_call(account: Account) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        _create(account, payment_method_data={"type": "klarna", "card": {"number": "4242424242424242"}})
    assert caught.value.param == "payment_method_data[card]"


def test_a_decline_leaves_the_intent_waiting_for_another_card(account: Account) -> None:
    intent = _create(account)
    with pytest.raises(stripe.CardError) as caught:
        account.client.v1.payment_intents.confirm(
            intent.id, params={"payment_method": "pm_card_visa_chargeDeclined", "return_url": "https://shop.test"}
        )
    error = error_of(caught)
    assert caught.value.http_status == 402
    assert (error["code"], error["decline_code"]) == ("card_declined", "generic_decline")
    assert error["payment_intent"]["status"] == "requires_payment_method"
    kept = account.client.v1.payment_intents.retrieve(intent.id)
    assert kept.last_payment_error is not None
    assert kept.last_payment_error.charge == kept.latest_charge
    retried = account.client.v1.payment_intents.confirm(
        intent.id, params={"payment_method": "pm_card_visa", "return_url": "https://shop.test"}
    )
    assert (retried.status, retried.last_payment_error) == ("succeeded", None)


def test_a_statement_descriptor_for_a_card_is_refused_at_confirmation(account: Account) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        account.charge(statement_descriptor="SHOP")
    assert caught.value.param == "statement_descriptor"
    assert account.client.v1.payment_intents.list().data == []


def test_a_succeeded_intent_can_be_confirmed_no_more(account: Account) -> None:
    intent = account.charge()
    with pytest.raises(stripe.InvalidRequestError) as caught:
        account.client.v1.payment_intents.confirm(intent.id, params={"payment_method": "pm_card_visa"})
    assert caught.value.code == "payment_intent_unexpected_state"
    assert error_of(caught)["payment_intent"]["id"] == intent.id


def test_amount_and_metadata_of_an_open_intent_can_be_changed(account: Account) -> None:
    changed = account.client.v1.payment_intents.update(
        _create(account).id, params={"amount": 3000, "metadata": {"a": "b"}, "receipt_email": "a@example.com"}
    )
    assert (changed.amount, changed.receipt_email) == (3000, "a@example.com")
    assert changed.metadata.to_dict() == {"a": "b"}


def test_the_amount_of_a_succeeded_intent_stays(account: Account) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        account.client.v1.payment_intents.update(account.charge().id, params={"amount": 3000})
    assert caught.value.code == "payment_intent_unexpected_state"


def test_manual_capture_takes_the_money_when_asked(account: Account) -> None:
    intent = account.charge(amount=5000, capture_method="manual")
    assert (intent.status, intent.amount_capturable, intent.amount_received) == ("requires_capture", 5000, 0)
    captured = account.client.v1.payment_intents.capture(intent.id)
    assert (captured.status, captured.amount_capturable, captured.amount_received) == ("succeeded", 0, 5000)


def test_a_partial_capture_releases_the_rest(account: Account) -> None:
    intent = account.charge(amount=5000, capture_method="manual")
    account.client.v1.payment_intents.capture(intent.id, params={"amount_to_capture": 2000})
    charge = account.client.v1.charges.retrieve(str(intent.latest_charge))
    assert (charge.amount_captured, charge.amount_refunded, charge.refunded) == (2000, 3000, False)


def test_more_than_authorized_cannot_be_captured(account: Account) -> None:
    intent = account.charge(amount=5000, capture_method="manual")
    with pytest.raises(stripe.InvalidRequestError) as caught:
        account.client.v1.payment_intents.capture(intent.id, params={"amount_to_capture": 5001})
    assert caught.value.code == "amount_too_large"


def test_canceling_an_authorized_intent_releases_the_money(account: Account) -> None:
    intent = account.charge(amount=5000, capture_method="manual")
    canceled = account.client.v1.payment_intents.cancel(intent.id, params={"cancellation_reason": "abandoned"})
    assert (canceled.status, canceled.cancellation_reason) == ("canceled", "abandoned")
    assert account.client.v1.charges.retrieve(str(intent.latest_charge)).refunded
    with pytest.raises(stripe.InvalidRequestError):
        account.client.v1.payment_intents.cancel(intent.id)


def test_asynchronous_capture_fills_in_the_balance_transaction_later(account: Account) -> None:
    intent = account.charge(expand=["latest_charge"])
    assert intent.capture_method == "automatic_async"
    charge = intent.latest_charge
    assert isinstance(charge, stripe.Charge)
    assert charge.captured
    assert charge.balance_transaction is None
    account.receiver.wait_for("charge.updated")
    settled = account.client.v1.charges.retrieve(charge.id, params={"expand": ["balance_transaction"]})
    transaction = settled.balance_transaction
    assert isinstance(transaction, stripe.BalanceTransaction)
    assert (transaction.amount, transaction.fee, transaction.net) == (1099, 62, 1037)


def test_a_card_used_once_without_customer_cannot_be_used_again(account: Account) -> None:
    method = account.client.v1.payment_methods.create(params={"type": "card", "card": {"token": "tok_visa"}})
    account.charge(method.id)
    with pytest.raises(stripe.InvalidRequestError, match="previously used"):
        account.charge(method.id)


def test_a_card_saved_by_a_payment_serves_the_customer_again(account: Account) -> None:
    customer = account.client.v1.customers.create()
    first = account.charge(customer=customer.id, setup_future_usage="off_session")
    again = account.charge(str(first.payment_method), customer=customer.id, off_session=True)
    assert again.status == "succeeded"


def test_another_customers_card_is_refused(account: Account) -> None:
    owner, other = account.client.v1.customers.create(), account.client.v1.customers.create()
    method = account.client.v1.payment_methods.attach("pm_card_visa", params={"customer": owner.id})
    with pytest.raises(stripe.InvalidRequestError, match="does not have a payment method"):
        account.charge(method.id, customer=other.id)


def test_an_unknown_intent_is_404(account: Account) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        account.client.v1.payment_intents.retrieve("pi_nothing")
    assert (caught.value.http_status, caught.value.code, caught.value.param) == (404, "resource_missing", "intent")


def test_expansion_reaches_through_several_levels(account: Account) -> None:
    customer = account.client.v1.customers.create(params={"email": "a@example.com"})
    intent = account.charge(customer=customer.id, capture_method="automatic")
    seen = account.client.v1.payment_intents.retrieve(
        intent.id, params={"expand": ["customer", "latest_charge.balance_transaction", "payment_method"]}
    )
    assert isinstance(seen.customer, stripe.Customer)
    assert isinstance(seen.latest_charge, stripe.Charge)
    assert isinstance(seen.latest_charge.balance_transaction, stripe.BalanceTransaction)
    listed = account.client.v1.payment_intents.list(params={"expand": ["data.customer"]})
    assert isinstance(listed.data[0].customer, stripe.Customer)
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        account.client.v1.payment_intents.retrieve(intent.id, params={"expand": ["amount"]})


@pytest.mark.parametrize("path", ["amount", "latest_charge.amount", "data.customer", "a.b.c.d.e", "latest_charge.paid"])
def test_what_cannot_be_expanded_is_refused_before_anything_happens(account: Account, path: str) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="expand"):
        account.charge(expand=[path])
    assert account.client.v1.payment_intents.list().data == []
