"""The account behind a fake provider: its state, what people and banks do to it, and the events that it tells of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from functions.payments.errors import ProviderRefusedError
from functions.payments.providers.events import ChargeAttempt, ProviderEvent, Topic
from functions.payments.providers.port import (
    BalanceTransaction,
    BalanceTransactionKind,
    Intent,
    PaymentStatus,
    ProviderDispute,
    ProviderRefund,
    RefundStatus,
    SavedMethod,
)
from tests.support.fake_provider.cards import CARDS, Card

DISPUTE_FEE = 1500
EVIDENCE_TIME = timedelta(days=9)


@dataclass
class Charge:
    """What took an intent's money, and what became of it."""

    card: Card
    attempt: ChargeAttempt
    refunds: list[ProviderRefund] = field(default_factory=list)
    disputed: bool = False


@dataclass
class FakeAccount:
    """Ids count up from 1 in every account, so two of them use the same. What happens at a provider later (a charge
    reaches the balance, a refund arrives or fails, a bank disputes or decides) happens in `settle`.
    """

    intents: dict[str, Intent] = field(default_factory=dict)
    charges: dict[str, Charge] = field(default_factory=dict)
    """By intent."""
    disputes: dict[str, ProviderDispute] = field(default_factory=dict)
    evidence: dict[str, dict[str, str]] = field(default_factory=dict)
    customers: dict[str, str] = field(default_factory=dict)
    """E-mail addresses by customer."""
    setups: dict[str, str] = field(default_factory=dict)
    """Customers by client secret."""
    methods: dict[str, list[SavedMethod]] = field(default_factory=dict)
    """By customer."""
    balance: list[BalanceTransaction] = field(default_factory=list)
    log: dict[str, ProviderEvent] = field(default_factory=dict)
    """Every event by its id, oldest first."""
    _jobs: list[Callable[[], None]] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def open(
        self, amount: int, currency: str, checkout_id: UUID | None = None, environment: str | None = None
    ) -> Intent:
        """An intent that waits for its payer."""
        intent_id = self._id("pi")
        self.intents[intent_id] = Intent(
            id=intent_id,
            status=PaymentStatus.REQUIRES_PAYMENT,
            amount=amount,
            currency=currency.upper(),
            amount_captured=0,
            charge_id=None,
            failure_code=None,
            checkout_id=checkout_id,
            environment=environment,
            captured_at=None,
            method_types=("card",),
            client_secret=f"{intent_id}_secret",
        )
        return self.intents[intent_id]

    def pay(self, intent_id: str, card: str = "pm_card_visa") -> None:
        """The payer pays with this card, or tries to; nothing where the intent has ended."""
        used = CARDS[card]
        if self.intents[intent_id].status in (PaymentStatus.SUCCEEDED, PaymentStatus.CANCELED):
            return
        intent = self.intents[intent_id]
        took_money = used.decline_code is None
        attempt = ChargeAttempt(
            id=self._id("ch"),
            took_money=took_money,
            amount_captured=intent.amount if took_money else 0,
            currency=intent.currency,
            method=used.method,
            balance_transaction_id=None,
            card_fingerprint=used.fingerprint,
            card_country=used.country,
            risk_level=used.risk_level,
            environment=intent.environment,
        )
        self.intents[intent_id] = replace(
            intent,
            status=PaymentStatus.SUCCEEDED if took_money else PaymentStatus.FAILED,
            amount_captured=attempt.amount_captured,
            charge_id=attempt.id,
            failure_code=used.decline_code,
            captured_at=_now() if took_money else None,
        )
        self._tell_charge("charge.succeeded" if took_money else "charge.failed", intent_id, attempt)
        self._tell_status("payment_intent.succeeded" if took_money else "payment_intent.payment_failed", intent_id)
        if took_money:
            self.charges[intent_id] = Charge(used, attempt)
            self._jobs.append(lambda: self._reach_balance(intent_id))

    def cancel(self, intent_id: str) -> None:
        """End an intent. Raises ProviderRefusedError where it took money."""
        if self.intents[intent_id].status is PaymentStatus.SUCCEEDED:
            raise ProviderRefusedError("it has succeeded", provider_code="payment_intent_unexpected_state")
        self.intents[intent_id] = replace(self.intents[intent_id], status=PaymentStatus.CANCELED)
        self._tell_status("payment_intent.canceled", intent_id)

    def refund(self, intent_id: str, amount: int | None = None, refund_id: UUID | None = None) -> ProviderRefund:
        """Refund so much, or what is left; without our id as a person does it at the dashboard."""
        charged = self.charges[intent_id]
        intent = self.intents[intent_id]
        left = intent.amount_captured - sum(
            one.amount for one in charged.refunds if one.status is not RefundStatus.FAILED
        )
        if charged.disputed or not 0 < (left if amount is None else amount) <= left:
            raise ProviderRefusedError(
                "no", provider_code="charge_already_refunded" if not left else "amount_too_large"
            )
        amount = left if amount is None else amount
        new_id = self._id("re")
        moved = self._move(BalanceTransactionKind.REFUND, new_id, -amount, intent.currency)
        refund = ProviderRefund(
            id=new_id,
            intent_id=intent_id,
            refund_id=refund_id,
            amount=amount,
            currency=intent.currency,
            status=RefundStatus.PENDING if charged.card.refund == "pending" else RefundStatus.SUCCEEDED,
            failure_code=None,
            left_balance=True,
            came_back=False,
            created_at=_now(),
            balance_transactions=(moved,),
        )
        charged.refunds.append(refund)
        for event_type in ("refund.created", "charge.refunded"):
            self._tell(event_type, Topic.REFUND, intent_id, object_id=new_id)
        if charged.card.refund != "succeeded":
            self._jobs.append(lambda: self._end_refund(charged, refund))
        return refund

    def pay_out(self, amount: int, currency: str) -> None:
        """Money goes from the balance to the bank."""
        self._move(BalanceTransactionKind.PAYOUT, None, -amount, currency)

    def confirm_setup(self, secret: str, card: str = "pm_card_visa") -> None:
        """The customer's browser saves a card."""
        used = CARDS[card]
        saved = SavedMethod(
            id=self._id("pm"),
            kind="card",
            brand=used.brand,
            last4=used.last4,
            wallet=None,
            expires_month=12,
            expires_year=2034,
            created_at=_now(),
        )
        self.methods.setdefault(self.setups[secret], []).append(saved)

    def keep_evidence(self, dispute_id: str, evidence: Mapping[str, str | None], *, submit: bool) -> ProviderDispute:
        """Evidence for the bank, which decides by its uncategorized text when it was submitted."""
        kept = {**self.evidence[dispute_id], **evidence}
        self.evidence[dispute_id] = {name: text for name, text in kept.items() if text is not None}
        if submit:
            self.disputes[dispute_id] = replace(self.disputes[dispute_id], status="under_review")
            self._jobs.append(lambda: self._decide(dispute_id))
        self._tell_dispute("charge.dispute.updated", dispute_id)
        return self.disputes[dispute_id]

    def add_customer(self, email: str) -> str:
        """The new customer's id."""
        customer_id = self._id("cus")
        self.customers[customer_id] = email
        return customer_id

    def set_up(self, customer_id: str) -> str:
        """The client secret with which the customer's browser saves a method."""
        secret = f"{self._id('seti')}_secret"
        self.setups[secret] = customer_id
        return secret

    def settle(self) -> int:
        """Let happen what was due; how much that was."""
        due, self._jobs = self._jobs, []
        for job in due:
            job()
        return len(due)

    def events(self, *types: str) -> list[dict[str, Any]]:
        """The bodies of events, oldest first; of these types where some are named."""
        return [
            {"id": event.id, "type": event.type, "created": int(event.occurred_at.timestamp())}
            for event in self.log.values()
            if not types or event.type in types
        ]

    def held(self) -> dict[str, int]:
        """What the provider holds for us, by currency; nothing of those that it holds nothing of."""
        held: dict[str, int] = {}
        for moved in self.balance:
            held[moved.currency] = held.get(moved.currency, 0) + moved.amount - moved.fee
        return {currency: amount for currency, amount in held.items() if amount}

    def refunded(self, intent_id: str | None = None) -> list[int]:
        """Amounts of all refunds (of the intent), smallest first."""
        charges = self.charges.values() if intent_id is None else [self.charges[intent_id]]
        return sorted(refund.amount for charge in charges for refund in charge.refunds)

    def _reach_balance(self, intent_id: str) -> None:
        charged = self.charges[intent_id]
        intent = self.intents[intent_id]
        fee = round(intent.amount_captured * 0.029 + 30)
        moved = self._move(
            BalanceTransactionKind.CAPTURE, charged.attempt.id, intent.amount_captured, intent.currency, fee
        )
        charged.attempt = replace(charged.attempt, balance_transaction_id=moved.id)
        self._tell_charge("charge.updated", intent_id, charged.attempt)
        if charged.card.dispute is not None:
            self._open_dispute(intent_id, charged, charged.card.dispute)

    def _open_dispute(self, intent_id: str, charged: Charge, status: str) -> None:
        intent = self.intents[intent_id]
        dispute_id = self._id("dp")
        charged.disputed = status == "needs_response"
        moved = (
            (self._move(BalanceTransactionKind.DISPUTE, None, -intent.amount_captured, intent.currency, DISPUTE_FEE),)
            if charged.disputed
            else ()
        )
        self.evidence[dispute_id] = {}
        self.disputes[dispute_id] = ProviderDispute(
            id=dispute_id,
            intent_id=intent_id,
            amount=intent.amount_captured,
            currency=intent.currency,
            reason="fraudulent",
            status=status,
            evidence_due_at=_now() + EVIDENCE_TIME,
            created_at=_now(),
            balance_transactions=moved,
        )
        self._tell_dispute("charge.dispute.created", dispute_id)
        if charged.disputed:
            self._tell_dispute("charge.dispute.funds_withdrawn", dispute_id)

    def _decide(self, dispute_id: str) -> None:
        dispute = self.disputes[dispute_id]
        won = self.evidence[dispute_id].get("uncategorized_text") == "winning_evidence"
        moved = dispute.balance_transactions
        if won and moved:
            moved += (self._move(BalanceTransactionKind.DISPUTE_REVERSAL, None, dispute.amount, dispute.currency),)
        self.disputes[dispute_id] = replace(dispute, status="won" if won else "lost", balance_transactions=moved)
        self._tell_dispute("charge.dispute.closed", dispute_id)
        if won:
            self._tell_dispute("charge.dispute.funds_reinstated", dispute_id)

    def _end_refund(self, charged: Charge, refund: ProviderRefund) -> None:
        if charged.card.refund == "pending":
            ended = replace(refund, status=RefundStatus.SUCCEEDED)
        else:
            moved = self._move(BalanceTransactionKind.REFUND_FAILURE, refund.id, refund.amount, refund.currency)
            ended = replace(
                refund,
                status=RefundStatus.FAILED,
                failure_code="expired_or_canceled_card",
                came_back=True,
                balance_transactions=(*refund.balance_transactions, moved),
            )
        charged.refunds[charged.refunds.index(refund)] = ended
        for event_type in (
            "refund.updated" if ended.failure_code is None else "refund.failed",
            "charge.refund.updated",
        ):
            self._tell(event_type, Topic.REFUND, refund.intent_id, object_id=refund.id)

    def _move(
        self, kind: BalanceTransactionKind, source: str | None, amount: int, currency: str, fee: int = 0
    ) -> BalanceTransaction:
        moved_id = self._id("txn")
        moved = BalanceTransaction(
            id=moved_id,
            kind=kind,
            source_id=source or moved_id,
            amount=amount,
            fee=fee,
            currency=currency.upper(),
            created_at=_now(),
        )
        self.balance.append(moved)
        return moved

    def _tell_status(self, event_type: str, intent_id: str) -> None:
        intent = self.intents[intent_id]
        self._tell(event_type, Topic.STATUS, intent_id, object_id=intent_id, status=intent.status, intent=intent)

    def _tell_charge(self, event_type: str, intent_id: str, attempt: ChargeAttempt) -> None:
        self._tell(event_type, Topic.CHARGE, intent_id, object_id=attempt.id, charge=attempt)

    def _tell_dispute(self, event_type: str, dispute_id: str) -> None:
        self._tell(event_type, Topic.DISPUTE, self.disputes[dispute_id].intent_id, object_id=dispute_id)

    def _tell(
        self, event_type: str, topic: Topic, intent_id: str | None, *, object_id: str | None, **snapshots: Any
    ) -> None:
        event_id = self._id("evt")
        self.log[event_id] = ProviderEvent(
            id=event_id,
            type=event_type,
            topic=topic,
            occurred_at=_now(),
            object_id=object_id,
            intent_id=intent_id,
            **snapshots,
        )

    def _id(self, kind: str) -> str:
        self._numbers[kind] = self._numbers.get(kind, 0) + 1
        return f"{kind}_{self._numbers[kind]}"


def _now() -> datetime:
    return datetime.now(UTC)
