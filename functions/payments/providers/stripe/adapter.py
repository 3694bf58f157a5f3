"""Stripe. The `stripe` library is imported at the first call: most requests and events never make one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from functions.payments.errors import ProviderRefusedError
from functions.payments.providers.events import ProviderEvent
from functions.payments.providers.port import (
    BalanceTransaction,
    Intent,
    PaymentStatus,
    ProviderDispute,
    ProviderRefund,
    SavedMethod,
)
from functions.payments.providers.stripe import NAME
from functions.payments.providers.stripe.amounts import to_stripe
from functions.payments.providers.stripe.client import StripeCalls
from functions.payments.providers.stripe.money import (
    parse_balance_transaction,
    parse_dispute,
    parse_refund,
    parse_saved_method,
)
from functions.payments.providers.stripe.objects import parse_event, parse_intent
from functions.payments.settings import StripeSettings
from shared import settings

if TYPE_CHECKING:
    from stripe import RequestOptions, StripeClient, StripeObject
    from stripe.params import (
        BalanceTransactionListParams,
        BalanceTransactionListParamsCreated,
        DisputeUpdateParamsEvidence,
        PaymentIntentCreateParams,
    )

_PAGE: Final = 100
"""The largest page of Stripe's lists. No payment has more refunds, no customer more methods."""

_REFUND_MOVEMENTS: Final = ("balance_transaction", "failure_balance_transaction")


