"""What tests of payments act with: a payer, a provider, and the way of a webhook."""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

import boto3
import stripe
from sqlalchemy import text
from sqlalchemy.orm import Session

from functions.payments.errors import ProviderUnavailableError
from shared.contexts.identity.models.accounts import User
from shared.contexts.ordering import cart_tokens
from shared.contexts.ordering.models.orders import Checkout, Order
from shared.contexts.payments.models.payments import Payment, ProviderEvent
from shared.permissions import Role
from shared.tables.platform import IdempotencyKey
from tests.factories import identity, payments
from tests.support.cloud import WEBHOOK_SECRET, Cloud
from tests.support.fake_provider.provider import FakeProvider
from tests.support.lambda_client import Answer, Context, LambdaClient
from tests.support.stripe_account import Account
from tests.support.tokens import TestSigningKey

WEBHOOK_PATH = "/api/v1/payments/webhook"
CORRELATION_ID = "from-the-webhook"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The functions of payments, their cloud, and a provider in memory under Stripe's name."""

    db: Session
    cloud: Cloud
    signing_key: TestSigningKey
    provider: FakeProvider
    api: LambdaClient
    receive: Callable[[dict[str, Any], object], dict[str, Any]]
    work: Callable[[dict[str, Any], Any], Any]
    resolve: Callable[[dict[str, Any], Any], Any]

    def as_user(self, user: User) -> LambdaClient:
        return self.api.signed_in(self.signing_key.authorization(user))

    def as_guest_of(self, checkout: Checkout) -> LambdaClient:
        """A guest who holds the token of the checkout's cart."""
        token = cart_tokens.encode(checkout.cart_id, checkout.expires_at)
        return self.api.signed_in({cart_tokens.HEADER: token})

    def open_intent(self, payer: LambdaClient, checkout: Checkout, key: str | None = None) -> Answer:
        return payer.post(
            "/api/v1/payments/intent",
            json={"checkout_id": str(checkout.id)},
            headers={"Idempotency-Key": key or uuid.uuid4().hex},
        )

    def pay(self, intent_id: str, card: str = "pm_card_visa") -> None:
        """The payer confirms with this card; a declined one is not an error here."""
        self.provider.account.pay(intent_id, card)

    def an_intent(self, amount: int = 2497, currency: str = "usd", **metadata: str) -> str:
        """An intent at the provider that nobody has recorded; its id."""
        checkout_id = metadata.get("checkout_id")
        made = self.provider.account.open(
            amount, currency, uuid.UUID(checkout_id) if checkout_id else None, metadata.get("environment")
        )
        return made.id

    def refund_at_dashboard(self, payment: Payment, amount: int | None = None) -> None:
        """A person refunds so much, or all that is left, where we do not see it."""
        self.provider.account.refund(payment.provider_payment_id, amount)

    def refunds_at_provider(self, payment: Payment | None = None) -> list[int]:
        """Amounts of all refunds (of a payment), smallest first."""
        return self.provider.account.refunded(payment and payment.provider_payment_id)

    def pay_out(self, amount: int, currency: str = "usd") -> None:
        """The provider sends money to our bank."""
        self.provider.account.pay_out(amount, currency)

    def confirm_setup(self, secret: str, card: str = "pm_card_visa") -> None:
        """The customer's browser saves a card."""
        self.provider.account.confirm_setup(secret, card)

    @contextlib.contextmanager
    def provider_away(self) -> Iterator[None]:
        """The provider answers that it has failed, whatever it is asked."""
        self.provider.fault = ProviderUnavailableError(ended=True)
        yield
        self.provider.fault = None

    def an_open_payment(self, **of: Any) -> Payment:
        """A checkout (see the factory for options) with its recorded intent, which waits for its payer."""
        checkout = payments.checkout(self.db, **of)
        metadata = {"checkout_id": str(checkout.id), "environment": "dev"}
        intent = self.an_intent(checkout.total_amount, checkout.currency.lower(), **metadata)
        return payments.payment(self.db, checkout, intent)

    def a_payment(self, card: str = "pm_card_visa", **of: Any) -> Payment:
        """An open payment that is paid with this card."""
        made = self.an_open_payment(**of)
        self.pay(made.provider_payment_id, card)
        return made

    def outcomes(self) -> dict[str, str]:
        """What the inbox says of each type of event."""
        self.db.rollback()
        return {row.type: row.outcome for row in self.db.query(ProviderEvent)}

    def order_of(self, payment: Payment) -> Order:
        self.db.rollback()
        return self.db.query(Order).filter_by(checkout_id=payment.checkout_id).one()

    def intent_of(self, checkout: Checkout) -> str:
        """The provider's id of the checkout's live payment."""
        row = self.db.query(Payment).filter(Payment.checkout_id == checkout.id, Payment.status != "canceled").one()
        return row.provider_payment_id

    def post_webhook(self, payload: bytes, signature: str | None) -> Answer:
        """Send a webhook as Stripe would, through the gateway's event."""
        headers = {"content-type": "application/json", "x-correlation-id": CORRELATION_ID}
        if signature is not None:
            headers["stripe-signature"] = signature
        return LambdaClient(self.receive).post(WEBHOOK_PATH, body=payload, headers=headers)

    def events(self, *types: str) -> list[dict[str, Any]]:
        """What the provider has to tell, oldest first; of these types where some are named."""
        return self.provider.account.events(*types)

    def deliver(self, *events: dict[str, Any]) -> list[str]:
        """Hand events to the worker as one batch; returns the ids of those that have to be delivered again."""
        return self.deliver_bodies([json.dumps(event) for event in events])

    def deliver_bodies(self, bodies: Iterable[str]) -> list[str]:
        answer = self.work(sqs_event(list(bodies)), Context())
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def work_off_queue(self) -> list[str]:
        """Hand what the queue holds to the worker as the event source mapping does; returns the failed ids."""
        received = boto3.client("sqs").receive_message(
            QueueUrl=self.cloud.webhook_queue_url, MaxNumberOfMessages=10, MessageAttributeNames=["All"]
        )
        messages = received.get("Messages", [])
        answer = self.work({"Records": [_record_of(message) for message in messages]}, Context())
        return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]

    def resolve_refunds(self) -> dict[str, int]:
        """The schedule, at a time when every pending refund is due again."""
        self.db.rollback()
        self.db.execute(text("UPDATE refunds SET next_attempt_at = now() WHERE status = 'pending'"))
        self.db.commit()
        summary: dict[str, int] = self.resolve({"id": "a-schedule"}, Context())
        self.db.rollback()
        return summary

    def admin(self) -> LambdaClient:
        """The API as an administrator calls it."""
        return self.as_user(identity.user(self.db, Role.ADMIN))

    def settle(self) -> None:
        """Let happen at the provider what would happen later, and what follows from that."""
        while self.provider.account.settle():
            pass

    def balances(self) -> dict[str, int]:
        """What each account of the ledger holds, in the one currency of the test; empty ones are left out."""
        self.db.rollback()
        rows = self.db.execute(text("SELECT account, sum(amount)::bigint FROM ledger_entries GROUP BY 1"))
        return {account: amount for account, amount in rows if amount}

    def balances_by_currency(self) -> dict[tuple[str, str], int]:
        """What each account of the ledger holds of each currency; empty ones are left out."""
        self.db.rollback()
        rows = self.db.execute(text("SELECT account, currency, sum(amount)::bigint FROM ledger_entries GROUP BY 1, 2"))
        return {(account, currency): amount for account, currency, amount in rows if amount}

    def balance_at_provider(self) -> dict[str, int]:
        """What the provider holds for us, by currency; nothing of those that it holds nothing of."""
        return self.provider.account.held()

    def payment(self, checkout: Checkout) -> Payment:
        """The checkout's payment as it is now."""
        self.db.rollback()
        found = self.db.query(Payment).filter_by(checkout_id=checkout.id).order_by(Payment.id.desc()).first()
        assert found is not None, "the checkout has no payment"
        return found

    def everything_stored(self) -> bytes:
        """Every row of every table, as text; kept answers as the bytes that they are."""
        self.db.rollback()
        names = self.db.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
        rows = [
            str(row) for name in names for row in self.db.execute(text(f'SELECT t::text FROM "{name}" t')).scalars()
        ]
        bodies = [row.body or b"" for row in self.db.query(IdempotencyKey)]
        return "\n".join(rows).encode() + b"\n".join(bodies)

    def order(self, checkout: Checkout) -> Order | None:
        self.db.rollback()
        return self.db.query(Order).filter_by(checkout_id=checkout.id).one_or_none()


