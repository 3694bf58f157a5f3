import json
import logging
from typing import Any

import httpx
import pytest
import stripe
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from simulators.kit.deliveries import Timing
from simulators.stripe.app import create_simulator
from simulators.stripe.settings import Settings, WebhookTarget
from tests.support.loops import run
from tests.support.serving import serving
from tests.support.stripe_account import Receiver

_NUMBER = "4242424242424242"


def _client(address: str) -> stripe.StripeClient:
    return stripe.StripeClient("sk_test_x", base_addresses={"api": address}, max_network_retries=0)


def test_a_snapshot_brings_back_the_account_and_what_it_left_undone() -> None:
    receiver = Receiver()
    first = create_simulator(Settings(webhooks=(WebhookTarget("http://127.0.0.1:9/", ("whsec_a",)),)))
    with serving(first) as address:
        intent = _client(address).v1.payment_intents.create(
            params={"amount": 500, "currency": "usd", "payment_method": "pm_card_visa", "confirm": True,
                    "return_url": "https://shop.test"},
            options={"idempotency_key": "kept"},
        )  # fmt: skip
    snapshot = json.loads(json.dumps(first.state.account.snapshot()))
    with serving(Starlette(routes=[Route("/hook", receiver.receive, methods=["POST"])])) as hook:
        settings = Settings(
            webhooks=(WebhookTarget(f"{hook}/hook", ("whsec_b",)),), timing=Timing(retry_seconds=(0.05,) * 20)
        )
        second = create_simulator(settings, snapshot)
        with serving(Starlette(routes=[Mount("/at", second)])) as address:
            client = _client(f"{address}/at")
            assert client.v1.payment_intents.retrieve(intent.id).status == "succeeded"
            replayed = client.v1.payment_intents.create(
                params={"amount": 500, "currency": "usd", "payment_method": "pm_card_visa", "confirm": True,
                        "return_url": "https://shop.test"},
                options={"idempotency_key": "kept"},
            )  # fmt: skip
            assert replayed.id == intent.id
            receiver.wait_for(
                "payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "charge.updated"
            )


def test_no_card_number_or_cvc_is_kept_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    simulator = create_simulator()

    async def pay() -> list[int]:
        transport = httpx.ASGITransport(simulator)
        headers = {"Authorization": "Bearer sk_test_x", "Idempotency-Key": "k"}
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=headers) as client:
            card: dict[str, Any] = {"number": _NUMBER, "exp_month": 12, "exp_year": 2034, "cvc": "987"}
            form = {"type": "card", **{f"card[{name}]": value for name, value in card.items()}}
            wrong = {**form, "card[number]": "4242424242424241"}
            answers = [
                await client.post("/v1/payment_methods", data=form),
                await client.post("/v1/payment_methods", data=wrong, headers={"Idempotency-Key": "w"}),
                await client.post("/v1/payment_methods", data={**form, "card[nonsense]": _NUMBER}),
            ]
            assert all(_NUMBER not in answer.text for answer in answers)
            return [answer.status_code for answer in answers]

    assert run(pay()) == [200, 402, 400]
    kept = json.dumps(simulator.state.account.snapshot())
    # The CVC is too short to look for among random digits: it would be a text of its own, quoted.
    for secret in (_NUMBER, "4242424242424241", '"987"', '\\"987\\"'):
        assert secret not in kept
        assert secret not in caplog.text
