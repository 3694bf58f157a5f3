"""Payment methods that an account can offer: https://docs.stripe.com/payments/payment-methods/payment-method-support.

Alipay and WeChat Pay are wallets whose payer authorizes every payment in the wallet's own app, so there is nothing to
save, to capture later or to dispute, and refunds are asynchronous. Both are offered for renminbi, and for the account's
own currency where the wallet knows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from simulators.stripe.behaviour import Authentication, Behaviour, RefundOutcome
from simulators.stripe.dashboard import Dashboard
from simulators.stripe.documents import Document
from simulators.stripe.errors import invalid_request

CARD: Final = "card"
_RENMINBI: Final = "cny"


@dataclass(frozen=True)
class Wallet:
    """A method that is authorized in the app of its own."""

    name: str
    title: str
    currencies: frozenset[str]
    # Where the payer is sent to another page; otherwise a code to scan is shown on this one.
    redirects: bool

    @property
    def behaviour(self) -> Behaviour:
        return _AUTHORIZED_BY_THE_PAYER


_AUTHORIZED_BY_THE_PAYER = Behaviour(
    attachable=False,
    authentication=Authentication.ALWAYS,
    three_d_secure_supported=False,
    refund=RefundOutcome.PENDING,
    risk_level="not_assessed",
)

# https://docs.stripe.com/payments/alipay, https://docs.stripe.com/payments/wechat-pay
_ALIPAY_CURRENCIES = "aud cad cny eur gbp hkd jpy myr nzd sgd usd"
_WECHAT_PAY_CURRENCIES = "aud cad chf cny dkk eur gbp hkd jpy nok sek sgd usd"

WALLETS: Final = {
    "alipay": Wallet("alipay", "Alipay", frozenset(_ALIPAY_CURRENCIES.split()), redirects=True),
    "wechat_pay": Wallet("wechat_pay", "WeChat Pay", frozenset(_WECHAT_PAY_CURRENCIES.split()), redirects=False),
}


def offered(dashboard: Dashboard, intent: Document, choice: Mapping[str, Any]) -> list[str]:
    """The types that a payment intent offers: those of the account that its currency and its other settings allow, less
    what `choice` (the parameters that allow or exclude types) leaves out.

    Raises ApiError (400) when none is left.
    """
    automatic = intent["automatic_payment_methods"]
    redirects = automatic is None or automatic.get("allow_redirects") != "never"
    later = intent["setup_future_usage"] is not None or intent["capture_method"] == "manual"

    def possible(name: str) -> bool:
        wallet = WALLETS.get(name)
        if wallet is None:
            return True
        own = intent["currency"] in (_RENMINBI, dashboard.default_currency) and intent["currency"] in wallet.currencies
        return own and not later and (redirects or not wallet.redirects)

    return _chosen([name for name in dashboard.payment_methods if possible(name)], choice)


def reusable(dashboard: Dashboard, choice: Mapping[str, Any]) -> list[str]:
    """The types that a setup intent offers. Raises ApiError (400) when none is left."""
    return _chosen([name for name in dashboard.payment_methods if name not in WALLETS], choice)


def check_offered(intent: Document, method: Document) -> None:
    """Raise ApiError (400) for a payment method of a type that the intent does not offer."""
    if method["type"] not in intent["payment_method_types"]:
        noun = "PaymentIntent" if intent["object"] == "payment_intent" else "SetupIntent"
        raise invalid_request(
            f"The PaymentMethod provided ({method['type']}) is not allowed for this {noun}. Please attach a compatible "
            f"PaymentMethod: one of {', '.join(intent['payment_method_types'])}.",
            code="payment_intent_incompatible_payment_method",
            param="payment_method",
        )


def _chosen(names: list[str], choice: Mapping[str, Any]) -> list[str]:
    allowed = choice.get("allowed_payment_method_types") or names
    excluded = choice.get("excluded_payment_method_types") or ()
    left = [name for name in names if name in allowed and name not in excluded]
    if not left:
        raise invalid_request("No valid payment method types for this intent.", param="allowed_payment_method_types")
    return left