@dataclass(frozen=True, kw_only=True)
class StripeStage(Stage):
    """The same in front of the Stripe simulator, over HTTP: for what only Stripe does."""

    account: Account

    def pay(self, intent_id: str, card: str = "pm_card_visa") -> None:
        """The payer confirms with this card; a declined one is not an error here."""
        with contextlib.suppress(stripe.CardError):
            self.account.client.v1.payment_intents.confirm(
                intent_id, params={"payment_method": card, "return_url": "https://shop.example.com/back"}
            )

    def pay_by(self, intent_id: str, wallet: str, outcome: str | None = "complete") -> None:
        """The payer chooses this wallet, and does so much in its app: complete, fail, expire, or (None) nothing yet."""
        how: Any = {"payment_method_data": {"type": wallet}, "return_url": "https://shop.example.com/back"}
        if wallet == "wechat_pay":
            how["payment_method_options"] = {wallet: {"client": "web"}}
        self.account.client.v1.payment_intents.confirm(intent_id, params=how)
        if outcome is not None:
            self.authorize(intent_id, outcome)

    def authorize(self, intent_id: str, outcome: str = "complete") -> None:
        """What the payer does in the wallet's app."""
        self.account.control.post(f"/authorize/{intent_id}", data={"outcome": outcome})

    def an_intent(self, amount: int = 2497, currency: str = "usd", **metadata: str) -> str:
        """An intent at Stripe that nobody has recorded; its id."""
        made = self.account.client.v1.payment_intents.create(
            params={"amount": amount, "currency": currency, "metadata": metadata}
        )
        return str(made.id)

    def refund_at_dashboard(self, payment: Payment, amount: int | None = None) -> None:
        params: Any = {"payment_intent": payment.provider_payment_id}
        self.account.client.v1.refunds.create(params=params | ({} if amount is None else {"amount": amount}))

    def refunds_at_provider(self, payment: Payment | None = None) -> list[int]:
        params: Any = {"limit": 100} | ({} if payment is None else {"payment_intent": payment.provider_payment_id})
        return sorted(refund.amount for refund in self.account.client.v1.refunds.list(params=params).data)

    def pay_out(self, amount: int, currency: str = "usd") -> None:
        self.account.client.v1.payouts.create(params={"amount": amount, "currency": currency})

    def confirm_setup(self, secret: str, card: str = "pm_card_visa") -> None:
        params: Any = {"payment_method": card, "return_url": "https://shop.example.com"}
        self.account.client.v1.setup_intents.confirm(secret.partition("_secret_")[0], params=params)

    @contextlib.contextmanager
    def provider_away(self) -> Iterator[None]:
        self.account.ask("POST", "/faults", status=500)
        yield
        self.account.ask("DELETE", "/faults")

    def events(self, *types: str) -> list[dict[str, Any]]:
        """What Stripe has to tell, oldest first; of these types where some are named."""
        listed = self.account.client.v1.events.list(params={"limit": 100})
        found = [json.loads(str(event)) for event in reversed(listed.data)]
        return [event for event in found if not types or event["type"] in types]

    def settle(self) -> None:
        """Let happen at Stripe what would happen later, and what follows from that."""
        while self.account.ask("POST", "/settle")["settled"]:
            pass

    def balance_at_provider(self) -> dict[str, int]:
        """What Stripe holds for us, by currency; nothing of those that it holds nothing of."""
        held: dict[str, int] = {}
        for moved in self.account.client.v1.balance_transactions.list(params={"limit": 100}).auto_paging_iter():
            held[moved.currency.upper()] = held.get(moved.currency.upper(), 0) + moved.net
        return {currency: amount for currency, amount in held.items() if amount}


