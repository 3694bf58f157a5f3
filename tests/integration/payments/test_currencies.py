"""Every currency from price to ledger: what the shop shows is what Stripe takes and gives back."""

from __future__ import annotations

import importlib
import io
import re
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.ordering.service.invoices import labels
from shared import money
from shared.currencies import CURRENCIES, Currency
from shared.web import rate_limits
from simulators.stripe import currencies as at_stripe
from tests.factories import pricing
from tests.factories.ordering import ADDRESS, Shopper, variant
from tests.integration.payments.stage import StripeStage
from tests.support.lambda_client import LambdaClient

QUANTITY = 7
PRINTED = ("USD", "JPY", "ISK", "UGX", "KWD", "IDR", "HUF")
"""An invoice of each kind of currency is looked at; it writes amounts as `labels.money` does."""
DESTINATION = {**ADDRESS, "country": "NO", "postal_code": "0150", "city": "Oslo"}


@pytest.fixture
def shop(stripe_stage: StripeStage) -> LambdaClient:
    """Ordering's API, in a shop with a tax whose amounts need rounding and a coupon that does, too."""
    pricing.tax(stripe_stage.db, "NO", 2475, included=False)
    pricing.coupon(stripe_stage.db, "ODD", kind="percentage", percent_basis_points=1333)
    return LambdaClient(importlib.import_module("functions.ordering.handlers.api").handler)


def test_what_is_shown_is_what_is_charged_in_every_currency(
    stripe_stage: StripeStage, shop: LambdaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limits, "_hit", lambda *_: 1)
    admin = stripe_stage.admin()
    for currency in CURRENCIES.values():
        stripe_stage.account.reset()
        forget_the_card(stripe_stage.db)
        bought = buy(stripe_stage, shop, admin, currency)
        assert bought["charged"] == decimal(bought["total"], currency), currency.code
        assert bought["refunded"] == decimal(bought["refund"], currency), currency.code
        assert 0 < bought["refund"] < bought["total"], currency.code
        total = f"{decimal(bought['total'], currency):,}"
        assert labels.money(bought["total"], currency.code).endswith(total), currency.code
        assert f"({currency.code}) {total}" in bought["invoice"] or currency.code not in PRINTED, currency.code
        assert books(stripe_stage.db, currency.code) == {
            "provider_balance": bought["total"] - bought["refund"] - bought["fee"],
            "provider_fees": bought["fee"],
            "customers": -(bought["total"] - bought["refund"]),
        }, currency.code


def buy(stage: StripeStage, shop: LambdaClient, admin: LambdaClient, currency: Currency) -> dict[str, Any]:
    """Seven units of an odd price, with tax and a coupon; one of them is refunded afterwards."""
    price = (max(currency.minimum, 997 * currency.step) + 4 * currency.step) // currency.step * currency.step
    shopper = Shopper(shop)
    shopper.add(variant(stage.db, amount=price, currency=currency.code, stock=QUANTITY), QUANTITY)
    assert shopper.send("POST", "/cart/coupons", json={"code": "ODD"}).status == 201
    checkout = shopper.check_out(shipping_address=DESTINATION).json()
    order = shopper.order(checkout["id"]).json()
    payer = stage.api.signed_in({"x-cart-token": shopper.token or ""})
    opened = payer.post(
        "/api/v1/payments/intent", json={"checkout_id": checkout["id"]}, headers={"Idempotency-Key": checkout["id"]}
    )
    assert opened.status == 201, opened.body
    assert opened.json()["amount"] == checkout["total_amount"] == order["total_amount"]
    payment = stage.db.execute(
        text("SELECT id, provider_payment_id FROM payments WHERE checkout_id = :id"), {"id": checkout["id"]}
    ).one()
    stage.pay(payment.provider_payment_id)
    stage.settle()
    assert stage.deliver(*stage.events()) == []
    refund = admin.post(
        f"/api/v1/admin/payments/{payment.id}/refunds",
        json={"lines": [{"order_item_id": order["items"][0]["id"], "quantity": 1}], "reason": "damaged"},
        headers={"Idempotency-Key": f"refund-{checkout['id']}"},
    )
    assert refund.status in (200, 201, 202), refund.body
    stage.settle()
    assert stage.deliver(*stage.events("refund.created")) == []
    intent = stage.account.client.v1.payment_intents.retrieve(payment.provider_payment_id)
    fees = stage.account.client.v1.balance_transactions.list(params={"limit": 100}).data
    return {
        "total": order["total_amount"],
        "charged": of_stripe(intent.amount_received, currency),
        "refund": refund.json()["amount"],
        "refunded": of_stripe(stage.refunds_at_provider()[0], currency),
        "fee": int(sum(of_stripe(each.fee, currency) for each in fees).scaleb(currency.places)),
        "invoice": invoice(shopper, order) if currency.code in PRINTED else "",
    }


def forget_the_card(db: Session) -> None:
    """Nobody pays with one card in so many currencies at once."""
    db.execute(text("DELETE FROM fraud_decisions"))
    db.commit()


def decimal(amount: int, currency: Currency) -> Decimal:
    return Decimal(money.to_decimal(amount, currency.code))


def of_stripe(amount: int, currency: Currency) -> Decimal:
    """What Stripe's dashboard shows of its amount."""
    return Decimal(at_stripe.formatted(amount, currency.code.lower()).split()[0])


def invoice(shopper: Shopper, order: dict[str, Any]) -> str:
    """What stands on its pages."""
    answer = shopper.send("GET", f"/orders/{order['id']}/invoice", query={"token": order["token"]})
    pages = PdfReader(io.BytesIO(answer.body)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def books(db: Session, currency: str) -> dict[str, int]:
    """What each account holds; the sides of the sale together."""
    db.rollback()
    rows = db.execute(
        text(
            "SELECT CASE WHEN account IN ('provider_balance', 'provider_fees') THEN account ELSE 'customers' END,"
            " sum(amount)::bigint FROM ledger_entries WHERE currency = :currency GROUP BY 1"
        ),
        {"currency": currency},
    )
    return {row[0]: row[1] for row in rows}
