"""Payouts: money of the balance on its way to the account's bank."""

from infra.local.stripe.balance import payout_transaction
from infra.local.stripe.calls import Call, serves
from infra.local.stripe.currencies import check_currency, too_small_integer
from infra.local.stripe.documents import Document, new_document, now
from infra.local.stripe.identifiers import new_id
from infra.local.stripe.metadata import merge_metadata
from infra.local.stripe.simulator import Simulator


@serves("payouts.create", "amount", "currency", "description", "metadata")
def create(simulator: Simulator, call: Call) -> Document:
    params = call.params
    if params["amount"] < 1:
        raise too_small_integer("amount", least=1)
    payout = new_document(
        "payout",
        id=new_id("po"),
        amount=params["amount"],
        arrival_date=now(),
        automatic=False,
        created=now(),
        currency=check_currency(params["currency"]),
        description=params.get("description"),
        metadata=merge_metadata(None, params.get("metadata") or {}),
        method="standard",
        source_type="card",
        status="pending",
        type="bank_account",
    )
    simulator.add(payout)
    payout["balance_transaction"] = payout_transaction(simulator, payout)["id"]
    simulator.emit("payout.created", payout, call)
    return payout


@serves("payouts.retrieve")
def retrieve(simulator: Simulator, call: Call) -> Document:
    return simulator.get("payout", call.id)
