"""Payouts: money of the balance on its way to the account's bank."""

from simulators.kit.identifiers import new_id
from simulators.stripe.balance import payout_transaction
from simulators.stripe.calls import Call, serves
from simulators.stripe.currencies import check_currency, check_payout, too_small_integer
from simulators.stripe.documents import Document, new_document
from simulators.stripe.metadata import merge_metadata
from simulators.stripe.stripe_account import StripeAccount


@serves("payouts.create", "amount", "currency", "description", "metadata")
def create(account: StripeAccount, call: Call) -> Document:
    params = call.params
    if params["amount"] < 1:
        raise too_small_integer("amount", least=1)
    currency = check_currency(params["currency"])
    check_payout(params["amount"], currency)
    payout = new_document(
        "payout",
        id=new_id("po"),
        amount=params["amount"],
        arrival_date=account.now(),
        automatic=False,
        created=account.now(),
        currency=currency,
        description=params.get("description"),
        metadata=merge_metadata(None, params.get("metadata") or {}),
        method="standard",
        source_type="card",
        status="pending",
        type="bank_account",
    )
    account.add(payout)
    payout["balance_transaction"] = payout_transaction(account, payout)["id"]
    account.emit("payout.created", payout, call)
    return payout


@serves("payouts.retrieve")
def retrieve(account: StripeAccount, call: Call) -> Document:
    return account.get("payout", call.id)
