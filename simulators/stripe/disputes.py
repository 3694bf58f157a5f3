"""Disputes of card payments: https://docs.stripe.com/disputes/how-disputes-work.

Cards of the table make them some time after the charge. What the bank decides is told by the evidence, as in Stripe's
test mode (https://docs.stripe.com/testing#disputes): the text `winning_evidence` wins, `losing_evidence` loses.
"""

from typing import Any

from simulators.kit.identifiers import new_id
from simulators.stripe.balance import dispute_reversal_transaction, dispute_transaction
from simulators.stripe.calls import LIST_PARAMETERS, Call, serves
from simulators.stripe.documents import Document, fixtures, new_document
from simulators.stripe.errors import invalid_request
from simulators.stripe.lists import page_of
from simulators.stripe.metadata import merge_metadata
from simulators.stripe.payment_methods import behaviour_of
from simulators.stripe.stripe_account import StripeAccount, job

_NEEDS_RESPONSE = ("needs_response", "warning_needs_response")
_WINNING, _LOSING = "winning_evidence", "losing_evidence"
_DAYS_TO_ANSWER = 9
_LONGEST_EVIDENCE = 150_000


@serves("disputes.retrieve")
def retrieve(account: StripeAccount, call: Call) -> Document:
    return account.get("dispute", call.id)


@serves("disputes.list", "charge", "payment_intent", *LIST_PARAMETERS)
def list_all(account: StripeAccount, call: Call) -> Document:
    filters = {key: call.params[key] for key in ("charge", "payment_intent") if key in call.params}
    disputes = [
        dispute for dispute in account.all("dispute") if all(dispute[key] == value for key, value in filters.items())
    ]
    return page_of(disputes, call, "/v1/disputes")


@serves("disputes.update", "evidence", "metadata", "submit")
def update(account: StripeAccount, call: Call) -> Document:
    dispute = account.get("dispute", call.id)
    params = call.params
    before = {"evidence": dict(dispute["evidence"]), "status": dispute["status"]}
    if "metadata" in params:
        dispute["metadata"] = merge_metadata(dispute["metadata"], params["metadata"])
    if "evidence" in params:
        _check_open(dispute)
        _add_evidence(dispute, params["evidence"])
    if params.get("submit", "evidence" in params):
        _check_open(dispute)
        _submit(account, dispute)
    account.emit("charge.dispute.updated", dispute, call, **before)
    return dispute


@serves("disputes.close")
def close(account: StripeAccount, call: Call) -> Document:
    dispute = account.get("dispute", call.id)
    _check_open(dispute)
    _end(account, dispute, won=False)
    return dispute


@job("open dispute")
def open_dispute(account: StripeAccount, identifier: str) -> None:
    """The cardholder complained: the bank takes its money back, or (an inquiry) only asks."""
    charge = account.get("charge", identifier)
    method = account.get("payment_method", charge["payment_method"])
    cause = behaviour_of(account, method).dispute
    if cause is None:
        return
    created = account.now()
    dispute = new_document(
        "dispute",
        id=new_id("dp"),
        amount=charge["amount_captured"] - charge["amount_refunded"],
        balance_transactions=[],
        charge=charge["id"],
        created=created,
        currency=charge["currency"],
        enhanced_eligibility_types=[],
        evidence={**dict.fromkeys(fixtures()["dispute"]["evidence"]), "enhanced_evidence": {}},
        evidence_details={
            "due_by": created + _DAYS_TO_ANSWER * 24 * 3600,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        is_charge_refundable=cause.inquiry,
        metadata={},
        payment_intent=charge["payment_intent"],
        payment_method_details={
            "card": {
                "brand": method["card"]["brand"],
                "case_type": "inquiry" if cause.inquiry else "chargeback",
                "network": method["card"]["brand"],
                "network_reason_code": cause.network_code,
            },
            "type": "card",
        },
        reason=cause.reason,
        status="warning_needs_response" if cause.inquiry else "needs_response",
    )
    account.add(dispute)
    charge["disputed"] = True
    if not cause.inquiry:
        dispute["balance_transactions"] = [dispute_transaction(account, dispute)]
    account.emit("charge.dispute.created", dispute, None)
    if not cause.inquiry:
        account.emit("charge.dispute.funds_withdrawn", dispute, None)


@job("decide dispute")
def decide(account: StripeAccount, identifier: str) -> None:
    """The bank decides by the evidence."""
    dispute = account.get("dispute", identifier)
    _end(account, dispute, won=dispute["evidence"]["uncategorized_text"] == _WINNING)


def check_not_disputed(account: StripeAccount, charge: Document) -> None:
    """Raise ApiError (400) where the bank has reversed the charge that a refund would return."""
    for dispute in account.all("dispute"):
        if dispute["charge"] == charge["id"] and not dispute["is_charge_refundable"] and dispute["status"] != "won":
            raise invalid_request(
                f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed"
            )


def _add_evidence(dispute: Document, evidence: dict[str, Any]) -> None:
    texts = [value for value in evidence.values() if isinstance(value, str)]
    if sum(map(len, texts)) > _LONGEST_EVIDENCE:
        raise invalid_request(f"Evidence may have at most {_LONGEST_EVIDENCE} characters.", param="evidence")
    dispute["evidence"].update({name: value or None for name, value in evidence.items()})
    dispute["evidence_details"]["has_evidence"] = any(isinstance(value, str) for value in dispute["evidence"].values())


def _submit(account: StripeAccount, dispute: Document) -> None:
    dispute["evidence_details"]["submission_count"] += 1
    dispute["status"] = "warning_under_review" if dispute["status"].startswith("warning_") else "under_review"
    if dispute["evidence"]["uncategorized_text"] in (_WINNING, _LOSING):
        account.later("decide dispute", dispute["id"])


def _end(account: StripeAccount, dispute: Document, *, won: bool) -> None:
    before = dispute["status"]
    inquiry = before.startswith("warning_")
    dispute["status"] = "warning_closed" if inquiry else "won" if won else "lost"
    if won and not inquiry:
        dispute["balance_transactions"].append(dispute_reversal_transaction(account, dispute))
        account.emit("charge.dispute.funds_reinstated", dispute, None)
    account.emit("charge.dispute.closed", dispute, None, status=before)


def _check_open(dispute: Document) -> None:
    if dispute["status"] not in _NEEDS_RESPONSE:
        raise invalid_request(f"This dispute is {dispute['status']} and takes no more evidence.", code="dispute_closed")
