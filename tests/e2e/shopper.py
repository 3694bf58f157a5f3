"""A person at the API: every step is the HTTP request that a web shop would make."""

from __future__ import annotations

import itertools
import re
import sys
import uuid
from pathlib import Path
from typing import Any

import httpx
import stripe

from tests.e2e.running_system import RunningSystem, eventually

PASSWORD = "violet-harbour-lantern-91"
ADDRESS = {
    "name": "Grace Hopper",
    "line1": "1 Navy Way",
    "city": "Arlington",
    "region": "VA",
    "postal_code": "22202",
    "country": "US",
}


_addresses = itertools.count(2)


class Shopper:
    """Keeps what a browser keeps: the access token and the guest's cart token.

    Where the system's loopback network is wide enough, each shopper has an address of their own, so that the limits
    per address do not count them as one.
    """

    def __init__(self, system: RunningSystem) -> None:
        self.system = system
        self.email = f"{uuid.uuid4().hex[:12]}@example.com"
        self.headers: dict[str, str] = {}
        number = next(_addresses)
        own = f"127.0.{number // 250 + 1}.{number % 250 + 1}" if sys.platform == "linux" else None
        transport = httpx.HTTPTransport(local_address=own)
        self.http = httpx.Client(base_url=system.ready["address"], timeout=30, transport=transport)

    def call(self, method: str, path: str, *, expect: int | None = None, **options: Any) -> httpx.Response:
        """Send one request; fails unless it answers `expect`."""
        headers = {**self.headers, **options.pop("headers", {})}
        reply = self.http.request(method, path, headers=headers, **options)
        if expect is not None:
            assert reply.status_code == expect, f"{method} {path}: {reply.status_code} {reply.text}"
        return reply

    def register(self) -> Shopper:
        body = {"email": self.email, "password": PASSWORD, "full_name": "Grace Hopper"}
        token = self.call("POST", "/api/v1/auth/register", json=body, expect=201).json()["access_token"]
        self.headers["Authorization"] = f"Bearer {token}"
        return self

    def prove_address(self) -> Shopper:
        """Follow the link in the mail, signed in."""
        text = eventually(lambda: [mail["text"] for mail in self.system.mail_to(self.email)])[0]
        found = re.search(r"/verify-email\?token=([\w-]+)", text)
        assert found
        self.call("POST", "/api/v1/auth/email/verify", json={"token": found[1]}, expect=200)
        return self

    def log_in(self, email: str, password: str) -> Shopper:
        self.email = email
        body = {"email": email, "password": password}
        token = self.call("POST", "/api/v1/auth/login", json=body, expect=200).json()["access_token"]
        self.headers["Authorization"] = f"Bearer {token}"
        return self

    def import_products(self, file: Path) -> dict[str, Any]:
        """Upload a Shopify CSV and wait for what became of it."""
        reply = self.call(
            "POST",
            "/api/v1/admin/products/import",
            content=file.read_bytes(),
            headers={"Content-Type": "text/csv"},
            expect=202,
        )

        def finished() -> dict[str, Any] | None:
            state: dict[str, Any] = self.call("GET", reply.headers["location"], expect=200).json()
            return state if state["finished_at"] else None

        return eventually(finished)

    def product(self, slug: str) -> dict[str, Any]:
        return self.call("GET", f"/api/v1/products/{slug}", expect=200).json()

    def add(self, variant_id: str, quantity: int = 1) -> dict[str, Any]:
        """Put a variant into the cart; a guest keeps the token that comes back."""
        body = {"variant_id": variant_id, "quantity": quantity}
        reply = self.call("POST", "/api/v1/cart/items", json=body)
        assert reply.status_code in (200, 201), reply.text
        cart: dict[str, Any] = reply.json()
        if cart["token"] and "Authorization" not in self.headers:
            self.headers["X-Cart-Token"] = cart["token"]
        return cart

    def check_out(self, *, expect: int = 201) -> httpx.Response:
        body: dict[str, Any] = {"shipping_address": ADDRESS}
        if "Authorization" not in self.headers:
            body["email"] = self.email
        return self.call("POST", "/api/v1/cart/checkout", json=body, expect=expect)

    def open_payment(self, checkout_id: str) -> dict[str, Any]:
        return self.call(
            "POST",
            "/api/v1/payments/intent",
            json={"checkout_id": checkout_id},
            headers={"Idempotency-Key": str(uuid.uuid4())},
            expect=201,
        ).json()

    def place_order(self, checkout_id: str, *, key: str | None = None, expect: int | None = 201) -> httpx.Response:
        return self.call(
            "POST",
            "/api/v1/orders",
            json={"checkout_id": checkout_id},
            headers={"Idempotency-Key": key or str(uuid.uuid4())},
            expect=expect,
        )

    def pay(self, payment: dict[str, Any], card: str = "pm_card_visa") -> stripe.PaymentIntent:
        """Confirm the intent as Stripe.js does in the browser: publishable key and client secret, never our API."""
        client = stripe.StripeClient(
            payment["publishable_key"], base_addresses={"api": self.system.ready["providers"]["stripe"]["api_base"]}
        )
        intent_id = payment["client_secret"].partition("_secret_")[0]
        return client.v1.payment_intents.confirm(
            intent_id,
            {  # the publishable key's way of confirming, which the library's server-side types do not know
                "client_secret": payment["client_secret"],
                "payment_method": card,
                "return_url": "http://127.0.0.1/done",
            },
        )

    def order(self, order_id: str) -> dict[str, Any]:
        return self.call("GET", f"/api/v1/orders/{order_id}", expect=200).json()

    def wait_until_paid(self, order_id: str) -> dict[str, Any]:
        def paid() -> dict[str, Any] | None:
            order = self.order(order_id)
            return order if order["payment_status"] == "paid" else None

        return eventually(paid)
