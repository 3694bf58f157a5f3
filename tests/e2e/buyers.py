"""Buyers who buy in a loop, whatever happens, as a patient web shop would: what is answered 503 is sent again.

They wait as long as they are told to (Retry-After). Every step is repeatable (an Idempotency-Key, or a checkout that
takes the place of the one before), so a buyer who repeats until it works must end with one order and one payment.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import stripe

from tests.e2e.running_system import RunningSystem
from tests.e2e.shopper import ADDRESS, Shopper

LONGEST_ANSWER_SECONDS = 30.0
"""After that the gateway answers in the function's place; nobody waits longer."""
_PATIENCE_SECONDS = 90.0
_PAUSE_SECONDS = 0.3
_IN_FLIGHT = frozenset(("request_in_flight", "payment_in_flight"))
"""Conflicts that say: the same request is being worked on. They too are to be repeated."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a buyer got: whose checkout, order and intent these are, and when the buying began and ended (monotonic)."""

    email: str
    checkout_id: str
    order_id: str
    intent_id: str
    began: float
    ended: float


@dataclass
class Ledger:
    """What all buyers saw together."""

    purchases: list[Purchase] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    """Answers that asked to come again, by code."""
    wrongs: list[str] = field(default_factory=list)
    """Answers that no caller should ever see."""
    longest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def saw(self, reply: httpx.Response, seconds: float, *, expected: tuple[int, ...]) -> bool:
        """Enter one answer; whether it is the expected one. What is neither that nor a clear refusal is a wrong."""
        with self.lock:
            self.longest = max(self.longest, seconds)
            if reply.status_code in expected:
                return True
            what = f"{reply.request.method} {reply.request.url.path}: {reply.status_code} {reply.text[:300]}"
            problem = _problem(reply)
            retriable = reply.status_code == 503 or problem.get("code") in _IN_FLIGHT
            if not retriable or not problem or "retry-after" not in reply.headers:
                self.wrongs.append(what)
            self.refusals[f"{reply.status_code} {problem.get('code')}"] += 1
        return False


class Buyers:
    """Threads that buy one unit after the other of one variant, each time as a new guest."""

    def __init__(self, system: RunningSystem, variant_id: str, *, count: int) -> None:
        self.system = system
        self.variant_id = variant_id
        self.ledger = Ledger()
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._buy_on, name=f"buyer-{n}") for n in range(count)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let everyone finish what they are buying."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(_PATIENCE_SECONDS + LONGEST_ANSWER_SECONDS)
            assert not thread.is_alive(), "a buyer hangs"

    def bought_since(self, moment: float) -> int:
        """Purchases that were begun after the moment and are complete."""
        with self.ledger.lock:
            return sum(purchase.began >= moment for purchase in self.ledger.purchases)

    def _buy_on(self) -> None:
        while not self._stopping.is_set():
            try:
                purchase = self._buy()
            except Exception as error:  # for the test's own thread to report
                with self.ledger.lock:
                    self.ledger.wrongs.append(f"{type(error).__name__}: {error}")
                return
            with self.ledger.lock:
                self.ledger.purchases.append(purchase)

    def _buy(self) -> Purchase:
        began = time.monotonic()
        buyer = Shopper(self.system)
        with buyer.http:
            item = {"variant_id": self.variant_id, "quantity": 1}
            cart = self._insist(buyer, "/api/v1/cart/items", item, expected=(200, 201))
            buyer.headers["X-Cart-Token"] = cart["token"]
            wish = {"shipping_address": ADDRESS, "email": buyer.email}
            checkout_id = self._insist(buyer, "/api/v1/cart/checkout", wish)["id"]
            about = {"checkout_id": checkout_id}
            payment = self._insist(buyer, "/api/v1/payments/intent", about, key=str(uuid.uuid4()))
            order = self._insist(buyer, "/api/v1/orders", about, key=str(uuid.uuid4()))
            _until(lambda: _paid(buyer, payment))
        intent_id = payment["client_secret"].partition("_secret_")[0]
        return Purchase(buyer.email, checkout_id, order["id"], intent_id, began, time.monotonic())

    def _insist(
        self,
        buyer: Shopper,
        path: str,
        body: dict[str, Any],
        *,
        key: str | None = None,
        expected: tuple[int, ...] = (201,),
    ) -> dict[str, Any]:
        headers = {"Idempotency-Key": key} if key else {}
        answered: dict[str, Any] = {}

        def ask() -> bool:
            asked = time.monotonic()
            reply = buyer.call("POST", path, json=body, headers=headers, timeout=LONGEST_ANSWER_SECONDS + 5)
            if not self.ledger.saw(reply, time.monotonic() - asked, expected=expected):
                time.sleep(float(reply.headers.get("retry-after", 0)))
                return False
            answered.update(reply.json())
            return True

        _until(ask)
        return answered


@contextmanager
def buying(system: RunningSystem, variant_id: str, *, count: int = 3) -> Iterator[Buyers]:
    """Buyers at work for as long as the block lasts."""
    buyers = Buyers(system, variant_id, count=count)
    buyers.start()
    try:
        yield buyers
    finally:
        buyers.stop()


def _paid(buyer: Shopper, payment: dict[str, Any]) -> bool:
    """Confirm as the browser does; a failure of Stripe's own is Stripe.js's to repeat."""
    try:
        return buyer.pay(payment).status == "succeeded"
    except stripe.InvalidRequestError as error:
        return error.code == "payment_intent_unexpected_state"  # an attempt that seemed to fail had its effect
    except (stripe.APIError, stripe.APIConnectionError):
        return False


def _until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not done():
        assert time.monotonic() < deadline, "still refused"
        time.sleep(_PAUSE_SECONDS)


def _problem(reply: httpx.Response) -> dict[str, Any]:
    """The problem document of RFC 9457, empty where the answer is none."""
    if reply.headers.get("content-type") != "application/problem+json":
        return {}
    document: dict[str, Any] = reply.json()
    complete = document.get("status") == reply.status_code and document.get("code") and document.get("detail")
    return document if complete else {}
