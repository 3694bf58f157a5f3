from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import stripe

from tests.support.stripe_account import Account

_RETURN_URL = "https://shop.test/back?cart=1"


def _challenged(account: Account, card: str = "pm_card_threeDSecure2Required", **params: Any) -> stripe.PaymentIntent:
    intent = account.charge(card, return_url=_RETURN_URL, **params)
    assert intent.status == "requires_action"
    return intent


def _page_of(intent: stripe.PaymentIntent | stripe.SetupIntent) -> str:
    assert intent.next_action is not None
    assert intent.next_action.type == "redirect_to_url"
    redirect = intent.next_action.redirect_to_url
    assert redirect is not None
    return str(redirect.url)


def test_a_completed_challenge_pays_and_returns_the_payer(account: Account) -> None:
    intent = _challenged(account)
    page = _page_of(intent)
    assert "Complete" in account.control.get(page).text
    answer = account.control.post(page, data={"outcome": "complete"})
    assert answer.status_code == 303
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert query == {
        "cart": ["1"],
        "payment_intent": [intent.id],
        "payment_intent_client_secret": [str(intent.client_secret)],
        "redirect_status": ["succeeded"],
    }
    paid = account.client.v1.payment_intents.retrieve(intent.id, params={"expand": ["latest_charge"]})
    assert paid.status == "succeeded"
    assert isinstance(paid.latest_charge, stripe.Charge)
    assert paid.latest_charge.payment_method_details is not None
    assert paid.latest_charge.payment_method_details.card is not None
    secure = paid.latest_charge.payment_method_details.card.three_d_secure
    assert secure is not None
    assert secure.result == "authenticated"


def test_a_failed_challenge_leaves_the_intent_waiting_for_another_card(account: Account) -> None:
    intent = _challenged(account)
    answer = account.control.post(_page_of(intent), data={"outcome": "fail"})
    assert "redirect_status=failed" in answer.headers["location"]
    failed = account.client.v1.payment_intents.retrieve(intent.id)
    assert failed.status == "requires_payment_method"
    assert failed.last_payment_error is not None
    assert failed.last_payment_error.code == "payment_intent_authentication_failure"
    account.receiver.wait_for("payment_intent.requires_action", "payment_intent.payment_failed")


def test_a_card_can_be_declined_after_its_challenge(account: Account) -> None:
    intent = _challenged(account, "pm_card_threeDSecureRequiredChargeDeclined")
    answer = account.control.post(
        _page_of(intent), data={"outcome": "complete"}, headers={"Accept": "application/json"}
    )
    assert answer.json()["status"] == "requires_payment_method"
    assert "redirect_status=failed" in answer.json()["return_url"]


def test_a_challenge_can_be_answered_once(account: Account) -> None:
    page = _page_of(_challenged(account))
    account.control.post(page, data={"outcome": "complete"})
    assert account.control.post(page, data={"outcome": "complete"}).status_code == 400
    assert "Nothing to authorize" in account.control.get(page).text


def test_without_return_url_the_challenge_is_for_stripe_js(account: Account) -> None:
    intent = account.charge("pm_card_authenticationRequired")
    assert intent.next_action is not None
    assert intent.next_action.type == "use_stripe_sdk"


def test_a_payment_without_the_payer_is_declined_when_the_card_asks_for_a_challenge(account: Account) -> None:
    customer = account.client.v1.customers.create()
    method = account.client.v1.payment_methods.attach(
        "pm_card_authenticationRequired", params={"customer": customer.id}
    )
    with pytest.raises(stripe.CardError) as caught:
        account.charge(method.id, customer=customer.id, off_session=True)
    assert caught.value.error is not None
    assert caught.value.error.decline_code == "authentication_required"


def test_a_card_that_was_set_up_pays_without_the_payer(account: Account) -> None:
    customer = account.client.v1.customers.create()
    setup = account.client.v1.setup_intents.create(
        params={
            "customer": customer.id,
            "payment_method": "pm_card_authenticationRequiredOnSetup",
            "confirm": True,
            "return_url": _RETURN_URL,
        }
    )
    assert setup.status == "requires_action"
    account.control.post(_page_of(setup), data={"outcome": "complete"})
    done = account.client.v1.setup_intents.retrieve(setup.id)
    assert done.status == "succeeded"
    paid = account.charge(str(done.payment_method), customer=customer.id, off_session=True)
    assert paid.status == "succeeded"


def test_a_failed_challenge_fails_the_setup(account: Account) -> None:
    setup = account.client.v1.setup_intents.create(
        params={"payment_method": "pm_card_authenticationRequired", "confirm": True, "return_url": _RETURN_URL}
    )
    account.control.post(_page_of(setup), data={"outcome": "fail"})
    failed = account.client.v1.setup_intents.retrieve(setup.id)
    assert failed.status == "requires_payment_method"
    assert failed.last_setup_error is not None
    assert failed.last_setup_error.code == "setup_intent_authentication_failure"


def test_a_server_may_ask_for_an_error_instead_of_a_challenge(account: Account) -> None:
    with pytest.raises(stripe.CardError) as caught:
        account.charge("pm_card_threeDSecure2Required", error_on_requires_action=True)
    assert caught.value.code == "authentication_required"


def test_optional_three_d_secure_is_performed_when_asked_for(account: Account) -> None:
    assert account.charge("pm_card_threeDSecureOptional").status == "succeeded"
    options = {"card": {"request_three_d_secure": "any"}}
    assert _challenged(account, "pm_card_threeDSecureOptional", payment_method_options=options).id
