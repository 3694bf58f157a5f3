"""A Stripe simulator served over real HTTP in a thread, and a webhook receiver to deliver to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import httpx
import pytest
import stripe
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from simulators.kit.deliveries import Timing
from simulators.stripe.app import create_simulator
from simulators.stripe.settings import Settings, WebhookTarget
from tests.support.serving import eventually, serving

MOUNTED_AT = "/_local/stripe"
SIGNING_SECRET = "whsec_first"


@dataclass
class Received:
    """One webhook as it arrived."""

    payload: bytes
    signature: str

    @property
    def event(self) -> dict[str, Any]:
        event: dict[str, Any] = json.loads(self.payload)
        return event


@dataclass
class Receiver:
    """A webhook endpoint that keeps what it gets and answers with the next of the given statuses, then 200."""

    url: str = ""
    received: list[Received] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    # Events from before a reset, one of which may still be under way.
    bygone: set[str] = field(default_factory=set)

    async def receive(self, request: Request) -> Response:
        one = Received(await request.body(), request.headers["stripe-signature"])
        if one.event["id"] in self.bygone:
            return Response(status_code=410)
        self.received.append(one)
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)

    @property
    def types(self) -> list[str]:
        return [one.event["type"] for one in self.received]

    def wait_for(self, *types: str) -> list[str]:
        """The types received so far, once all of these are among them."""
        eventually(lambda: all(self.types.count(name) >= types.count(name) for name in types), lambda: self.types)
        return self.types


@dataclass
class Account:
    """A served simulator with the real library as its client."""

    url: str
    receiver: Receiver
    client: stripe.StripeClient
    control: httpx.Client

    def ask(self, method: str, path: str, /, **body: Any) -> Any:
        answer = self.control.request(method, f"/_control{path}", json=body)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def reset(self) -> None:
        """Forget everything, in the account and at the receiver."""
        self.ask("POST", "/settle")
        self.receiver.bygone.update(delivery["event"] for delivery in self.ask("GET", "/deliveries")["deliveries"])
        self.ask("POST", "/reset")
        self.receiver.received.clear()
        self.receiver.statuses.clear()

    def charge(self, card: str = "pm_card_visa", amount: int = 1099, **params: Any) -> stripe.PaymentIntent:
        """A payment intent confirmed at once."""
        automatic = {"enabled": True, "allow_redirects": "never"}
        wanted = {
            "amount": amount, "currency": "usd", "payment_method": card, "confirm": True,
            "automatic_payment_methods": automatic, **params,
        }  # fmt: skip
        return self.client.v1.payment_intents.create(params=cast(stripe.params.PaymentIntentCreateParams, wanted))


def error_of(caught: "pytest.ExceptionInfo[stripe.StripeError]") -> dict[str, Any]:
    """The error of Stripe's answer as it came."""
    body = cast(dict[str, dict[str, Any]], caught.value.json_body)
    return body["error"]


@contextmanager
def simulated_account(secrets: tuple[str, ...] = (SIGNING_SECRET,), **settings: Any) -> Iterator[Account]:
    """A fresh account, mounted as the gateway mounts it, that delivers to a receiver of its own."""
    receiver = Receiver()
    with serving(Starlette(routes=[Route("/hook", receiver.receive, methods=["POST"])])) as hook:
        receiver.url = f"{hook}/hook"
        settings = {"settle_seconds": 0.02, "timing": Timing(retry_seconds=(0.02, 0.05, 0.1)), **settings}
        simulator = create_simulator(Settings(webhooks=(WebhookTarget(receiver.url, secrets),), **settings))
        with serving(Starlette(routes=[Mount(MOUNTED_AT, simulator)])) as address:
            url = address + MOUNTED_AT
            client = stripe.StripeClient("sk_test_simulated", base_addresses={"api": url}, max_network_retries=0)
            with httpx.Client(base_url=url, trust_env=False) as control:
                yield Account(url, receiver, client, control)
