"""The script that stands in for Stripe.js on the shop's pages."""

import json
import re
from typing import Any

import pytest

from simulators.stripe.browser_script import script
from tests.support.stripe_account import Account

_SCRIPT = script()
_CARDS: list[dict[str, str]] = json.loads(re.search(r"const CARDS = (\[.*?\]);", _SCRIPT).group(1))  # type: ignore[union-attr]


def _confirmed_as_the_page_does(account: Account, how: dict[str, str]) -> dict[str, Any]:
    intent = account.client.v1.payment_intents.create(
        params={"amount": 1999, "currency": "usd", "automatic_payment_methods": {"enabled": True}}
    )
    sent = {"key": "pk_test_page", "client_secret": intent.client_secret, "return_url": "https://shop.test/back", **how}
    answer: dict[str, Any] = account.control.post(f"/v1/payment_intents/{intent.id}/confirm", data=sent).json()
    return answer


def test_pages_load_a_script_that_finds_the_simulator(account: Account) -> None:
    answer = account.control.get("/js/")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.text == _SCRIPT
    # Beside itself: `/_local/stripe/js/` is served by `/_local/stripe`.
    assert "new URL('..', document.currentScript.src)" in _SCRIPT


def test_it_writes_neither_markup_nor_style_elements_which_the_content_security_policy_refuses() -> None:
    for refused in ("innerHTML", "'style',", "eval(", "new Function", "setAttribute('on", "javascript:"):
        assert refused not in _SCRIPT


def test_nobody_can_type_a_card_number_into_it() -> None:
    assert re.findall(r"type: '(\w+)', name: 'way'", _SCRIPT) == ["radio"]
    assert _SCRIPT.count("node('input'") == 1
    assert "textarea" not in _SCRIPT
    assert "contentEditable" not in _SCRIPT


@pytest.mark.parametrize("card", _CARDS, ids=lambda card: card["reference"])
def test_each_card_does_what_the_form_says(account: Account, card: dict[str, str]) -> None:
    answer = _confirmed_as_the_page_does(account, {"payment_method": card["reference"]})
    error = answer.get("error")
    if error is not None:
        assert card["behaviour"] == error.get("decline_code", error["code"])
    elif answer["status"] == "requires_action":
        assert answer["next_action"]["type"] == "redirect_to_url"
        account.control.post(f"/3ds/{answer['id']}", data={"outcome": "complete"})
        now = account.client.v1.payment_intents.retrieve(answer["id"]).status
        expected = {"asks": "succeeded", "asks_then_declines": "requires_payment_method"}
        assert now == expected[card["behaviour"]]
    else:
        assert (answer["status"], card["behaviour"]) == ("succeeded", "pays")


def test_every_behaviour_has_words_in_both_languages() -> None:
    for behaviour in {card["behaviour"] for card in _CARDS}:
        assert len(re.findall(rf"^    {behaviour}: '", _SCRIPT, re.MULTILINE)) == 2


def test_wechat_pay_shows_a_code_and_the_phone_is_a_button(account: Account) -> None:
    how = {"payment_method_data[type]": "wechat_pay", "payment_method_options[wechat_pay][client]": "web"}
    answer = _confirmed_as_the_page_does(account, how)
    assert answer["next_action"]["wechat_pay_display_qr_code"]["image_data_url"].startswith("data:image/png")
    headers = {"Accept": "application/json"}
    account.control.post(f"/authorize/{answer['id']}", data={"outcome": "complete"}, headers=headers)
    assert account.client.v1.payment_intents.retrieve(answer["id"]).status == "succeeded"


def test_alipay_leads_to_a_page(account: Account) -> None:
    answer = _confirmed_as_the_page_does(account, {"payment_method_data[type]": "alipay"})
    assert answer["next_action"]["alipay_handle_redirect"]["url"] == f"{account.url}/authorize/{answer['id']}"
