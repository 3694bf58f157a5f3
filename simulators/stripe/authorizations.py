"""The end of what a payer was asked to authorize: with 3D Secure at the card's bank, or in the app of a wallet."""

from enum import Enum

from simulators.stripe import confirmation, setup_intents
from simulators.stripe.calls import Call
from simulators.stripe.documents import Document
from simulators.stripe.errors import ApiError, unexpected_state
from simulators.stripe.next_actions import return_address
from simulators.stripe.stripe_account import StripeAccount


class Outcome(Enum):
    """What the payer does."""

    COMPLETE = "complete"
    FAIL = "fail"
    EXPIRE = "expire"
    """Nothing, for so long that the attempt ends."""


def waiting_intent(account: StripeAccount, identifier: str) -> Document:
    """The payment or setup intent of this id; raises ApiError `resource_missing`."""
    setup = account.find("setup_intent", identifier)
    return setup if setup is not None else account.get("payment_intent", identifier)


def finish(account: StripeAccount, call: Call, intent: Document, outcome: Outcome) -> str | None:
    """Go on with an intent after its authorization; returns where the payer goes, None when nowhere was named.

    A decline after a completed authorization is no error here: the payer returns, and the intent tells.
    Raises ApiError (400) when the intent does not wait for authorization.
    """
    if intent["status"] != "requires_action":
        raise unexpected_state("This intent does not wait for authorization.", intent=intent)
    return_url = account.hidden(intent).get("return_url")
    is_payment = intent["object"] == "payment_intent"
    succeeded = outcome is Outcome.COMPLETE
    try:
        if not succeeded:
            fail = confirmation.fail if is_payment else setup_intents.fail
            fail(account, call, intent, _failure(intent["object"], outcome))
        elif is_payment:
            confirmation.settle(account, call, intent, authenticated=True)
        else:
            setup_intents.settle(account, call, intent)
    except ApiError:
        succeeded = False
    return return_address(return_url, intent, succeeded=succeeded) if return_url else None


def _failure(type_name: str, outcome: Outcome) -> ApiError:
    if outcome is Outcome.EXPIRE:
        # https://docs.stripe.com/error-codes#payment-intent-payment-attempt-expired
        return ApiError(
            402,
            "invalid_request_error",
            "The latest payment attempt of the PaymentIntent has expired. Provide a new payment method to attempt to "
            "fulfill this PaymentIntent again.",
            "payment_intent_payment_attempt_expired",
        )
    return ApiError(
        402,
        "invalid_request_error",
        "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new "
        "PaymentMethod to attempt to fulfill this PaymentIntent again.",
        f"{type_name}_authentication_failure",
    )
