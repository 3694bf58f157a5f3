"""Stripe's published test cards behave as published, by payment method, token and number."""

from typing import Any

import pytest
import stripe

from simulators.stripe.test_cards import TEST_CARDS, TestCard
from tests.support.stripe_account import Account

_FUTURE = {"exp_month": 12, "exp_year": 2034, "cvc": "123"}


def _passes_luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[0::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


@pytest.mark.parametrize("card", TEST_CARDS, ids=lambda card: card.key)
def test_every_number_of_the_table_is_a_possible_card_number(card: TestCard) -> None:
    assert _passes_luhn(card.number)


def test_no_two_cards_share_a_number_a_name_or_a_key() -> None:
    for values in (
        [card.number for card in TEST_CARDS],
        [name for card in TEST_CARDS for name in card.names],
        [card.key for card in TEST_CARDS],
    ):
        assert len(values) == len(set(values))


@pytest.mark.parametrize(
    ("card", "code", "decline_code"),
    [
        ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card"),
        ("pm_card_visa_chargeDeclinedStolenCard", "card_declined", "stolen_card"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", None),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", None),
        ("pm_card_chargeDeclinedProcessingError", "processing_error", None),
        ("pm_card_visa_chargeDeclinedVelocityLimitExceeded", "card_declined", "card_velocity_exceeded"),
        ("pm_card_radarBlock", "card_declined", "fraudulent"),
        ("pm_card_threeDSecureRequiredProcessingError", "card_declined", "generic_decline"),
    ],
)
def test_declining_cards_decline_with_their_codes(
    account: Account, card: str, code: str, decline_code: str | None
) -> None:
    with pytest.raises(stripe.CardError) as caught:
        account.charge(card)
    assert caught.value.error is not None
    assert (caught.value.error.code, caught.value.error.to_dict().get("decline_code")) == (code, decline_code)


@pytest.mark.parametrize(
    ("card", "brand", "last4"),
    [
        ("pm_card_visa", "visa", "4242"),
        ("pm_card_mastercard", "mastercard", "4444"),
        ("pm_card_amex", "amex", "0005"),
        ("pm_card_discover", "discover", "1117"),
        ("pm_card_jcb", "jcb", "0505"),
        ("pm_card_unionpay", "unionpay", "0005"),
    ],
)
def test_cards_show_brand_and_last_digits(account: Account, card: str, brand: str, last4: str) -> None:
    intent = account.charge(card, expand=["payment_method"])
    method = intent.payment_method
    assert isinstance(method, stripe.PaymentMethod)
    assert method.card is not None
    assert (method.card.brand, method.card.last4) == (brand, last4)


def test_the_same_card_has_one_fingerprint_however_it_is_given(account: Account) -> None:
    create = account.client.v1.payment_methods.create
    by_token = create(params={"type": "card", "card": {"token": "tok_visa"}})
    card: Any = {"number": "4242424242424242", **_FUTURE}
    by_number = create(params={"type": "card", "card": card})
    assert by_token.card is not None
    assert by_number.card is not None
    assert by_token.card.fingerprint == by_number.card.fingerprint


def test_a_card_that_fails_only_when_charged_can_be_attached(account: Account) -> None:
    customer = account.client.v1.customers.create()
    method = account.client.v1.payment_methods.attach("pm_card_chargeCustomerFail", params={"customer": customer.id})
    with pytest.raises(stripe.CardError):
        account.charge(method.id, customer=customer.id)


def test_a_declining_card_cannot_be_attached(account: Account) -> None:
    customer = account.client.v1.customers.create()
    with pytest.raises(stripe.CardError):
        account.client.v1.payment_methods.attach("pm_card_visa_chargeDeclined", params={"customer": customer.id})


def test_a_card_outside_the_table_is_declined_as_live(account: Account) -> None:
    card: Any = {"number": "4111111111111111", **_FUTURE}
    method = account.client.v1.payment_methods.create(params={"type": "card", "card": card})
    with pytest.raises(stripe.CardError) as caught:
        account.charge(method.id)
    assert caught.value.error is not None
    assert caught.value.error.decline_code == "test_mode_live_card"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": "4242424242424241"}, "incorrect_number"),
        ({"number": "abc"}, "incorrect_number"),
        ({"exp_month": 13}, "invalid_expiry_month"),
        ({"exp_year": 1995}, "invalid_expiry_year"),
        ({"exp_year": 2020}, "invalid_expiry_year"),
        ({"cvc": "99"}, "invalid_cvc"),
    ],
)
def test_invalid_card_details_are_card_errors(account: Account, change: dict[str, Any], code: str) -> None:
    card: Any = {"number": "4242424242424242", **_FUTURE, **change}
    with pytest.raises(stripe.CardError) as caught:
        account.client.v1.payment_methods.create(params={"type": "card", "card": card})
    assert caught.value.code == code


def test_a_card_whose_money_is_available_at_once_says_so(account: Account) -> None:
    charge = account.charge("pm_card_bypassPending", capture_method="automatic").latest_charge
    transactions = account.client.v1.balance_transactions.list(params={"source": str(charge)})
    assert [transaction.status for transaction in transactions.data] == ["available"]


def test_risk_and_checks_show_on_the_charge(account: Account) -> None:
    charge = account.charge("pm_card_cvcCheckFailElevatedRisk", expand=["latest_charge"]).latest_charge
    assert isinstance(charge, stripe.Charge)
    assert charge.outcome is not None
    assert charge.outcome.risk_level == "elevated"
    assert charge.payment_method_details is not None
    assert charge.payment_method_details.card is not None
    assert charge.payment_method_details.card.checks is not None
    assert charge.payment_method_details.card.checks.cvc_check == "fail"
