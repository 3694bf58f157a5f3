from typing import Any

import pytest
import stripe

from tests.support.stripe_account import Account

_PARAMS: Any = {"amount": 1000, "currency": "usd"}


@pytest.mark.parametrize(("status", "error"), [(500, stripe.APIError), (429, stripe.RateLimitError)])
def test_the_api_fails_as_often_as_asked(account: Account, status: int, error: type[Exception]) -> None:
    account.ask("POST", "/faults", status=status, times=2, method="POST", path_prefix="/v1/payment_intents")
    for _ in range(2):
        with pytest.raises(error):
            account.client.v1.payment_intents.create(params=_PARAMS)
    assert account.client.v1.payment_intents.create(params=_PARAMS).amount == 1000


def test_a_failed_request_takes_no_effect_unless_asked(account: Account) -> None:
    account.ask("POST", "/faults", status=500, times=1)
    with pytest.raises(stripe.APIError):
        account.client.v1.customers.create()
    assert account.client.v1.customers.list().data == []


def test_an_answer_lost_after_the_effect_is_found_again_by_the_same_key(account: Account) -> None:
    account.ask("POST", "/faults", status=503, applied=True, times=1)
    with pytest.raises(stripe.APIError):
        account.client.v1.payment_intents.create(params=_PARAMS, options={"idempotency_key": "lost"})
    found = account.client.v1.payment_intents.create(params=_PARAMS, options={"idempotency_key": "lost"})
    assert [intent.id for intent in account.client.v1.payment_intents.list().data] == [found.id]


@pytest.mark.parametrize(("delay", "effects"), [("before", 0), ("after", 1)])
def test_a_caller_that_gives_up_waiting_meets_the_effect_only_when_it_came_first(
    account: Account, delay: str, effects: int
) -> None:
    account.ask("POST", "/faults", delay_seconds=0.6, delay=delay, times=1)
    client = stripe.StripeClient(
        "sk_test_impatient",
        base_addresses={"api": account.url},
        http_client=stripe.RequestsClient(timeout=0.2),
        max_network_retries=0,
    )
    with pytest.raises(stripe.APIConnectionError):
        client.v1.customers.create()
    assert len(account.client.v1.customers.list().data) == effects


def test_faults_can_be_cleared_and_unknown_fields_are_refused(account: Account) -> None:
    account.ask("POST", "/faults", status=500)
    account.ask("DELETE", "/faults")
    account.client.v1.customers.list()
    assert account.control.post("/_control/faults", json={"stats": 500}).status_code == 400
    assert account.control.put("/_control/delivery-mode", json={"copies": 0}).status_code == 400
