"""Alipay, WeChat Pay and the wallets of phones, as Stripe's documents describe them."""

import base64
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import stripe

from tests.support.stripe_account import Account, error_of

_BACK = "https://shop.test/back"


def _intent(account: Account, currency: str = "cny", **params: Any) -> stripe.PaymentIntent:
    wanted: Any = {"amount": 8800, "currency": currency, **params}
    return account.client.v1.payment_intents.create(params=wanted)


def _confirm(account: Account, intent: stripe.PaymentIntent, kind: str, **params: Any) -> stripe.PaymentIntent:
    wanted: Any = {"payment_method_data": {"type": kind}, "return_url": _BACK, **params}
    if kind == "wechat_pay":
        wanted["payment_method_options"] = {"wechat_pay": {"client": "web"}}
    return account.client.v1.payment_intents.confirm(intent.id, params=wanted)


def _page_of(intent: stripe.PaymentIntent) -> str:
    action = intent.next_action
    assert action is not None
    if action.type == "alipay_handle_redirect":
        assert action.alipay_handle_redirect is not None
        return str(action.alipay_handle_redirect.url)
    assert action.wechat_pay_display_qr_code is not None
    return action.wechat_pay_display_qr_code.data


def _paid(account: Account, kind: str, currency: str = "cny") -> stripe.PaymentIntent:
    confirmed = _confirm(account, _intent(account, currency), kind)
    account.control.post(_page_of(confirmed), data={"outcome": "complete"})
    return account.client.v1.payment_intents.retrieve(confirmed.id, params={"expand": ["latest_charge"]})


@pytest.mark.parametrize(
    ("currency", "params", "offered"),
    [
        ("cny", {}, ["card", "alipay", "wechat_pay"]),
        ("usd", {}, ["card", "alipay", "wechat_pay"]),
        ("eur", {}, ["card"]),
        ("cny", {"setup_future_usage": "off_session"}, ["card"]),
        ("cny", {"capture_method": "manual"}, ["card"]),
        (
            "cny",
            {"automatic_payment_methods": {"enabled": True, "allow_redirects": "never"}},
            ["card", "wechat_pay"],
        ),
        ("cny", {"excluded_payment_method_types": ["alipay"]}, ["card", "wechat_pay"]),
        ("cny", {"allowed_payment_method_types": ["wechat_pay"]}, ["wechat_pay"]),
    ],
)
def test_an_intent_offers_what_its_currency_and_settings_allow(
    account: Account, currency: str, params: dict[str, Any], offered: list[str]
) -> None:
    assert _intent(account, currency, **params).payment_method_types == offered


def test_the_account_decides_what_is_offered_and_in_which_own_currency(account: Account) -> None:
    account.ask("PUT", "/account", default_currency="eur", payment_methods=["card", "wechat_pay"])
    assert _intent(account, "eur").payment_method_types == ["card", "wechat_pay"]
    assert _intent(account, "usd").payment_method_types == ["card"]
    account.reset()
    assert _intent(account, "eur").payment_method_types == ["card"]


def test_a_change_of_the_currency_changes_what_is_offered(account: Account) -> None:
    intent = _intent(account, excluded_payment_method_types=["alipay"])
    changed = account.client.v1.payment_intents.update(intent.id, params={"currency": "eur"})
    assert changed.payment_method_types == ["card"]
    back = account.client.v1.payment_intents.update(intent.id, params={"currency": "cny"})
    assert back.payment_method_types == ["card", "wechat_pay"]


def test_alipay_sends_the_payer_away_and_back(account: Account) -> None:
    waiting = _confirm(account, _intent(account), "alipay")
    assert waiting.status == "requires_action"
    assert waiting.next_action is not None
    assert waiting.next_action.type == "alipay_handle_redirect"
    page = _page_of(waiting)
    assert "Alipay asks" in account.control.get(page).text
    answer = account.control.post(page, data={"outcome": "complete"})
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.headers["location"]).query)["redirect_status"] == ["succeeded"]
    account.receiver.wait_for("payment_intent.requires_action", "charge.succeeded", "payment_intent.succeeded")


