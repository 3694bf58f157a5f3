"""Charges: the attempts to take money that confirmations of payment intents make."""

from simulators.kit.identifiers import new_id, random_text
from simulators.stripe.balance import charge_transaction
from simulators.stripe.behaviour import Behaviour, Decline
from simulators.stripe.calls import LIST_PARAMETERS, Call, serves
from simulators.stripe.documents import Document, fixtures, new_document
from simulators.stripe.errors import invalid_request
from simulators.stripe.lists import page_of
from simulators.stripe.metadata import merge_metadata
from simulators.stripe.method_types import CARD
from simulators.stripe.payment_methods import behaviour_of, card_behind
from simulators.stripe.stripe_account import StripeAccount, job
from simulators.stripe.test_cards import TestCard

_HOME_COUNTRY = "US"
_TAKEN_FROM_THE_INTENT = (
    "amount",
    "application_fee_amount",
    "currency",
    "customer",
    "description",
    "on_behalf_of",
    "receipt_email",
    "shipping",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_group",
)


@serves("charges.retrieve")
def retrieve(account: StripeAccount, call: Call) -> Document:
    return account.get("charge", call.id)


@serves("charges.list", "customer", "payment_intent", "transfer_group", *LIST_PARAMETERS)
def list_all(account: StripeAccount, call: Call) -> Document:
    filters = {key: call.params[key] for key in ("customer", "payment_intent", "transfer_group") if key in call.params}
    charges = [
        charge for charge in account.all("charge") if all(charge[key] == value for key, value in filters.items())
    ]
    return page_of(charges, call, "/v1/charges")


@serves("charges.update", "description", "metadata", "receipt_email", "shipping", "transfer_group")
def update(account: StripeAccount, call: Call) -> Document:
    charge = account.get("charge", call.id)
    params = call.params
    before = dict(charge)
    for name in ("description", "receipt_email", "shipping", "transfer_group"):
        if name in params:
            charge[name] = params[name] or None
    if "metadata" in params:
        charge["metadata"] = merge_metadata(charge["metadata"], params["metadata"])
    changed = {key: value for key, value in before.items() if charge[key] != value}
    if changed:
        account.emit("charge.updated", charge, call, **changed)
    return charge


def new_charge(
    account: StripeAccount, call: Call, intent: Document, *, decline: Decline | None, authenticated: bool
) -> Document:
    """The charge of one attempt to confirm an intent, succeeded (not yet captured) or failed; not yet announced."""
    method = account.get("payment_method", intent["payment_method"])
    identifier = new_id("ch")
    charge = new_document(
        "charge",
        id=identifier,
        amount_captured=0,
        amount_refunded=0,
        billing_details=dict(method["billing_details"]),
        calculated_statement_descriptor="SHARESTACK",
        captured=False,
        created=account.now(),
        disputed=False,
        failure_code=decline.code if decline else None,
        failure_message=decline.message if decline else None,
        fraud_details={},
        metadata=dict(intent["metadata"]),
        outcome=_outcome(behaviour_of(account, method), decline),
        paid=decline is None,
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details=_method_details(account, method, intent, authenticated=authenticated),
        refunded=False,
        status="succeeded" if decline is None else "failed",
        **{name: intent[name] for name in _TAKEN_FROM_THE_INTENT},
    )
    if decline is None:
        charge["receipt_url"] = f"{call.base_url}/#{identifier}"
    return account.add(charge)


def capture(account: StripeAccount, charge: Document, amount: int) -> None:
    """Take this much (minor units) of an authorized charge; the money enters the balance at once."""
    take(charge, amount)
    enter_balance(account, charge)


def take(charge: Document, amount: int) -> None:
    """Mark this much of a charge as captured."""
    charge["captured"] = True
    charge["amount_captured"] = amount


