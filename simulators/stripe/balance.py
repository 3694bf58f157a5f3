"""Balance transactions: what a charge or refund moves in the account's balance, with Stripe's fee."""

from simulators.kit.identifiers import new_id
from simulators.stripe.calls import LIST_PARAMETERS, Call, serves
from simulators.stripe.currencies import THREE_DECIMAL, ZERO_DECIMAL, step
from simulators.stripe.dashboard import converted
from simulators.stripe.documents import Document, new_document
from simulators.stripe.lists import page_of
from simulators.stripe.stripe_account import StripeAccount

# The published price of a card payment in the United States (https://stripe.com/pricing): 2.9 % + 30 cents, and 1.5 %
# more for cards of other countries. Other currencies use the same shares, with 30 minor (or 30 whole) units. Fees are
# whole where the currency is.
_SHARE_PER_MILLE = 29
_INTERNATIONAL_PER_MILLE = 15
_FIXED_FEE = 30
# https://stripe.com/pricing: what converting a currency costs in the United States.
_CONVERSION_PER_MILLE = 10
# https://stripe.com/pricing: 15 dollars a dispute, here 1500 minor units of any currency.
DISPUTE_FEE = 1500
_TWO_DAYS = 2 * 24 * 3600


@serves("balance_transactions.retrieve")
def retrieve(account: StripeAccount, call: Call) -> Document:
    return account.get("balance_transaction", call.id)


@serves("balance_transactions.list", "currency", "source", "type", *LIST_PARAMETERS)
def list_all(account: StripeAccount, call: Call) -> Document:
    filters = {key: call.params[key] for key in ("currency", "source", "type") if key in call.params}
    transactions = [
        transaction
        for transaction in account.all("balance_transaction")
        if all(transaction[key] == value for key, value in filters.items())
    ]
    return page_of(transactions, call, "/v1/balance_transactions")


def charge_transaction(
    account: StripeAccount, charge: Document, amount: int, *, international: bool, available: bool
) -> Document:
    """Money of a captured charge entering the balance, less the fee."""
    return _add(
        account, charge, amount=amount, fee=None, kind="charge", available=available, international=international
    )


def refund_transaction(account: StripeAccount, refund: Document) -> Document:
    """Money of a refund leaving the balance; Stripe does not return the fee of the charge."""
    return _add(account, refund, amount=-refund["amount"], fee=0, kind="refund", available=True)


def refund_failure_transaction(account: StripeAccount, refund: Document) -> Document:
    """Money of a failed refund returning to the balance."""
    return _add(account, refund, amount=refund["amount"], fee=0, kind="refund_failure", available=True)


def dispute_transaction(account: StripeAccount, dispute: Document) -> Document:
    """The disputed money and the dispute fee leaving the balance."""
    return _add(
        account, dispute, amount=-dispute["amount"], fee=DISPUTE_FEE, kind="adjustment", available=True,
        category="dispute",
    )  # fmt: skip


def dispute_reversal_transaction(account: StripeAccount, dispute: Document) -> Document:
    """The disputed money returning to the balance after the dispute was won; the fee does not."""
    return _add(
        account, dispute, amount=dispute["amount"], fee=0, kind="adjustment", available=True,
        category="dispute_reversal",
    )  # fmt: skip


def payout_transaction(account: StripeAccount, payout: Document) -> Document:
    """Money leaving the balance for the bank."""
    return _add(account, payout, amount=-payout["amount"], fee=0, kind="payout", available=True)


def _fee(amount: int, currency: str, *, international: bool) -> int:
    per_mille = _SHARE_PER_MILLE + (_INTERNATIONAL_PER_MILLE if international else 0)
    # No fee exceeds the amount.
    unit = _unit(currency)
    has_room = (currency not in ZERO_DECIMAL and unit == 1) or amount > _FIXED_FEE * unit
    return min(_share(amount, per_mille, unit) + (_FIXED_FEE * unit if has_room else 0), amount)


def _unit(currency: str) -> int:
    """The smallest fee: 1 minor unit, or a whole unit where there are no others."""
    return 1 if currency in THREE_DECIMAL else step(currency)


def _share(amount: int, per_mille: int, unit: int) -> int:
    """So many thousandths, rounded half up to a multiple of `unit`."""
    return (amount * per_mille + 500 * unit) // (1000 * unit) * unit


def _add(
    account: StripeAccount,
    source: Document,
    *,
    amount: int,
    fee: int | None,
    kind: str,
    available: bool,
    international: bool = False,
    category: str | None = None,
) -> Document:
    """A balance transaction of so much in the source's currency, in the currency that this settles in, at the rate of
    now. `fee` is in that currency; None is the price of a charge.
    """
    created = account.now()
    currency, rate = account.dashboard.settlement(source["currency"])
    settled = converted(amount, rate)
    fees = _fees(settled, currency, fee, international=international, exchanged=rate is not None)
    total = sum(one["amount"] for one in fees)
    return account.add(
        new_document(
            "balance_transaction",
            id=new_id("txn"),
            amount=settled,
            available_on=created if available else created + _TWO_DAYS,
            balance_type="payments",
            created=created,
            currency=currency,
            description=source.get("description"),
            exchange_rate=float(rate) if rate is not None else None,
            fee=total,
            fee_details=fees,
            net=settled - total,
            reporting_category=category or kind,
            source=source["id"],
            status="available" if available else "pending",
            type=kind,
        )
    )


def _fees(amount: int, currency: str, fee: int | None, *, international: bool, exchanged: bool) -> list[Document]:
    listed = [("Stripe processing fees", _fee(amount, currency, international=international) if fee is None else fee)]
    if fee is None and exchanged:
        conversion = min(_share(amount, _CONVERSION_PER_MILLE, _unit(currency)), amount - listed[0][1])
        listed.append(("Stripe currency conversion fee", conversion))
    return [
        {
            "amount": one,
            "application": None,
            "currency": currency,
            "description": description,
            "type": "stripe_fee",
        }
        for description, one in listed
        if one
    ]