def test_wechat_pay_shows_a_code_that_leads_to_the_page(account: Account) -> None:
    waiting = _confirm(account, _intent(account), "wechat_pay")
    assert waiting.next_action is not None
    code = waiting.next_action.wechat_pay_display_qr_code
    assert code is not None
    assert code.hosted_instructions_url == _page_of(waiting)
    head, _, picture = code.image_data_url.partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(picture) == account.control.get(code.image_url_png).content
    assert account.control.get(code.image_url_svg).text.startswith("<svg")
    assert account.control.get(code.image_url_svg.replace(".svg", ".gif")).status_code == 404
    account.control.post(_page_of(waiting), data={"outcome": "complete"})
    assert account.client.v1.payment_intents.retrieve(waiting.id).status == "succeeded"


@pytest.mark.parametrize("kind", ["alipay", "wechat_pay"])
def test_the_charge_tells_the_wallet_and_nothing_of_a_card(account: Account, kind: str) -> None:
    charge = _paid(account, kind).latest_charge
    assert isinstance(charge, stripe.Charge)
    assert charge.payment_method_details is not None
    details = charge.payment_method_details.to_dict()
    assert (details["type"], "card" in details) == (kind, False)
    assert details[kind]["transaction_id"]
    assert charge.outcome is not None
    assert charge.outcome.risk_level == "not_assessed"


def test_what_is_told_of_wallets_has_the_keys_that_the_library_types(account: Account) -> None:
    actions, details = stripe.PaymentIntent.NextAction, stripe.Charge.PaymentMethodDetails
    typed = {
        "alipay": (actions.AlipayHandleRedirect, details.Alipay),
        "wechat_pay": (actions.WechatPayDisplayQrCode, details.WechatPay),
    }
    for kind, (of_action, of_charge) in typed.items():
        waiting = _confirm(account, _intent(account), kind)
        assert waiting.next_action is not None
        action = waiting.next_action.to_dict()
        assert action[action["type"]].keys() == of_action.__annotations__.keys()
        charge = _paid(account, kind).latest_charge
        assert isinstance(charge, stripe.Charge)
        assert charge.payment_method_details is not None
        assert charge.payment_method_details.to_dict()[kind].keys() == of_charge.__annotations__.keys()


@pytest.mark.parametrize("kind", ["alipay", "wechat_pay"])
@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        ("fail", "payment_intent_authentication_failure"),
        ("expire", "payment_intent_payment_attempt_expired"),
    ],
)
def test_an_attempt_that_fails_leaves_the_intent_open_for_another(
    account: Account, kind: str, outcome: str, code: str
) -> None:
    waiting = _confirm(account, _intent(account), kind)
    account.control.post(_page_of(waiting), data={"outcome": outcome})
    failed = account.client.v1.payment_intents.retrieve(waiting.id)
    assert (failed.status, failed.latest_charge) == ("requires_payment_method", None)
    assert failed.last_payment_error is not None
    assert failed.last_payment_error.code == code
    account.receiver.wait_for("payment_intent.payment_failed")
    again = _confirm(account, waiting, "wechat_pay")
    account.control.post(_page_of(again), data={"outcome": "complete"})
    assert account.client.v1.payment_intents.retrieve(waiting.id).status == "succeeded"


def test_a_canceled_intent_cannot_be_authorized_any_more(account: Account) -> None:
    waiting = _confirm(account, _intent(account), "wechat_pay")
    account.client.v1.payment_intents.cancel(waiting.id)
    assert account.control.post(_page_of(waiting), data={"outcome": "complete"}).status_code == 400
    assert "Nothing to authorize" in account.control.get(_page_of(waiting)).text


def test_a_page_knows_three_outcomes(account: Account) -> None:
    waiting = _confirm(account, _intent(account), "alipay")
    assert account.control.post(_page_of(waiting), data={"outcome": "perhaps"}).status_code == 400
    assert account.client.v1.payment_intents.retrieve(waiting.id).status == "requires_action"


