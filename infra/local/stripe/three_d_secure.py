"""The end of a 3D Secure authentication: the payer passes or fails it."""

from infra.local.stripe import confirmation, setup_intents
from infra.local.stripe.calls import Call
from infra.local.stripe.documents import Document
from infra.local.stripe.errors import ApiError, unexpected_state
from infra.local.stripe.next_actions import return_address
from infra.local.stripe.simulator import Simulator


def waiting_intent(simulator: Simulator, identifier: str) -> Document:
    """The payment or setup intent of this id; raises ApiError `resource_missing`."""
    setup = simulator.find("setup_intent", identifier)
    return setup if setup is not None else simulator.get("payment_intent", identifier)


def finish(simulator: Simulator, call: Call, intent: Document, *, passed: bool) -> str | None:
    """Go on with an intent after its authentication; returns where the payer goes, None when nowhere was named.

    A decline after a passed authentication is no error here: the payer returns, and the intent tells.
    Raises ApiError (400) when the intent does not wait for authentication.
    """
    if intent["status"] != "requires_action":
        raise unexpected_state("This intent does not wait for authentication.", intent=intent)
    return_url = simulator.hidden(intent).get("return_url")
    is_payment = intent["object"] == "payment_intent"
    try:
        if not passed:
            fail = confirmation.fail if is_payment else setup_intents.fail
            fail(simulator, call, intent, _failure(intent["object"]))
        elif is_payment:
            confirmation.settle(simulator, call, intent, authenticated=True)
        else:
            setup_intents.settle(simulator, call, intent)
    except ApiError:
        passed = False
    return return_address(return_url, intent, succeeded=passed) if return_url else None


def _failure(type_name: str) -> ApiError:
    return ApiError(
        402,
        "invalid_request_error",
        "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new "
        "PaymentMethod to attempt to fulfill this PaymentIntent again.",
        f"{type_name}_authentication_failure",
    )
