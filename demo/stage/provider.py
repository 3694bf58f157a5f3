"""The payment provider of the stage: a Stripe simulator whose events are taken rather than delivered."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

import uvicorn

from simulators.stripe.app import create_simulator
from simulators.stripe.settings import Settings
from simulators.stripe.signatures import signature_header
from simulators.stripe.state import State
from simulators.stripe.stripe_account import StripeAccount

SECRET_KEY: Final = "sk_test_demo"  # of a simulator that ends with this process
PUBLISHABLE_KEY: Final = "pk_test_demo"
SIGNING_SECRET: Final = "whsec_demo"  # the same
_CARD: Final = "pm_card_visa"


class Provider:
    """The account that the shop is paid into."""

    def __init__(self, address: str, account: StripeAccount, loop: asyncio.AbstractEventLoop) -> None:
        """`loop` is what the simulator runs in: its clock belongs to it."""
        self.address = address
        self._account = account
        self._loop = loop
        self._taken = 0

    def advance_clock(self, moment: datetime) -> None:
        """Let it be `moment` there, which must not be before what it was last."""
        asyncio.run_coroutine_threadsafe(self._advance(moment.timestamp()), self._loop).result()

    def confirm(self, intent: dict[str, Any]) -> None:
        """Use a card for what the API's answer is about, as the customer's browser does: for a payment (`POST
        /payments/intent`), or to be saved (`POST /payment-methods/setup`).
        """
        secret = intent["client_secret"]
        form = {"client_secret": secret, "payment_method": _CARD, "return_url": "https://shop.example/paid"}
        intent_id = secret.partition("_secret_")[0]
        self._post(
            f"/v1/{'setup' if intent_id.startswith('seti_') else 'payment'}_intents/{intent_id}/confirm",
            urllib.parse.urlencode(form).encode(),
            authorization="Basic " + base64.b64encode(f"{intent['publishable_key']}:".encode()).decode(),
        )

    def settle(self) -> None:
        """Do what the provider does some time after a payment or refund."""
        self._post("/_control/settle", b"")

    def events(self) -> list[tuple[bytes, str]]:
        """Events since the last call, oldest first: what a webhook sends, and its signature."""
        events = list(reversed(self._account.all("event")))[self._taken :]
        self._taken += len(events)
        payloads = [json.dumps(event) for event in events]
        return [(text.encode(), signature_header(text, int(time.time()), [SIGNING_SECRET])) for text in payloads]

    def snapshot(self) -> dict[str, Any]:
        """All of the account, as another simulator can restore it; by the time of this computer."""
        return {**self._account.snapshot(), "clock_offset": 0.0}

    async def _advance(self, to: float) -> None:
        self._account.clock.advance(max(0.0, to - self._account.clock.now()))

    def _post(self, path: str, body: bytes, **headers: str) -> None:
        request = urllib.request.Request(self.address + path, body, headers, method="POST")  # our own
        with urllib.request.urlopen(request, timeout=30) as answer:  # our own
            answer.read()


@contextmanager
def provider(*, since: datetime) -> Iterator[Provider]:
    """A new account on a server of its own, where it is `since` now."""
    offset = since.timestamp() - time.time()
    application = create_simulator(
        Settings(secret_key=SECRET_KEY, publishable_key=PUBLISHABLE_KEY), State(clock_offset=offset).snapshot()
    )
    server = uvicorn.Server(uvicorn.Config(application, host="127.0.0.1", port=0, log_level="error"))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_until_complete, args=(server.serve(),), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Provider(f"http://127.0.0.1:{port}", application.state.account, loop)
    finally:
        server.should_exit = True
        thread.join()
        loop.close()
