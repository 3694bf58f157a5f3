"""Refunds, full and partial, never above what was captured."""

from simulators.kit.identifiers import new_id
from simulators.stripe.balance import refund_failure_transaction, refund_transaction
from simulators.stripe.behaviour import RefundOutcome
from simulators.stripe.calls import LIST_PARAMETERS, Call, serves
from simulators.stripe.charges import check_refundable
from simulators.stripe.currencies import check_step, formatted, too_small_integer
from simulators.stripe.disputes import check_not_disputed
from simulators.stripe.documents import Document, new_document
from simulators.stripe.errors import invalid_request
from simulators.stripe.lists import page_of
from simulators.stripe.metadata import merge_metadata
from simulators.stripe.method_types import CARD
from simulators.stripe.payment_methods import behaviour_of
from simulators.stripe.stripe_account import StripeAccount, job


@serves("refunds.create", "amount", "charge", "payment_intent", "reason", "metadata")
def create(account: StripeAccount, call: Call) -> Document:
    params = call.params
    charge = _charge_to_refund(account, call)
    check_refundable(charge)
    check_not_disputed(account, charge)
    left = charge["amount_captured"] - _refunded_of_captured(charge)
    amount: int = params.get("amount", left)
    if amount < 1:
        raise too_small_integer("amount", least=1)
    currency = charge["currency"]
    check_step(amount, currency)
    if amount > left:
        raise invalid_request(
            f"Refund amount ({formatted(amount, currency)}) is greater than unrefunded amount on charge "
            f"({formatted(left, currency)})",
            param="amount",
        )
    outcome = _outcome_of(account, charge)
    pending = outcome is RefundOutcome.PENDING
    refund = _new_refund(account, charge, amount, "pending" if pending else "succeeded")
    refund["reason"] = params.get("reason")
    refund["metadata"] = merge_metadata(None, params.get("metadata") or {})
    account.add(refund)
    refund["balance_transaction"] = refund_transaction(account, refund)["id"]
    before = charge["amount_refunded"]
    _change_refunded(charge, amount)
    account.emit("refund.created", refund, call)
    account.emit("charge.refunded", charge, call, amount_refunded=before)
    if outcome is not RefundOutcome.SUCCEEDS:
        account.later("settle refund" if pending else "fail refund", refund["id"])
    return refund


@serves("refunds.retrieve")
def retrieve(account: StripeAccount, call: Call) -> Document:
    return account.get("refund", call.id)


@serves("refunds.list", "charge", "payment_intent", *LIST_PARAMETERS)
def list_all(account: StripeAccount, call: Call) -> Document:
    filters = {key: call.params[key] for key in ("charge", "payment_intent") if key in call.params}
    refunds = [
        refund for refund in account.all("refund") if all(refund[key] == value for key, value in filters.items())
    ]
    return page_of(refunds, call, "/v1/refunds")


@serves("refunds.update", "metadata")
def update(account: StripeAccount, call: Call) -> Document:
    refund = account.get("refund", call.id)
    before = refund["metadata"]
    refund["metadata"] = merge_metadata(before, call.params.get("metadata") or {})
    if refund["metadata"] != before:
        _announce_update(account, refund, call, metadata=before)
    return refund


@serves("refunds.cancel")
def cancel(account: StripeAccount, call: Call) -> Document:
    refund = account.get("refund", call.id)
    raise invalid_request(f"Refund {refund['id']} cannot be canceled: refunds like it cannot be canceled by the API.")


def release_uncaptured(account: StripeAccount, call: Call, charge: Document) -> None:
    """Give back the part of an authorization that is not captured; Stripe shows it as a refund of the charge."""
    amount = charge["amount"] - charge["amount_captured"]
    refund = account.add(_new_refund(account, charge, amount, "succeeded"))
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_captured"] == 0
    account.emit("refund.created", refund, call)
    account.emit("charge.refunded", charge, call, amount_refunded=charge["amount_refunded"] - amount)


@job("settle refund")
def settle(account: StripeAccount, identifier: str) -> None:
    """A pending refund succeeds."""
    refund = account.get("refund", identifier)
    refund["status"] = "succeeded"
    _announce_update(account, refund, None, status="pending")


@job("fail refund")
def fail(account: StripeAccount, identifier: str) -> None:
    """A refund that seemed to succeed fails: the money is the account's again."""
    refund = account.get("refund", identifier)
    charge = account.get("charge", refund["charge"])
    refund["status"] = "failed"
    # Stripe shows these two only of a refund that failed.
    refund["failure_reason"] = "expired_or_canceled_card"
    refund["failure_balance_transaction"] = refund_failure_transaction(account, refund)["id"]
    _change_refunded(charge, -refund["amount"])
    account.emit("refund.failed", refund, None, status="succeeded")
    _announce_update(account, refund, None, status="succeeded")


def _charge_to_refund(account: StripeAccount, call: Call) -> Document:
    params = call.params
    if "charge" in params:
        charge = account.get("charge", params["charge"], param="charge")
        if params.get("payment_intent", charge["payment_intent"]) != charge["payment_intent"]:
            raise invalid_request(
                f"Charge {charge['id']} does not belong to PaymentIntent {params['payment_intent']}.", param="charge"
            )
        return charge
    if "payment_intent" not in params:
        raise invalid_request(
            "One of the following params should be provided for this request: payment_intent or charge.",
            code="parameter_missing",
        )
    intent = account.get("payment_intent", params["payment_intent"], param="payment_intent")
    if intent["latest_charge"] is None:
        raise invalid_request(
            f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
            param="payment_intent",
        )
    return account.get("charge", intent["latest_charge"])


def _outcome_of(account: StripeAccount, charge: Document) -> RefundOutcome:
    method = account.find("payment_method", charge["payment_method"])
    return behaviour_of(account, method).refund if method else RefundOutcome.SUCCEEDS


def _refunded_of_captured(charge: Document) -> int:
    """How much of the captured amount is refunded; what was released uncaptured does not count."""
    released: int = charge["amount"] - charge["amount_captured"]
    refunded: int = charge["amount_refunded"] - released
    return refunded


def _change_refunded(charge: Document, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]


def _new_refund(account: StripeAccount, charge: Document, amount: int, status: str) -> Document:
    return new_document(
        "refund",
        id=new_id("re"),
        amount=amount,
        charge=charge["id"],
        created=account.now(),
        currency=charge["currency"],
        customer=charge["customer"],
        destination_details=_destination(charge["payment_method_details"]["type"]),
        metadata={},
        payment_intent=charge["payment_intent"],
        payment_method=charge["payment_method"],
        status=status,
    )


def _destination(method_type: str) -> Document:
    if method_type != CARD:
        return {method_type: {}, "type": method_type}
    card = {
        "reference": None,
        "reference_status": "pending",
        "reference_type": "acquirer_reference_number",
        "type": "refund",
    }
    return {"card": card, "type": "card"}


def _announce_update(account: StripeAccount, refund: Document, call: Call | None, **previous: object) -> None:
    account.emit("refund.updated", refund, call, **previous)
    # The older name of the same event, which Stripe still sends.
    account.emit("charge.refund.updated", refund, call, **previous)