@pytest.mark.parametrize("kind", ["alipay", "wechat_pay"])
def test_refunds_are_pending_first_and_may_be_partial(account: Account, kind: str) -> None:
    paid = _paid(account, kind)
    refund = account.client.v1.refunds.create(params={"payment_intent": paid.id, "amount": 800})
    assert refund.status == "pending"
    assert refund.destination_details is not None
    assert refund.destination_details.type == kind
    account.receiver.wait_for("refund.created", "refund.updated")
    assert account.client.v1.refunds.retrieve(refund.id).status == "succeeded"
    rest = account.client.v1.refunds.create(params={"payment_intent": paid.id})
    assert rest.amount == 8000


@pytest.mark.parametrize(
    ("kind", "params", "code"),
    [
        ("alipay", {"return_url": None}, "payment_intent_redirect_confirmation_without_return_url"),
        ("wechat_pay", {"payment_method_options": None}, "parameter_missing"),
        ("wechat_pay", {"payment_method_options[wechat_pay][client]": "ios"}, "simulator_parameter_unsupported"),
        ("alipay", {"payment_method_data[alipay][id]": "1"}, "parameter_unknown"),
        ("klarna", {}, None),
    ],
)
def test_what_stripe_refuses_of_a_payer(account: Account, kind: str, params: dict[str, Any], code: str | None) -> None:
    intent = _intent(account)
    form = {
        "key": "pk_test_payer",
        "client_secret": str(intent.client_secret),
        "payment_method_data[type]": kind,
        "return_url": _BACK,
        **params,
    }
    given = {name: value for name, value in form.items() if value is not None}
    answer = account.control.post(f"/v1/payment_intents/{intent.id}/confirm", data=given)
    assert (answer.status_code, answer.json()["error"].get("code")) == (400, code)


def test_a_wallet_that_the_intent_does_not_offer_is_refused(account: Account) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        _confirm(account, _intent(account, "eur"), "alipay")
    assert error_of(caught)["code"] == "payment_intent_incompatible_payment_method"


def test_a_wallet_pays_once_and_is_never_saved(account: Account) -> None:
    method = account.client.v1.payment_methods.create(params={"type": "alipay"})
    customer = account.client.v1.customers.create()
    with pytest.raises(stripe.InvalidRequestError, match="used once"):
        account.client.v1.payment_methods.attach(method.id, params={"customer": customer.id})
    setup: Any = {"customer": customer.id, "payment_method": method.id}
    with pytest.raises(stripe.InvalidRequestError, match="not allowed for this SetupIntent"):
        account.client.v1.setup_intents.create(params=setup)
    with pytest.raises(stripe.InvalidRequestError, match="off session"):
        _confirm(account, _intent(account), "alipay", off_session=True)


@pytest.mark.parametrize(
    ("card", "wallet", "brand"),
    [("visa_applePay", "apple_pay", "visa"), ("mastercard_googlePay", "google_pay", "mastercard")],
)
def test_a_card_in_a_phone_is_a_card_with_a_wallet_and_a_fingerprint_of_its_own(
    account: Account, card: str, wallet: str, brand: str
) -> None:
    charges = [account.charge(f"pm_card_{name}", expand=["latest_charge"]).latest_charge for name in (card, brand)]
    details = []
    for charge in charges:
        assert isinstance(charge, stripe.Charge)
        assert charge.payment_method_details is not None
        details.append(charge.payment_method_details.to_dict()["card"])
    phone, plain = details
    assert (phone["wallet"]["type"], phone["brand"], plain["wallet"]) == (wallet, brand, None)
    assert phone["fingerprint"] != plain["fingerprint"]


@pytest.mark.parametrize("kind", ["alipay", "wechat_pay"])
def test_a_person_pays_with_a_wallet_from_the_overview(account: Account, kind: str) -> None:
    intent = _intent(account)
    answer = account.control.post(f"/pay/{intent.id}", data={"card": kind})
    assert answer.headers["location"] == f"{account.url}/authorize/{intent.id}"
    assert f"/authorize/{intent.id}" in account.control.get("/").text
    account.control.post(answer.headers["location"], data={"outcome": "complete"})
    assert account.client.v1.payment_intents.retrieve(intent.id).status == "succeeded"
