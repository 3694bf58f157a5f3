"""What Stripe's documents say, in our words; documents that are not Stripe's."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
import stripe

from functions.payments.errors import MalformedEventError
from functions.payments.providers.events import Topic
from functions.payments.providers.port import PaymentStatus
from functions.payments.providers.stripe.client import API_VERSION
from functions.payments.providers.stripe.objects import parse_event, parse_intent

CHECKOUT = "0198c2a4-7b1e-7c3a-9d2f-5e8a41c7b6d0"


def intent(**changed: Any) -> dict[str, Any]:
    return {
        "id": "pi_1",
        "object": "payment_intent",
        "status": "requires_payment_method",
        "amount": 1099,
        "currency": "usd",
        "metadata": {"checkout_id": CHECKOUT, "environment": "dev"},
        "client_secret": "pi_1_secret_x",
        **changed,
    }


def event(event_type: str = "payment_intent.succeeded", about: dict[str, Any] | None = None, **changed: Any) -> str:
    document = {
        "id": "evt_1",
        "type": event_type,
        "created": 1_790_000_000,
        "livemode": False,
        "data": {"object": about or intent()},
    }
    return json.dumps({**document, **changed})


def test_an_intent_keeps_its_checkout_and_hides_its_secret() -> None:
    parsed = parse_intent(intent())
    assert (parsed.checkout_id, parsed.currency) == (UUID(CHECKOUT), "USD")
    assert parsed.client_secret == "pi_1_secret_x"
    assert "secret" not in repr(parsed)


def test_a_declined_attempt_leaves_a_failed_payment_with_its_reason() -> None:
    error = {"code": "card_declined", "decline_code": "insufficient_funds"}
    parsed = parse_intent(intent(last_payment_error=error))
    assert (parsed.status, parsed.failure_code) == (PaymentStatus.FAILED, "insufficient_funds")


def test_the_charge_is_known_by_its_id_whether_it_is_expanded_or_not() -> None:
    charge = {"id": "ch_1", "created": 1_790_000_000}
    expanded = parse_intent(intent(status="succeeded", amount_received=1099, latest_charge=charge))
    short = parse_intent(intent(status="succeeded", amount_received=1099, latest_charge="ch_1"))
    assert (expanded.amount_captured, expanded.charge_id, short.charge_id) == (1099, "ch_1", "ch_1")
    assert (expanded.captured_at is None, short.captured_at is None) == (False, True)


@pytest.mark.parametrize("foreign", [{}, {"checkout_id": "order 17"}])
def test_metadata_of_somebody_else_names_no_checkout(foreign: dict[str, str]) -> None:
    assert parse_intent(intent(metadata=foreign)).checkout_id is None


@pytest.mark.parametrize(
    ("event_type", "topic"),
    [
        ("payment_intent.canceled", Topic.STATUS),
        ("payment_intent.amount_capturable_updated", Topic.OTHER),
        ("payment_intent.created", Topic.OTHER),
        ("charge.refunded", Topic.REFUND),
        ("charge.refund.updated", Topic.REFUND),
        ("refund.failed", Topic.REFUND),
        ("customer.created", Topic.OTHER),
    ],
)
def test_the_type_tells_what_an_event_is_about(event_type: str, topic: Topic) -> None:
    assert parse_event(event(event_type), is_live=False).topic is topic


def test_an_object_without_an_id_is_of_no_interest_but_no_error() -> None:
    parsed = parse_event(event("balance.available", {"object": "balance", "available": []}), is_live=False)
    assert (parsed.topic, parsed.object_id) == (Topic.OTHER, None)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{}",
        event(created="yesterday"),
        event(created=-1),
        event(data={}),
        event(id=""),
        event(type="x" * 101),
        event(about=intent(status="dancing")),
        event(about=intent(amount="many")),
    ],
)
def test_what_is_not_an_event_is_malformed(body: str) -> None:
    with pytest.raises(MalformedEventError):
        parse_event(body, is_live=False)


def test_the_error_of_a_malformed_event_does_not_quote_it() -> None:
    with pytest.raises(MalformedEventError) as caught:
        parse_event(event(about=intent(amount="4242 4242 4242 4242")), is_live=False)
    assert "4242" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_api_version_is_that_of_the_installed_library() -> None:
    assert stripe.api_version == API_VERSION


@pytest.mark.parametrize(
    ("changed", "is_live"),
    [({"account": "acct_1032D82eZvKYlo2C"}, False), ({"livemode": True}, False), ({"livemode": False}, True)],
)
def test_an_event_of_another_account_or_mode_is_about_nothing_of_ours(changed: dict[str, Any], is_live: bool) -> None:
    parsed = parse_event(event(**changed), is_live=is_live)
    assert (parsed.topic, parsed.intent, parsed.charge) == (Topic.OTHER, None, None)


def test_a_live_event_of_a_live_account_is_ours() -> None:
    assert parse_event(event(livemode=True), is_live=True).topic is Topic.STATUS
