"""What payment intents and setup intents have in common: the choice of a method, and confirmation by the payer."""

from typing import Any

from simulators.stripe.calls import Call
from simulators.stripe.documents import Document
from simulators.stripe.errors import invalid_request
from simulators.stripe.payment_methods import check_usable, new_payment_method, payment_method
from simulators.stripe.stripe_account import StripeAccount

CHOICE = ("allowed_payment_method_types", "excluded_payment_method_types")
PAYMENT_METHOD_CHOICE = (
    *CHOICE,
    "payment_method",
    "payment_method_data",
)
CONFIRMATION = ("error_on_requires_action", "off_session", "return_url", "use_stripe_sdk")

# What Stripe shows of an intent to the holder of a publishable key and the client secret.
_PUBLIC_FIELDS = """
    amount amount_details automatic_payment_methods canceled_at cancellation_reason capture_method client_secret
    confirmation_method created currency description id last_payment_error last_setup_error livemode next_action object
    payment_method payment_method_configuration_details payment_method_types processing receipt_email setup_future_usage
    shipping source status usage
"""
_PUBLIC = frozenset(_PUBLIC_FIELDS.split())


def public_view(intent: Document) -> Document:
    """The part of an intent that the payer's browser may see."""
    return {key: value for key, value in intent.items() if key in _PUBLIC}


def check_client_secret(intent: Document, call: Call) -> None:
    """Raise ApiError (400) when a payer does not know the intent's secret, or anybody gives a wrong one."""
    client_secret = call.client_secret
    if (call.publishable or client_secret is not None) and client_secret != intent["client_secret"]:
        noun = "PaymentIntent" if intent["object"] == "payment_intent" else "SetupIntent"
        raise invalid_request(
            f"The client_secret provided does not match any associated {noun} on this account. Ensure the provided "
            f"client_secret and {noun} ID are correct.",
            code=f"{intent['object']}_invalid_parameter",
            param="client_secret",
        )


def check_return_url(intent: Document, call: Call) -> None:
    """Raise ApiError (400) when a server confirms without saying where a redirected payer returns to.

    Stripe asks for it whenever dynamic payment methods are enabled and may redirect, even if the payer has a card.
    """
    automatic = intent["automatic_payment_methods"]
    redirects = automatic is not None and automatic["enabled"] and automatic.get("allow_redirects") != "never"
    return_url = call.params.get("return_url")
    if return_url is not None and not str(return_url).startswith(("http://", "https://")):
        raise invalid_request("Not a valid URL", code="url_invalid", param="return_url")
    if redirects and return_url is None and not call.publishable and not call.params.get("use_stripe_sdk"):
        noun = "PaymentIntent" if intent["object"] == "payment_intent" else "SetupIntent"
        raise invalid_request(
            f"This {noun} is configured to accept payment methods enabled in your Dashboard. Because some of these "
            f"payment methods might redirect your customer off of your page, you must provide a `return_url`. If you "
            f"don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` "
            f"and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment "
            f"Intents."
        )


def choose_payment_method(
    account: StripeAccount, intent: Document, params: dict[str, Any], customer: str | None
) -> Document | None:
    """The method that the parameters name or describe, None when they do neither.

    Raises ApiError (400) when the customer may not pay with it.
    """
    if "payment_method_data" in params:
        return new_payment_method(account, params["payment_method_data"])
    if not params.get("payment_method"):
        return None
    method = payment_method(account, params["payment_method"], param="payment_method")
    check_usable(account, method, customer)
    return method
