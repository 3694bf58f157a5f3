"""The attempt to pay an intent: what the card or wallet decides, and what follows for intent, charge and events."""

from dataclasses import dataclass

from simulators.stripe.behaviour import Authentication, Behaviour, Decline
from simulators.stripe.calls import Call
from simulators.stripe.charges import capture, new_charge, take
from simulators.stripe.documents import Document, snapshot_of
from simulators.stripe.errors import ApiError, card_error, invalid_request
from simulators.stripe.method_types import WALLETS
from simulators.stripe.next_actions import next_action
from simulators.stripe.payment_methods import attach_to, behaviour_of
from simulators.stripe.stripe_account import StripeAccount
from simulators.stripe.test_cards import TestCard

AUTHENTICATION_REQUIRED = Decline(
    "card_declined",
    "authentication_required",
    "Your card was declined. This transaction requires authentication.",
)
_AUTHENTICATION_REFUSED = Decline(
    "authentication_required",
    "authentication_required",
    "This payment required an authentication action to complete, but `error_on_requires_action` was set. When you're "
    "ready to upgrade your integration, see https://stripe.com/docs/payments/3d-secure for details.",
)


@dataclass(frozen=True)
class Attempt:
    """How an intent is confirmed: with the payer at hand or not, and where the payer returns to."""

    off_session: bool = False
    error_on_requires_action: bool = False
    return_url: str | None = None
    request_three_d_secure: str | None = None


def attempt(account: StripeAccount, call: Call, intent: Document, how: Attempt) -> None:
    """Confirm an intent that has a payment method.

    Raises ApiError (402) when the card is declined: the intent then waits for another payment method; (400) for a
    wallet that the payer cannot be sent to.
    """
    method = account.get("payment_method", intent["payment_method"])
    if method["type"] in WALLETS:
        _check_reachable(intent, method, how)
    card = behaviour_of(account, method)
    intent["last_payment_error"] = None
    intent["next_action"] = None
    if needs_authentication(card, how, set_up=bool(account.hidden(method).get("set_up"))):
        if how.off_session:
            decline(account, call, intent, AUTHENTICATION_REQUIRED)
        if how.error_on_requires_action:
            decline(account, call, intent, _AUTHENTICATION_REFUSED)
        intent["status"] = "requires_action"
        intent["next_action"] = next_action(call.base_url, intent, method, how.return_url)
        account.hidden(intent)["return_url"] = how.return_url
        account.emit("payment_intent.requires_action", intent, call)
        return
    settle(account, call, intent, authenticated=False)


def settle(account: StripeAccount, call: Call, intent: Document, *, authenticated: bool) -> None:
    """Charge an intent's card or wallet, after any authorization; raises ApiError (402) when it is declined."""
    method = account.get("payment_method", intent["payment_method"])
    card = behaviour_of(account, method)
    if card.decline is not None:
        decline(account, call, intent, card.decline)
    charge = new_charge(account, call, intent, decline=None, authenticated=authenticated)
    intent["latest_charge"] = charge["id"]
    intent["next_action"] = None
    intent["last_payment_error"] = None
    _keep_payment_method(account, call, intent, method)
    if intent["capture_method"] == "manual":
        intent["status"] = "requires_capture"
        intent["amount_capturable"] = intent["amount"]
        account.emit("charge.succeeded", charge, call)
        account.emit("payment_intent.amount_capturable_updated", intent, call)
        return
    if intent["capture_method"] == "automatic_async":
        take(charge, intent["amount"])
        account.later("settle charge", charge["id"])
    else:
        capture(account, charge, intent["amount"])
    intent["status"] = "succeeded"
    intent["amount_received"] = intent["amount"]
    account.emit("charge.succeeded", charge, call)
    account.emit("payment_intent.succeeded", intent, call)
    if card.dispute is not None:
        account.later("open dispute", charge["id"])


def decline(account: StripeAccount, call: Call, intent: Document, reason: Decline) -> None:
    """Fail the attempt: a failed charge, the error on the intent, the events; always raises ApiError (402)."""
    charge = new_charge(account, call, intent, decline=reason, authenticated=False)
    intent["latest_charge"] = charge["id"]
    account.emit("charge.failed", charge, call)
    details = {"charge": charge["id"]}
    error = card_error(
        reason.message, code=reason.code, decline_code=reason.decline_code, param=reason.param, **details
    )
    fail(account, call, intent, error)
    raise error


def fail(account: StripeAccount, call: Call, intent: Document, error: ApiError) -> None:
    """Record an error as the intent's last, let it wait for another payment method, and announce it."""
    method = account.get("payment_method", intent["payment_method"])
    recorded = error.body(call.request_id)["error"]
    recorded.pop("request_log_url", None)
    intent["last_payment_error"] = {**recorded, "payment_method": snapshot_of(method)}
    intent["payment_method"] = None
    intent["next_action"] = None
    intent["status"] = "requires_payment_method"
    error.details.update(payment_intent=snapshot_of(intent), payment_method=snapshot_of(method))
    account.emit("payment_intent.payment_failed", intent, call)


def needs_authentication(card: Behaviour, how: Attempt, *, set_up: bool) -> bool:
    """Whether the payer has to authorize this attempt: with 3D Secure (https://docs.stripe.com/testing#regulatory-cards)
    or in the wallet.
    """
    challenge_requested = how.request_three_d_secure in ("any", "challenge")
    if challenge_requested and card.three_d_secure_supported and isinstance(card, TestCard):
        return card.names[:1] == ("threeDSecureOptional",) or card.authentication is not Authentication.NEVER
    match card.authentication:
        case Authentication.ALWAYS:
            return True
        case Authentication.UNLESS_SET_UP:
            return not (set_up and how.off_session)
        case Authentication.ON_SESSION_ONLY:
            return not how.off_session
        case _:
            return False


def _check_reachable(intent: Document, method: Document, how: Attempt) -> None:
    wallet = WALLETS[method["type"]]
    if how.off_session:
        raise invalid_request(f"{wallet.title} payments need the customer; they cannot be made off session.")
    if wallet.redirects and how.return_url is None:
        raise invalid_request(
            f"A `return_url` is required to confirm this PaymentIntent with {wallet.title}.",
            code="payment_intent_redirect_confirmation_without_return_url",
            param="return_url",
        )
    options = (intent["payment_method_options"] or {}).get(wallet.name) or {}
    if not wallet.redirects and options.get("client") is None:
        raise invalid_request(
            f"Missing required param: payment_method_options[{wallet.name}][client].",
            code="parameter_missing",
            param=f"payment_method_options[{wallet.name}][client]",
        )


def _keep_payment_method(account: StripeAccount, call: Call, intent: Document, method: Document) -> None:
    hidden = account.hidden(method)
    if intent["setup_future_usage"]:
        hidden["set_up"] = True
    if method["customer"] is None:
        if intent["setup_future_usage"] and intent["customer"]:
            attach_to(account, method, intent["customer"], call)
        else:
            hidden["used_up"] = True
