import threading
from typing import Any

import httpx
import pytest
import stripe

from tests.support.serving import eventually
from tests.support.stripe_account import Account

_PARAMS: Any = {"amount": 1000, "currency": "usd"}


def test_the_same_request_under_the_same_key_takes_effect_once(account: Account) -> None:
    create = account.client.v1.payment_intents.create
    first = create(params=_PARAMS, options={"idempotency_key": "once"})
    second = create(params=_PARAMS, options={"idempotency_key": "once"})
    assert first.id == second.id
    headers = second.last_response.headers  # type: ignore[union-attr]
    assert headers["idempotent-replayed"] == "true"
    assert len(account.client.v1.payment_intents.list().data) == 1


def test_another_request_under_the_same_key_is_refused(account: Account) -> None:
    other: Any = {**_PARAMS, "amount": 2000}
    account.client.v1.payment_intents.create(params=_PARAMS, options={"idempotency_key": "once"})
    with pytest.raises(stripe.IdempotencyError) as caught:
        account.client.v1.payment_intents.create(params=other, options={"idempotency_key": "once"})
    assert caught.value.http_status == 400


def test_a_decline_is_replayed_too(account: Account) -> None:
    confirmation = {"payment_method": "pm_card_chargeDeclined", "confirm": True, "return_url": "https://shop.test"}
    declined: Any = {**_PARAMS, **confirmation}
    for _ in range(2):
        with pytest.raises(stripe.CardError):
            account.client.v1.payment_intents.create(params=declined, options={"idempotency_key": "declined"})
    assert len(account.client.v1.charges.list().data) == 1


def test_parameters_that_do_not_validate_leave_the_key_unused(account: Account) -> None:
    create = account.client.v1.payment_intents.create
    with pytest.raises(stripe.InvalidRequestError):
        create(params={"amount": 1000, "currency": "usd", "nonsense": 1}, options={"idempotency_key": "k"})  # type: ignore[typeddict-unknown-key]
    assert create(params=_PARAMS, options={"idempotency_key": "k"}).amount == 1000


def test_a_second_request_while_the_first_runs_is_409(account: Account) -> None:
    account.ask("POST", "/faults", delay_seconds=0.5, delay="after", times=1)
    headers = {"Authorization": "Bearer sk_test_x", "Idempotency-Key": "slow"}
    answers: list[httpx.Response] = []

    def post() -> None:
        answers.append(httpx.post(f"{account.url}/v1/customers", data={"name": "A"}, headers=headers, trust_env=False))

    slow = threading.Thread(target=post)
    slow.start()
    eventually(lambda: account.ask("GET", "/faults") == {"faults": []}, lambda: "the slow request did not arrive")
    post()
    slow.join()
    assert [answer.status_code for answer in answers] == [409, 200]
    assert answers[0].json()["error"]["code"] == "idempotency_key_in_use"