def tomorrow() -> datetime:
    """When today is reconciled, at whatever time of today."""
    return datetime.combine(datetime.now(UTC) + timedelta(days=1), time(4), UTC)


def signed(payload: bytes, *, secret: str = WEBHOOK_SECRET, timestamp: int | None = None) -> str:
    """The `Stripe-Signature` that Stripe's own library makes."""
    return stripe.WebhookSignature.generate_signature_header(payload.decode(), secret, timestamp)


def sqs_event(bodies: Sequence[str]) -> dict[str, Any]:
    """The event of a queue's batch; message ids are `0`, `1` and so on."""
    return {"Records": [record(str(position), body) for position, body in enumerate(bodies)]}


def _record_of(message: Any) -> dict[str, Any]:
    return record(
        message["MessageId"],
        message["Body"],
        **{name: value["StringValue"] for name, value in message.get("MessageAttributes", {}).items()},
    )


def record(message_id: str, body: str, **attributes: str) -> dict[str, Any]:
    """A message as the event source mapping hands it over, with these attributes."""
    attributes = {"correlation_id": CORRELATION_ID} | attributes
    return {
        "messageId": message_id,
        "receiptHandle": "handle",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": "1545082649183",
            "SenderId": "AIDAIENQZJOLO23YVJ4VO",
            "ApproximateFirstReceiveTimestamp": "1545082649185",
        },
        "messageAttributes": {
            name: {"stringValue": value, "stringListValues": [], "dataType": "String"}
            for name, value in attributes.items()
        },
        "md5OfBody": "",
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:webhooks",
        "awsRegion": "eu-central-1",
    }
