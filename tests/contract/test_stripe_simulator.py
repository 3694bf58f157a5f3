"""The simulated Stripe against Stripe's published samples and against the library's own classes and routes."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import stripe

from simulators.stripe.app import create_simulator
from simulators.stripe.calls import SERVICES
from simulators.stripe.contract import operation
from simulators.stripe.documents import fixtures
from simulators.stripe.validation import fields_of
from tests.support.stripe_account import Account, error_of, simulated_account

# Shapes that depend on the occasion: Stripe's samples show an arbitrary (or no) one of them.
_BY_OCCASION = frozenset(
    {
        "amount_details", "automatic_payment_methods", "destination_details", "fraud_details", "generated_from",
        "last_payment_error", "last_setup_error", "metadata", "next_action", "payment_method_options",
        "previous_attributes", "shipping", "outcome", "object",
    }
)  # fmt: skip
# The samples still show these, which the library no longer types at the top of the class.
_OLDER: dict[str, set[str]] = {"charge": {"source"}, "payment_intent": {"source"}}
# Stripe shows these of some documents of the type only.
_SOMETIMES = {"webhook_endpoint": {"secret"}, "refund": {"failure_reason", "failure_balance_transaction"}}


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with simulated_account() as served:
        yield served


def _everything(account: Account) -> dict[str, Any]:
    """One answer of each kind, by what it is an answer to."""
    api = account.client.v1
    customer = api.customers.create(params={"email": "a@example.com", "metadata": {"a": "b"}})
    method = api.payment_methods.attach("pm_card_visa", params={"customer": customer.id})
    paid = account.charge(method.id, customer=customer.id)
    authorized = account.charge(capture_method="manual")
    challenged = account.charge("pm_card_threeDSecure2Required")
    with pytest.raises(stripe.CardError) as caught:
        account.charge("pm_card_chargeDeclined")
    declined = api.payment_intents.retrieve(error_of(caught)["payment_intent"]["id"])
    account.receiver.wait_for("charge.updated")
    refund = api.refunds.create(params={"payment_intent": paid.id, "amount": 100})
    charge = api.charges.retrieve(str(paid.latest_charge))
    endpoint = api.webhook_endpoints.create(params={"url": account.receiver.url, "enabled_events": ["*"]})
    return {
        "customer": customer,
        "payment method": method,
        "paid intent": paid,
        "open intent": api.payment_intents.create(params={"amount": 500, "currency": "eur"}),
        "authorized intent": authorized,
        "captured intent": api.payment_intents.capture(authorized.id),
        "challenged intent": challenged,
        "declined intent": declined,
        "failed charge": api.charges.retrieve(str(declined.latest_charge)),
        "canceled intent": api.payment_intents.cancel(challenged.id),
        "charge": charge,
        "refund": refund,
        "balance transaction": api.balance_transactions.retrieve(str(charge.balance_transaction)),
        "setup intent": api.setup_intents.create(params={"customer": customer.id}),
        "event": api.events.list().data[0],
        "made endpoint": endpoint,
        "endpoint": api.webhook_endpoints.retrieve(endpoint.id),
        "deleted endpoint": api.webhook_endpoints.delete(endpoint.id),
        "deleted customer": api.customers.delete(customer.id),
    }


@pytest.fixture(scope="module")
def answers(account: Account) -> dict[str, Any]:
    return {name: json.loads(str(answer)) for name, answer in _everything(account).items()}


def _differences(sample: Any, answer: Any, path: str) -> Iterator[str]:
    """Where an answer has other keys, or values of other types, than the sample."""
    name = path.rpartition(".")[2]
    if sample is None or answer is None or name in _BY_OCCASION:
        return
    if isinstance(sample, dict) and isinstance(answer, dict):
        allowed = _SOMETIMES.get(str(answer.get("object")), set())
        for key in sample.keys() - answer.keys():
            yield f"{path}.{key} is missing"
        for key in answer.keys() - sample.keys() - allowed:
            yield f"{path}.{key} is none of Stripe's"
        for key in sample.keys() & answer.keys():
            yield from _differences(sample[key], answer[key], f"{path}.{key}")
    elif type(sample) is not type(answer):
        yield f"{path} is {type(answer).__name__}, of Stripe {type(sample).__name__}"


def _sample_for(answer: dict[str, Any]) -> dict[str, Any]:
    return fixtures()[f"deleted_{answer['object']}" if answer.get("deleted") else answer["object"]]


def test_every_answer_has_the_keys_and_types_of_stripes_sample(answers: dict[str, Any]) -> None:
    found = [
        difference for name, answer in answers.items() for difference in _differences(_sample_for(answer), answer, name)
    ]
    assert found == []


def test_every_key_of_an_answer_is_one_that_the_library_types(answers: dict[str, Any]) -> None:
    for name, answer in answers.items():
        class_name = answer["object"].title().replace("_", "")
        typed = getattr(stripe, class_name).__annotations__.keys()
        unknown = answer.keys() - typed - {"deleted", "object"} - _OLDER.get(answer["object"], set())
        assert not unknown, (name, unknown)


def test_every_event_delivered_is_one_that_the_library_lists(account: Account, answers: dict[str, Any]) -> None:
    assert answers
    hint = str(fields_of(stripe.params.WebhookEndpointCreateParams)["enabled_events"])
    unlisted = {name for name in account.receiver.types if f"'{name}'" not in hint}
    assert unlisted == set()


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_operation_is_one_of_the_library_and_acts_on_parameters_that_it_types(name: str) -> None:
    known = operation(name)
    assert known.path.startswith("/v1/")
    assert SERVICES[name].acts_on <= fields_of(known.params).keys() | {"expand"}


def test_the_samples_kept_here_are_stripes_own_for_every_resource_of_an_operation() -> None:
    resources = {operation(name).returns for name in SERVICES}
    samples = {name.title().replace("_", "") for name in fixtures()}
    assert resources <= samples


@pytest.mark.parametrize(
    "call",
    [
        lambda api: api.customers.retrieve("cus_x"),
        lambda api: api.payment_methods.retrieve("pm_x"),
        lambda api: api.payment_intents.retrieve("pi_x"),
        lambda api: api.charges.retrieve("ch_x"),
        lambda api: api.refunds.retrieve("re_x"),
        lambda api: api.balance_transactions.retrieve("txn_x"),
        lambda api: api.events.retrieve("evt_x"),
        lambda api: api.setup_intents.retrieve("seti_x"),
        lambda api: api.webhook_endpoints.retrieve("we_x"),
    ],
)
def test_an_id_that_names_nothing_is_404_resource_missing(account: Account, call: Callable[[Any], object]) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        call(account.client.v1)
    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")


def test_an_application_can_be_made_without_any_setting() -> None:
    assert create_simulator().state.account.all("customer") == []
