"""Parameters: Stripe's form encoding, and validation against the library's own types."""

from typing import Any
from urllib.parse import urlencode

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st
from stripe._encode import _api_encode

from simulators.stripe.errors import ApiError
from simulators.stripe.parameters import parse_form
from simulators.stripe.validation import validate
from tests.support.stripe_account import Account

_names = st.text(st.characters(codec="utf-8", exclude_characters="[]&="), min_size=1, max_size=12)
_nested = st.recursive(
    st.text(max_size=20), lambda inner: st.dictionaries(_names, inner, min_size=1, max_size=4), max_leaves=12
)


@given(st.dictionaries(_names, _nested, max_size=5))
def test_what_the_library_encodes_is_decoded_to_the_same(params: dict[str, Any]) -> None:
    assert parse_form(urlencode(list(_api_encode(params)))) == params


@given(st.lists(st.text(max_size=10), min_size=1, max_size=15))
def test_arrays_keep_their_order(values: list[str]) -> None:
    encoded = urlencode(list(_api_encode({"expand": values})))
    assert list(parse_form(encoded)["expand"].values()) == values  # type: ignore[union-attr]


@given(st.text(max_size=60))
def test_any_text_is_either_parsed_or_refused_by_a_400(encoded: str) -> None:
    refused: int | None = None
    try:
        parse_form(encoded)
    except ApiError as error:
        refused = error.status
    assert refused in (None, 400)


def test_arrays_without_positions_are_arrays_too() -> None:
    assert parse_form("expand[]=a&expand[]=b") == {"expand": {"0": "a", "1": "b"}}
    parsed = parse_form("items[][name]=a&items[][size]=1&items[][name]=b")
    assert parsed == {"items": {"0": {"name": "a", "size": "1"}, "1": {"name": "b"}}}


def _refusal(params: dict[str, Any], account: Account) -> dict[str, Any]:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        account.client.raw_request("post", "/v1/payment_intents", **params)
    assert caught.value.http_status == 400
    error: dict[str, Any] = caught.value.json_body["error"]  # type: ignore[index]
    return error


@pytest.mark.parametrize(
    ("change", "code", "param"),
    [
        ({"foo": "1"}, "parameter_unknown", "foo"),
        ({"foo": {"bar": "1"}}, "parameter_unknown", "foo"),
        ({"shipping": {"name": "x", "address": {}, "foo": 1}}, "parameter_unknown", "shipping[foo]"),
        ({"shipping": {"name": "x", "address": {"town": "y"}}}, "parameter_unknown", "shipping[address][town]"),
        ({"amount": "10.99"}, "parameter_invalid_integer", "amount"),
        ({"amount": "-5"}, "parameter_invalid_integer", "amount"),
        ({"amount": 49}, "amount_too_small", "amount"),
        ({"amount": 100_000_000}, "amount_too_large", "amount"),
        ({"currency": ""}, "parameter_invalid_empty", "currency"),
        ({"currency": None}, "parameter_missing", "currency"),
        ({"customer": {"id": "cus_1"}}, "parameter_unknown", "customer[id]"),
        ({"customer": "cus_nobody"}, "resource_missing", "customer"),
        ({"payment_method": "pm_card_nonsense"}, "resource_missing", "payment_method"),
        ({"payment_method_types": ["card"]}, "payment_method_types_no_longer_supported", "payment_method_types"),
        ({"transfer_data": {"destination": "acct_1"}}, "simulator_parameter_unsupported", "transfer_data"),
        (
            {"payment_method_options": {"card": {"capture_method": "manual"}}},
            "simulator_parameter_unsupported",
            "payment_method_options[card][capture_method]",
        ),
    ],
)
def test_parameters_that_stripe_refuses(account: Account, change: dict[str, Any], code: str, param: str) -> None:
    error = _refusal({"amount": 1000, "currency": "usd", **change}, account)
    assert (error["code"], error["param"]) == (code, param)
    assert error["type"] == "invalid_request_error"


def test_an_unknown_parameter_is_named_in_the_message(account: Account) -> None:
    error = _refusal({"amount": 1000, "currency": "usd", "shipping": {"name": "x", "address": {"town": 1}}}, account)
    assert error["message"] == "Received unknown parameter: shipping[address][town]"


def test_a_value_out_of_a_list_is_answered_with_the_list(account: Account) -> None:
    error = _refusal({"amount": 1000, "currency": "usd", "capture_method": "later"}, account)
    assert "must be one of automatic, automatic_async, or manual" in error["message"]


def test_a_boolean_is_true_or_false(account: Account) -> None:
    error = _refusal({"amount": 1000, "currency": "usd", "confirm": "yes"}, account)
    assert (error["code"], error["param"]) == ("parameter_invalid_boolean", "confirm")


def test_an_unsupported_currency_is_answered_with_the_supported_ones(account: Account) -> None:
    error = _refusal({"amount": 1000, "currency": "xyz"}, account)
    assert error["param"] == "currency"
    assert "usd" in error["message"]


@pytest.mark.parametrize(
    ("currency", "amount", "accepted"),
    [("jpy", 50, True), ("jpy", 49, False), ("krw", 1, True), ("kwd", 1000, True), ("kwd", 1005, False)],
)
def test_minimum_and_step_depend_on_the_currency(account: Account, currency: str, amount: int, accepted: bool) -> None:
    params: Any = {"amount": amount, "currency": currency}
    if accepted:
        assert account.client.v1.payment_intents.create(params=params).amount == amount
    else:
        with pytest.raises(stripe.InvalidRequestError):
            account.client.v1.payment_intents.create(params=params)


@given(amount=st.integers(min_value=-(10**17), max_value=10**17))
def test_integers_come_out_as_they_went_in(amount: int) -> None:
    raw = parse_form(urlencode(list(_api_encode({"amount": amount, "currency": "usd"}))))
    assert validate(stripe.params.PaymentIntentCreateParams, raw)["amount"] == amount


def test_metadata_is_merged_and_an_empty_value_removes_its_key(account: Account) -> None:
    customers = account.client.v1.customers
    customer = customers.create(params={"metadata": {"a": "1", "b": "2"}})
    changed = customers.update(customer.id, params={"metadata": {"b": "", "c": "3"}})
    assert changed.metadata is not None
    assert changed.metadata.to_dict() == {"a": "1", "c": "3"}
    cleared = customers.update(customer.id, params={"metadata": ""})
    assert cleared.metadata is not None
    assert cleared.metadata.to_dict() == {}


@pytest.mark.parametrize(
    "metadata", [{"k" * 41: "v"}, {"k": "v" * 501}, {str(number): "v" for number in range(51)}, {"a": {"b": "c"}}]
)
def test_metadata_beyond_stripes_limits_is_refused(account: Account, metadata: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        account.client.v1.customers.create(params={"metadata": metadata})
