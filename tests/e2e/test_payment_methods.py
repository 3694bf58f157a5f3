"""Customers pay with the wallets that they have, in their currency, and the books agree with what reached the bank."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from tests.e2e.running_system import RunningSystem, eventually
from tests.e2e.shopper import Shopper

SETTLES_IN_DOLLARS = {"bank_currencies": [], "exchange_rates": {"cny": "0.14"}}


@pytest.fixture(autouse=True)
def _dashboard(system: RunningSystem) -> Iterator[None]:
    """The account has a bank account in dollars only, until the test is over."""
    system.stripe_control("PUT", "/account", SETTLES_IN_DOLLARS)
    yield
    system.stripe_control("PUT", "/account", {})


def buyer_of(admin: Shopper, currency: str, amount: int) -> tuple[Shopper, dict[str, Any], dict[str, Any]]:
    """A guest who reads Chinese, at the payment of a course of this price; with the order and the payment."""
    variant = {"price_amount": amount, "stock": 5, "requires_shipping": False}
    body = {"name": f"陶艺课程 {uuid.uuid4().hex[:6]}", "currency": currency, "variants": [variant]}
    course = admin.call("POST", "/api/v1/admin/products", json=body, expect=201).json()
    guest = Shopper(admin.system)
    guest.headers["Accept-Language"] = "zh-CN,zh;q=0.9"
    guest.add(course["variants"][0]["id"])
    checkout = guest.check_out().json()
    assert (checkout["currency"], checkout["total_amount"]) == (currency, amount)
    return guest, guest.place_order(checkout["id"]).json(), guest.open_payment(checkout["id"])


def confirm(system: RunningSystem, payment: dict[str, Any], wallet: str) -> dict[str, Any]:
    """As Stripe.js does in the browser; what the payer has to do next."""
    client = stripe.StripeClient(
        payment["publishable_key"], base_addresses={"api": system.ready["providers"]["stripe"]["api_base"]}
    )
    how: Any = {
        "client_secret": payment["client_secret"],
        "payment_method_data": {"type": wallet},
        "return_url": "http://127.0.0.1/done",
    }
    if wallet == "wechat_pay":
        how["payment_method_options"] = {wallet: {"client": "web"}}
    confirmed = client.v1.payment_intents.confirm(payment["client_secret"].partition("_secret_")[0], how)
    assert confirmed.next_action is not None
    action: dict[str, Any] = confirmed.next_action.to_dict()
    return action


def status_of(guest: Shopper, payment: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = guest.call("GET", f"/api/v1/payments/{payment['id']}", expect=200).json()
    return found


def paid_order(guest: Shopper, order: dict[str, Any]) -> dict[str, Any]:
    def look() -> dict[str, Any] | None:
        found = guest.call("GET", f"/api/v1/orders/{order['id']}", params={"token": order["token"]}, expect=200).json()
        return found if found["payment_status"] == "paid" else None

    return eventually(look)


def books(system: RunningSystem, payment: dict[str, Any]) -> dict[tuple[str, str], int]:
    """What the payment changed in each account, by currency."""
    rows = system.sql(
        "SELECT e.account, e.currency, sum(e.amount)::bigint AS amount FROM ledger_entries e"
        " JOIN ledger_transactions t ON t.id = e.transaction_id WHERE t.payment_id = %s GROUP BY 1, 2",
        payment["id"],
    )
    return {(row["account"], row["currency"]): row["amount"] for row in rows if row["amount"]}


def test_a_course_in_renminbi_is_paid_by_scanning_and_refunded_in_part(system: RunningSystem, admin: Shopper) -> None:
    guest, order, payment = buyer_of(admin, "CNY", 10_000)
    assert payment["methods"] == ["card", "alipay", "wechat_pay"]
    code = confirm(system, payment, "wechat_pay")["wechat_pay_display_qr_code"]
    eventually(lambda: status_of(guest, payment)["status"] == "requires_action")
    assert system.http.get(code["image_url_png"]).content.startswith(b"\x89PNG")
    assert "WeChat Pay" in system.http.get(code["data"]).text
    assert system.http.post(code["data"], data={"outcome": "complete"}).status_code == 303
    paid_order(guest, order)
    eventually(lambda: (status_of(guest, payment)["method"] or {}).get("type") == "wechat_pay")
    eventually(lambda: [mail for mail in system.mail_to(guest.email) if "已确认" in mail["subject"]])
    eventually(lambda: ("provider_balance", "USD") in books(system, payment))

    refund = admin.call(
        "POST",
        f"/api/v1/admin/payments/{payment['id']}/refunds",
        json={"reason": "goodwill", "amount": 4_000},
        headers={"Idempotency-Key": str(uuid.uuid4())},
        expect=201,
    ).json()
    where = f"/api/v1/admin/refunds/{refund['id']}"
    eventually(lambda: admin.call("GET", where, expect=200).json()["status"] == "succeeded")
    [told] = eventually(lambda: [mail for mail in system.mail_to(guest.email) if "已退款" in mail["subject"]])
    assert "退回您的微信支付账户" in told["text"]
    assert status_of(guest, payment)["status"] == "partially_refunded"
    # 100 yuan came as 14 dollars and 40 went as 5.60; 0.71 and 0.14 were the fees.
    assert eventually(lambda: _settled(system, payment)) == {
        ("sales", "CNY"): -10_000, ("refunds", "CNY"): 4_000, ("currency_exchange", "CNY"): 6_000,
        ("currency_exchange", "USD"): -840, ("provider_fees", "USD"): 85, ("provider_balance", "USD"): 755,
    }  # fmt: skip


def _settled(system: RunningSystem, payment: dict[str, Any]) -> dict[tuple[str, str], int] | None:
    found = books(system, payment)
    return found if found.get(("provider_balance", "USD")) == 755 else None


def test_a_refused_authorization_is_repeated_and_what_arrives_thrice_and_backwards_is_one_payment(
    system: RunningSystem, admin: Shopper
) -> None:
    guest, order, payment = buyer_of(admin, "USD", 2_000)
    refused = confirm(system, payment, "alipay")["alipay_handle_redirect"]["url"]
    assert "redirect_status=failed" in system.http.post(refused, data={"outcome": "fail"}).headers["location"]
    eventually(lambda: status_of(guest, payment)["status"] == "failed")
    assert status_of(guest, payment)["failure_code"] == "payment_intent_authentication_failure"

    system.stripe_control("PUT", "/delivery-mode", {"hold": True})
    again = confirm(system, payment, "alipay")["alipay_handle_redirect"]["url"]
    assert "redirect_status=succeeded" in system.http.post(again, data={"outcome": "complete"}).headers["location"]
    system.stripe_control("POST", "/settle")
    system.stripe_control("POST", "/deliveries/release", {"order": "reverse", "copies": 3})
    system.stripe_control("PUT", "/delivery-mode", {})
    paid_order(guest, order)
    eventually(lambda: (status_of(guest, payment)["method"] or {}).get("type") == "alipay")
    assert eventually(lambda: ("provider_fees", "USD") in books(system, payment))
    assert books(system, payment) == {
        ("sales", "USD"): -2_000, ("provider_fees", "USD"): 88, ("provider_balance", "USD"): 1_912,
    }  # fmt: skip
    sales = system.sql("SELECT count(*) AS sales FROM ledger_transactions WHERE payment_id = %s", payment["id"])
    assert sales[0]["sales"] == 3
