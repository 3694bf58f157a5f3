"""Refunds, full and partial, never above what was captured."""

from infra.local.stripe.balance import refund_failure_transaction, refund_transaction
from infra.local.stripe.behaviour import RefundOutcome
from infra.local.stripe.calls import LIST_PARAMETERS, Call, serves
from infra.local.stripe.charges import check_refundable
from infra.local.stripe.currencies import formatted, too_small_integer
from infra.local.stripe.disputes import check_not_disputed
from infra.local.stripe.documents import Document, new_document, now
from infra.local.stripe.errors import invalid_request
from infra.local.stripe.identifiers import new_id
from infra.local.stripe.lists import page_of
from infra.local.stripe.metadata import merge_metadata
from infra.local.stripe.method_types import CARD
from infra.local.stripe.payment_methods import behaviour_of
from infra.local.stripe.simulator import Simulator, job


@serves("refunds.create", "amount", "charge", "payment_intent", "reason", "metadata")
def create(simulator: Simulator, call: Call) -> Document:
    params = call.params
    charge = _charge_to_refund(simulator, call)
    check_refundable(charge)
    check_not_disputed(simulator, charge)
    left = charge["amount_captured"] - _refunded_of_captured(charge)
    amount: int = params.get("amount", left)
    if amount < 1:
        raise too_small_integer("amount", least=1)
    if amount > left:
        currency = charge["currency"]
        raise invalid_request(
            f"Refund amount ({formatted(amount, currency)}) is greater than unrefunded amount on charge "
            f"({formatted(left, currency)})",
            param="amount",
        )
    outcome = _outcome_of(simulator, charge)
    pending = outcome is RefundOutcome.PENDING
    refund = _new_refund(charge, amount, "pending" if pending else "succeeded")
    refund["reason"] = params.get("reason")
    refund["metadata"] = merge_metadata(None, params.get("metadata") or {})
    simulator.add(refund)
    refund["balance_transaction"] = refund_transaction(simulator, refund)["id"]
    before = charge["amount_refunded"]
    _change_refunded(charge, amount)
    simulator.emit("refund.created", refund, call)
    simulator.emit("charge.refunded", charge, call, amount_refunded=before)
    if outcome is not RefundOutcome.SUCCEEDS:
        simulator.later("settle refund" if pending else "fail refund", refund["id"])
    return refund


@serves("refunds.retrieve")
def retrieve(simulator: Simulator, call: Call) -> Document:
    return simulator.get("refund", call.id)


@serves("refunds.list", "charge", "payment_intent", *LIST_PARAMETERS)
def list_all(simulator: Simulator, call: Call) -> Document:
    wanted = {key: call.params[key] for key in ("charge", "payment_intent") if key in call.params}
    found = [refund for refund in simulator.all("refund") if all(refund[key] == value for key, value in wanted.items())]
    return page_of(found, call, "/v1/refunds")


@serves("refunds.update", "metadata")
def update(simulator: Simulator, call: Call) -> Document:
    refund = simulator.get("refund", call.id)
    before = refund["metadata"]
    refund["metadata"] = merge_metadata(before, call.params.get("metadata") or {})
    if refund["metadata"] != before:
        _announce_update(simulator, refund, call, metadata=before)
    return refund


@serves("refunds.cancel")
def cancel(simulator: Simulator, call: Call) -> Document:
    refund = simulator.get("refund", call.id)
    raise invalid_request(f"Refund {refund['id']} cannot be canceled: refunds like it cannot be canceled by the API.")


def release_uncaptured(simulator: Simulator, call: Call, charge: Document) -> None:
    """Give back the part of an authorization that is not captured; Stripe shows it as a refund of the charge."""
    amount = charge["amount"] - charge["amount_captured"]
    refund = simulator.add(_new_refund(charge, amount, "succeeded"))
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_captured"] == 0
    simulator.emit("refund.created", refund, call)
    simulator.emit("charge.refunded", charge, call, amount_refunded=charge["amount_refunded"] - amount)


@job("settle refund")
def settle(simulator: Simulator, identifier: str) -> None:
    """A pending refund succeeds."""
    refund = simulator.get("refund", identifier)
    refund["status"] = "succeeded"
    _announce_update(simulator, refund, None, status="pending")


@job("fail refund")
def fail(simulator: Simulator, identifier: str) -> None:
    """A refund that seemed to succeed fails: the money is the account's again."""
    refund = simulator.get("refund", identifier)
    charge = simulator.get("charge", refund["charge"])
    refund["status"] = "failed"
    # Stripe shows these two only of a refund that failed.
    refund["failure_reason"] = "expired_or_canceled_card"
    refund["failure_balance_transaction"] = refund_failure_transaction(simulator, refund)["id"]
    _change_refunded(charge, -refund["amount"])
    simulator.emit("refund.failed", refund, None, status="succeeded")
    _announce_update(simulator, refund, None, status="succeeded")


def _charge_to_refund(simulator: Simulator, call: Call) -> Document:
    params = call.params
    if "charge" in params:
        charge = simulator.get("charge", params["charge"], param="charge")
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
    intent = simulator.get("payment_intent", params["payment_intent"], param="payment_intent")
    if intent["latest_charge"] is None:
        raise invalid_request(
            f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
            param="payment_intent",
        )
    return simulator.get("charge", intent["latest_charge"])


def _outcome_of(simulator: Simulator, charge: Document) -> RefundOutcome:
    method = simulator.find("payment_method", charge["payment_method"])
    return behaviour_of(simulator, method).refund if method else RefundOutcome.SUCCEEDS


def _refunded_of_captured(charge: Document) -> int:
    """How much of the captured amount is refunded; what was released uncaptured does not count."""
    released: int = charge["amount"] - charge["amount_captured"]
    refunded: int = charge["amount_refunded"] - released
    return refunded


def _change_refunded(charge: Document, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]


def _new_refund(charge: Document, amount: int, status: str) -> Document:
    return new_document(
        "refund",
        id=new_id("re"),
        amount=amount,
        charge=charge["id"],
        created=now(),
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


def _announce_update(simulator: Simulator, refund: Document, call: Call | None, **previous: object) -> None:
    simulator.emit("refund.updated", refund, call, **previous)
    # The older name of the same event, which Stripe still sends.
    simulator.emit("charge.refund.updated", refund, call, **previous)