class StripeProvider:
    """Our Stripe account."""

    name: Final = NAME

    def __init__(self, configuration: StripeSettings) -> None:
        self._environment = configuration.environment
        self._calls = StripeCalls(configuration)

    def publishable_key(self) -> str:
        return self._calls.publishable_key()

    def parse_event(self, body: str) -> ProviderEvent:
        return parse_event(body, is_live=self._calls.is_live())

    def create_intent(
        self, *, checkout_id: UUID, amount: int, currency: str, customer_id: str | None, idempotency_key: str
    ) -> Intent:
        params: PaymentIntentCreateParams = {
            "amount": to_stripe(amount, currency),
            "currency": currency.lower(),
            "automatic_payment_methods": {"enabled": True},
            "metadata": {"checkout_id": str(checkout_id), "environment": self._environment},
        }
        if customer_id is not None:
            params["customer"] = customer_id
        return parse_intent(self._ask(lambda client: client.v1.payment_intents.create(params, _once(idempotency_key))))

    def retrieve_intent(self, intent_id: str) -> Intent | None:
        try:
            return parse_intent(
                self._ask(
                    lambda client: client.v1.payment_intents.retrieve(intent_id, params={"expand": ["latest_charge"]})
                )
            )
        except ProviderRefusedError as error:
            if _is_missing(error):
                return None
            raise

    def cancel_intent(self, intent_id: str, *, idempotency_key: str) -> None:
        options: RequestOptions = {"idempotency_key": idempotency_key, "max_network_retries": 0}
        try:
            self._ask(lambda client: client.v1.payment_intents.cancel(intent_id, options=options))
        except ProviderRefusedError:
            current = self.retrieve_intent(intent_id)
            if current is None or current.status is not PaymentStatus.CANCELED:
                raise

    def refund(
        self, intent_id: str, *, refund_id: UUID, amount: int, currency: str, idempotency_key: str
    ) -> ProviderRefund:
        return parse_refund(
            self._ask(
                lambda client: client.v1.refunds.create(
                    {
                        "payment_intent": intent_id,
                        "amount": to_stripe(amount, currency),
                        "metadata": {"refund_id": str(refund_id)},
                        "expand": list(_REFUND_MOVEMENTS),
                    },
                    _once(idempotency_key),
                )
            )
        )

    def refunds(self, intent_id: str) -> list[ProviderRefund]:
        expand = [f"data.{name}" for name in _REFUND_MOVEMENTS]
        refunds = self._list(
            lambda client: client.v1.refunds.list({"payment_intent": intent_id, "limit": _PAGE, "expand": expand})
        )
        return [parse_refund(one) for one in reversed(refunds)]

    def dispute(self, dispute_id: str) -> ProviderDispute:
        return parse_dispute(self._ask(lambda client: client.v1.disputes.retrieve(dispute_id)))

    def submit_evidence(
        self, dispute_id: str, evidence: Mapping[str, str | None], *, submit: bool, idempotency_key: str
    ) -> ProviderDispute:
        # An empty text unsets what was given (https://docs.stripe.com/api/disputes/update).
        texts = cast("DisputeUpdateParamsEvidence", {name: text or "" for name, text in evidence.items()})
        return parse_dispute(
            self._ask(
                lambda client: client.v1.disputes.update(
                    dispute_id, {"evidence": texts, "submit": submit}, _once(idempotency_key)
                )
            )
        )

    def balance_transaction(self, balance_transaction_id: str) -> BalanceTransaction:
        return parse_balance_transaction(
            self._ask(lambda client: client.v1.balance_transactions.retrieve(balance_transaction_id))
        )

    def balance_transactions(self, since: datetime, until: datetime) -> Iterator[BalanceTransaction]:
        created: BalanceTransactionListParamsCreated = {"gte": int(since.timestamp()), "lt": int(until.timestamp())}
        params: BalanceTransactionListParams = {"created": created, "limit": _PAGE}
        while True:
            page = self._list(lambda client: client.v1.balance_transactions.list(params))
            yield from (parse_balance_transaction(one) for one in page)
            if len(page) < _PAGE:
                return
            params["starting_after"] = page[-1]["id"]

    def balance_transactions_of(self, source_id: str) -> list[BalanceTransaction]:
        transactions = self._list(
            lambda client: client.v1.balance_transactions.list({"source": source_id, "limit": _PAGE})
        )
        return [parse_balance_transaction(one) for one in transactions]

    def create_customer(self, *, user_id: UUID, email: str, idempotency_key: str) -> str:
        metadata = {"user_id": str(user_id), "environment": self._environment}
        # Not tried again: with the setup that follows it would take longer than the function may.
        options: RequestOptions = {"idempotency_key": idempotency_key, "max_network_retries": 0}
        customer = self._ask(lambda client: client.v1.customers.create({"email": email, "metadata": metadata}, options))
        return str(customer["id"])

    def set_up_method(self, customer_id: str, *, idempotency_key: str) -> str:
        setup = self._ask(
            lambda client: client.v1.setup_intents.create(
                {"customer": customer_id, "automatic_payment_methods": {"enabled": True}}, _once(idempotency_key)
            )
        )
        return str(setup["client_secret"])

    def saved_methods(self, customer_id: str) -> list[SavedMethod]:
        methods = self._list(lambda client: client.v1.customers.payment_methods.list(customer_id, {"limit": _PAGE}))
        return [parse_saved_method(one) for one in methods]

    def detach_method(self, customer_id: str, method_id: str) -> bool:
        try:
            self._ask(lambda client: client.v1.customers.payment_methods.retrieve(customer_id, method_id))
        except ProviderRefusedError as error:
            if _is_missing(error):
                return False
            raise
        self._ask(lambda client: client.v1.payment_methods.detach(method_id, options=_once(f"detach-{method_id}")))
        return True

    def delete_customer(self, customer_id: str) -> None:
        # Detaches the methods as well (Stripe API reference, "Delete a customer").
        try:
            self._ask(lambda client: client.v1.customers.delete(customer_id))
        except ProviderRefusedError as error:
            if not _is_missing(error):
                raise

    def _ask(self, question: Callable[[StripeClient], StripeObject]) -> dict[str, Any]:
        document: dict[str, Any] = self._calls.ask(question).to_dict()
        return document

    def _list(self, question: Callable[[StripeClient], StripeObject]) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self._ask(question)["data"]
        return items


def provider() -> StripeProvider:
    """Our Stripe account, as the environment says; `providers.of` keeps one per process."""
    return StripeProvider(settings.load(StripeSettings))


def _once(key: str) -> RequestOptions:
    return {"idempotency_key": key}


def _is_missing(error: ProviderRefusedError) -> bool:
    return error.extra["provider_code"] == "resource_missing"
