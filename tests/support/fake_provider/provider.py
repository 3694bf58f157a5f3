"""A provider in memory, as payments calls it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from functions.payments.errors import MalformedEventError
from functions.payments.providers.events import ProviderEvent
from functions.payments.providers.port import BalanceTransaction, Intent, ProviderDispute, ProviderRefund, SavedMethod
from tests.support.fake_provider.account import FakeAccount


@dataclass
class FakeProvider:
    """The port in front of an account in memory. Repeats with one idempotency key have one effect."""

    name: str = "stripe"
    environment: str = "dev"
    account: FakeAccount = field(default_factory=FakeAccount)
    fault: Exception | None = None
    """Raised by every call until it is taken away."""
    effects: list[str] = field(default_factory=list)
    """Names of the calls that changed something, in their order."""
    _answers: dict[str, Any] = field(default_factory=dict)

    def publishable_key(self) -> str:
        return f"pk_of_{self.name}"

    def parse_event(self, body: str) -> ProviderEvent:
        try:
            return self.account.log[json.loads(body)["id"]]
        except (ValueError, KeyError, TypeError):
            raise MalformedEventError(f"not an event of {self.name}") from None

    def create_intent(
        self, *, checkout_id: UUID, amount: int, currency: str, customer_id: str | None, idempotency_key: str
    ) -> Intent:
        return self._once(
            "create_intent", idempotency_key, lambda: self.account.open(amount, currency, checkout_id, self.environment)
        )

    def retrieve_intent(self, intent_id: str) -> Intent | None:
        self._answering()
        return self.account.intents.get(intent_id)

    def cancel_intent(self, intent_id: str, *, idempotency_key: str) -> None:
        self._once("cancel_intent", idempotency_key, lambda: self.account.cancel(intent_id))

    def refund(
        self, intent_id: str, *, refund_id: UUID, amount: int, currency: str, idempotency_key: str
    ) -> ProviderRefund:
        return self._once("refund", idempotency_key, lambda: self.account.refund(intent_id, amount, refund_id))

    def refunds(self, intent_id: str) -> list[ProviderRefund]:
        self._answering()
        return list(self.account.charges[intent_id].refunds) if intent_id in self.account.charges else []

    def dispute(self, dispute_id: str) -> ProviderDispute:
        self._answering()
        return self.account.disputes[dispute_id]

    def submit_evidence(
        self, dispute_id: str, evidence: Mapping[str, str | None], *, submit: bool, idempotency_key: str
    ) -> ProviderDispute:
        return self._once(
            "submit_evidence", idempotency_key, lambda: self.account.keep_evidence(dispute_id, evidence, submit=submit)
        )

    def balance_transaction(self, balance_transaction_id: str) -> BalanceTransaction:
        self._answering()
        [found] = [one for one in self.account.balance if one.id == balance_transaction_id]
        return found

    def balance_transactions(self, since: datetime, until: datetime) -> Iterator[BalanceTransaction]:
        self._answering()
        return iter([one for one in self.account.balance if since <= one.created_at < until])

    def balance_transactions_of(self, source_id: str) -> list[BalanceTransaction]:
        self._answering()
        return [one for one in self.account.balance if one.source_id == source_id]

    def create_customer(self, *, user_id: UUID, email: str, idempotency_key: str) -> str:
        return self._once("create_customer", idempotency_key, lambda: self.account.add_customer(email))

    def set_up_method(self, customer_id: str, *, idempotency_key: str) -> str:
        return self._once("set_up_method", idempotency_key, lambda: self.account.set_up(customer_id))

    def saved_methods(self, customer_id: str) -> list[SavedMethod]:
        self._answering()
        return self.account.methods.get(customer_id, [])[::-1]

    def detach_method(self, customer_id: str, method_id: str) -> bool:
        self._answering()
        before = self.account.methods.get(customer_id, [])
        self.account.methods[customer_id] = [method for method in before if method.id != method_id]
        return len(self.account.methods[customer_id]) < len(before)

    def delete_customer(self, customer_id: str) -> None:
        self._answering()
        self.account.customers.pop(customer_id, None)
        self.account.methods.pop(customer_id, None)

    def _once(self, call: str, key: str, act: Callable[[], Any]) -> Any:
        self._answering()
        if key not in self._answers:
            self.effects.append(call)
            self._answers[key] = act()
        return self._answers[key]

    def _answering(self) -> None:
        if self.fault is not None:
            raise self.fault