def enter_balance(account: StripeAccount, charge: Document) -> None:
    method = account.find("payment_method", charge["payment_method"])
    details = charge["payment_method_details"]
    transaction = charge_transaction(
        account,
        charge,
        charge["amount_captured"],
        international=details["type"] == CARD and details[CARD]["country"] != _HOME_COUNTRY,
        available=method is not None and behaviour_of(account, method).bypass_pending,
    )
    charge["balance_transaction"] = transaction["id"]


@job("settle charge")
def settle(account: StripeAccount, identifier: str) -> None:
    """The end of an asynchronous capture: the balance transaction exists, and `charge.updated` says so."""
    charge = account.get("charge", identifier)
    enter_balance(account, charge)
    account.emit("charge.updated", charge, None, balance_transaction=None)


def check_refundable(charge: Document) -> None:
    """Raise ApiError (400) when nothing of the charge can be refunded."""
    if charge["status"] != "succeeded" or not charge["captured"]:
        raise invalid_request(
            f"This PaymentIntent ({charge['payment_intent']}) does not have a successful charge to refund.",
            param="payment_intent",
        )
    if charge["refunded"]:
        raise invalid_request(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")


def _outcome(card: Behaviour, decline: Decline | None) -> Document:
    outcome: Document = dict.fromkeys(fixtures()["charge"]["outcome"])
    outcome["risk_level"] = card.risk_level
    if decline is None:
        outcome.update(network_status="approved_by_network", seller_message="Payment complete.", type="authorized")
    elif card.blocked:
        outcome.update(
            network_status="not_sent_to_network",
            reason="highest_risk_level",
            seller_message="Stripe blocked this payment as too risky.",
            type="blocked",
        )
    else:
        outcome.update(
            network_status="declined_by_network",
            reason=decline.decline_code or decline.code,
            seller_message="The bank returned a decline code.",
            type="issuer_declined",
        )
    return outcome


def _method_details(account: StripeAccount, method: Document, intent: Document, *, authenticated: bool) -> Document:
    kind = method["type"]
    if kind == CARD:
        card = card_behind(account, method)
        return {CARD: _card_details(method, card, intent, authenticated=authenticated), "type": CARD}
    # The simulator knows one payer of each wallet.
    details: Document = {"fingerprint": f"simulated{kind}", "transaction_id": random_text(28)}
    more = {"buyer_id": "2088000000000000"} if kind == "alipay" else {"location": None, "reader": None}
    return {kind: {**details, **more}, "type": kind}


def _card_details(method: Document, card: TestCard, intent: Document, *, authenticated: bool) -> Document:
    shown = method["card"]
    billing = method["billing_details"]["address"]
    details: Document = dict.fromkeys(fixtures()["charge"]["payment_method_details"]["card"])
    details.update({key: shown[key] for key in ("brand", "country", "exp_month", "exp_year", "fingerprint")})
    details.update(
        amount_authorized=intent["amount"],
        authorization_code=random_text(6).upper(),
        checks={
            "address_line1_check": card.line1_check if billing["line1"] else None,
            "address_postal_code_check": card.postal_code_check if billing["postal_code"] else None,
            "cvc_check": card.cvc_check if shown["checks"]["cvc_check"] else None,
        },
        extended_authorization={"status": "disabled"},
        funding=shown["funding"],
        incremental_authorization={"status": "unavailable"},
        last4=shown["last4"],
        multicapture={"status": "unavailable"},
        network=shown["brand"],
        network_token={"used": False},
        overcapture={"maximum_amount_capturable": intent["amount"], "status": "unavailable"},
        regulated_status=shown["regulated_status"],
        wallet=shown["wallet"],
    )
    if authenticated:
        details["three_d_secure"] = {
            **dict.fromkeys(fixtures()["charge"]["payment_method_details"]["card"]["three_d_secure"]),
            "authentication_flow": "challenge",
            "electronic_commerce_indicator": "05",
            "result": "authenticated",
            "version": "2.2.0",
        }
    return details
