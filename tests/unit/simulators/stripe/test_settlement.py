"""Money that reaches the balance in another currency than it was charged in."""

from decimal import Decimal
from typing import Any

import httpx
import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from simulators.stripe.dashboard import Dashboard, converted
from tests.support.stripe_account import Account

_USD_ONLY = {"bank_currencies": [], "exchange_rates": {"cny": "0.14"}}


def _movement(account: Account, source: object) -> stripe.BalanceTransaction:
    [found] = account.client.v1.balance_transactions.list(params={"source": str(source)}).data
    return found


def _charge(account: Account, amount: int = 10_000, currency: str = "cny", card: str = "pm_card_visa") -> Any:
    intent = account.charge(card, amount, currency=currency, capture_method="automatic")
    return intent, _movement(account, intent.latest_charge)


def test_where_the_account_has_a_bank_account_in_the_currency_nothing_is_converted(account: Account) -> None:
    _, moved = _charge(account)
    assert (moved.currency, moved.amount, moved.exchange_rate) == ("cny", 10_000, None)
    account.ask("PUT", "/account", bank_currencies=["cny"])
    assert _charge(account)[1].currency == "cny"


def test_a_charge_is_converted_and_so_is_its_fee_which_has_a_part_for_that(account: Account) -> None:
    account.ask("PUT", "/account", **_USD_ONLY)
    _, moved = _charge(account)
    assert (moved.currency, moved.amount, moved.exchange_rate) == ("usd", 1400, 0.14)
    assert [(one.description, one.amount) for one in moved.fee_details] == [
        ("Stripe processing fees", 71),
        ("Stripe currency conversion fee", 14),
    ]
    assert (moved.fee, moved.net) == (85, 1315)


def test_a_refund_is_converted_at_the_rate_of_its_day(account: Account) -> None:
    account.ask("PUT", "/account", **_USD_ONLY)
    intent, _ = _charge(account)
    account.ask("PUT", "/account", bank_currencies=[], exchange_rates={"cny": "0.15"})
    refund = account.client.v1.refunds.create(params={"payment_intent": intent.id})
    assert (refund.amount, refund.currency) == (10_000, "cny")
    moved = _movement(account, refund.id)
    assert (moved.currency, moved.amount, moved.fee) == ("usd", -1500, 0)


def test_a_dispute_is_of_the_charges_currency_and_leaves_in_the_accounts(account: Account) -> None:
    account.ask("PUT", "/account", **_USD_ONLY)
    _charge(account, card="pm_card_createDispute")
    account.ask("POST", "/settle")
    [dispute] = account.client.v1.disputes.list().data
    [moved] = dispute.balance_transactions
    assert (dispute.amount, dispute.currency) == (10_000, "cny")
    assert (moved.amount, moved.currency, moved.fee) == (-1400, "usd", 1500)


def test_a_currency_without_a_rate_is_not_converted(account: Account) -> None:
    account.ask("PUT", "/account", bank_currencies=[])
    assert _charge(account, currency="thb")[1].currency == "thb"
    assert _charge(account, currency="eur")[1].exchange_rate == 1.08


def test_settings_that_are_none_are_refused(account: Account) -> None:
    with pytest.raises(httpx.HTTPStatusError):
        account.ask("PUT", "/account", payment_methods=["cash"])
    assert account.ask("GET", "/account")["payment_methods"] == ["card", "alipay", "wechat_pay"]


@given(st.integers(-(10**9), 10**9), st.decimals("0.0001", "1000", places=4))
def test_an_exchange_keeps_the_direction_and_never_makes_nothing_of_something(amount: int, rate: Decimal) -> None:
    exchanged = converted(amount, rate)
    assert exchanged == -converted(-amount, rate)
    assert (exchanged > 0, exchanged < 0) == (amount > 0, amount < 0)
    assert abs(exchanged - amount * rate) <= 1


def test_a_dashboard_without_settings_settles_everything_as_it_is() -> None:
    assert Dashboard().settlement("cny") == ("cny", None)
