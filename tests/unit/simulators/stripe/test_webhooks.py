from typing import Any

import httpx
import pytest
import stripe

from simulators.stripe.app import create_simulator
from simulators.stripe.errors import ApiError
from simulators.stripe.settings import Settings, WebhookTarget
from tests.support.serving import eventually
from tests.support.stripe_account import SIGNING_SECRET, Account, simulated_account


def test_the_library_verifies_what_is_delivered(account: Account) -> None:
    account.client.v1.customers.create(params={"name": "Ünïcode"})
    account.receiver.wait_for("customer.created")
    one = account.receiver.received[0]
    event = stripe.Webhook.construct_event(one.payload, one.signature, SIGNING_SECRET)
    assert event.type == "customer.created"
    assert event.api_version == stripe.api_version
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(one.payload + b" ", one.signature, SIGNING_SECRET)


def test_while_secrets_rotate_either_verifies() -> None:
    with simulated_account(("whsec_old", "whsec_new")) as account:
        account.client.v1.customers.create()
        account.receiver.wait_for("customer.created")
        one = account.receiver.received[0]
        for secret in ("whsec_old", "whsec_new"):
            assert stripe.Webhook.construct_event(one.payload, one.signature, secret).id


def test_secrets_can_be_rotated_while_serving() -> None:
    with simulated_account(("whsec_old",)) as account:
        (endpoint,) = account.client.v1.webhook_endpoints.list().data
        account.ask("PUT", f"/endpoints/{endpoint.id}/secrets", secrets=["whsec_new"])
        account.client.v1.customers.create()
        account.receiver.wait_for("customer.created")
        one = account.receiver.received[0]
        assert stripe.Webhook.construct_event(one.payload, one.signature, "whsec_new").id
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(one.payload, one.signature, "whsec_old")


def test_a_payment_tells_its_steps_in_order(account: Account) -> None:
    account.charge()
    assert account.receiver.wait_for("charge.updated") == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
    ]


def test_a_decline_an_authorization_and_a_cancellation_tell_theirs(account: Account) -> None:
    with pytest.raises(stripe.CardError):
        account.charge("pm_card_chargeDeclined")
    intent = account.charge(capture_method="manual")
    account.client.v1.payment_intents.cancel(intent.id)
    assert account.receiver.wait_for("payment_intent.canceled") == [
        "payment_intent.created",
        "charge.failed",
        "payment_intent.payment_failed",
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.amount_capturable_updated",
        "refund.created",
        "charge.refunded",
        "payment_intent.canceled",
    ]


def test_an_event_keeps_the_state_of_its_moment(account: Account) -> None:
    intent = account.charge()
    account.receiver.wait_for("charge.updated")
    created = account.receiver.received[0].event
    assert created["data"]["object"]["id"] == intent.id
    assert created["data"]["object"]["status"] == "requires_confirmation"
    assert created["request"]["idempotency_key"] is not None


def test_a_refused_delivery_is_tried_again_until_it_is_taken(account: Account) -> None:
    account.receiver.statuses = [500, 302]
    account.client.v1.customers.create()
    account.receiver.wait_for(*["customer.created"] * 3)
    (delivery,) = _deliveries(account, "succeeded")
    assert [attempt["status"] for attempt in delivery["attempts"]] == [500, 302, 200]
    assert account.client.v1.events.list(params={"delivery_success": True}).data[0].pending_webhooks == 0


def test_a_delivery_that_is_always_refused_fails_in_the_end(account: Account) -> None:
    account.receiver.statuses = [503] * 4
    account.client.v1.customers.create()
    (delivery,) = _deliveries(account, "failed")
    assert len(delivery["attempts"]) == 4


def test_an_endpoint_that_nobody_serves_is_tried_again_too() -> None:
    with simulated_account() as account:
        endpoint = account.client.v1.webhook_endpoints.create(
            params={"url": "http://127.0.0.1:9/hook", "enabled_events": ["customer.created"]}
        )
        account.client.v1.customers.create()
        (delivery,) = _deliveries(account, "failed")
        assert delivery["endpoint"] == endpoint.id
        assert "ConnectError" in delivery["attempts"][0]["error"]


def test_an_endpoint_of_the_api_gets_only_what_it_asked_for(account: Account) -> None:
    endpoints = account.client.v1.webhook_endpoints
    made = endpoints.create(params={"url": account.receiver.url, "enabled_events": ["customer.deleted"]})
    assert str(made.secret).startswith("whsec_")
    assert "secret" not in endpoints.retrieve(made.id)
    customer = account.client.v1.customers.create()
    account.client.v1.customers.delete(customer.id)
    account.receiver.wait_for("customer.created", "customer.deleted", "customer.deleted")
    assert account.receiver.types.count("customer.created") == 1
    endpoints.update(made.id, params={"disabled": True})
    assert endpoints.retrieve(made.id).status == "disabled"
    assert endpoints.delete(made.id).deleted


@pytest.mark.parametrize("url", ["https://example.com/hook", "http://169.254.169.254/x", "http://0.0.0.0/", "ftp://x"])
def test_nothing_is_delivered_beyond_this_machine(account: Account, url: str) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        account.client.v1.webhook_endpoints.create(params={"url": url, "enabled_events": ["*"]})
    assert caught.value.param == "url"
    with pytest.raises(ApiError):
        create_simulator(Settings(webhooks=(WebhookTarget(url, ("whsec_x",)),)))


def test_duplicates_are_sent_on_request(account: Account) -> None:
    account.ask("PUT", "/delivery-mode", copies=3)
    account.client.v1.customers.create()
    account.receiver.wait_for(*["customer.created"] * 3)
    assert len({one.event["id"] for one in account.receiver.received}) == 1


def test_held_events_are_released_in_the_order_asked_for(account: Account) -> None:
    account.ask("PUT", "/delivery-mode", hold=True)
    account.charge(capture_method="automatic")
    assert account.receiver.received == []
    assert account.ask("POST", "/deliveries/release", order="reverse", copies=2) == {"released": 6}
    types = account.receiver.wait_for(*["payment_intent.created"] * 2, *["payment_intent.succeeded"] * 2)
    assert len(types) == 6
    assert types[0] == "payment_intent.succeeded"


def test_a_seed_draws_the_same_order_again(account: Account) -> None:
    orders = []
    for _ in range(2):
        account.reset()
        account.ask("PUT", "/delivery-mode", shuffle_seconds=0.4, seed=4)
        account.charge(capture_method="manual")
        account.charge(capture_method="automatic")
        eventually(lambda: len(account.receiver.received) == 6, lambda: account.receiver.types)
        orders.append(account.receiver.types)
    assert orders[0] == orders[1]
    assert orders[0][0] != "payment_intent.created" or orders[0][1] != "charge.succeeded"


def test_events_come_late_or_never_on_request(account: Account) -> None:
    account.ask("PUT", "/delivery-mode", drop=True)
    account.client.v1.customers.create()
    account.ask("PUT", "/delivery-mode", delay_seconds=0.2)
    account.client.v1.customers.create()
    assert account.receiver.received == []
    account.receiver.wait_for("customer.created")

    def states() -> list[str]:
        return [delivery["state"] for delivery in account.ask("GET", "/deliveries")["deliveries"]]

    # The receiver has it a moment before the sender knows.
    eventually(lambda: states() == ["dropped", "succeeded"], states)


def test_an_event_is_sent_again_on_request(account: Account) -> None:
    account.client.v1.customers.create()
    account.receiver.wait_for("customer.created")
    event = account.receiver.received[0].event["id"]
    account.ask("POST", f"/events/{event}/resend", copies=2)
    account.receiver.wait_for(*["customer.created"] * 3)
    assert account.control.post("/_control/events/evt_x/resend").status_code == 404


def test_any_event_can_be_made_from_a_sample_or_from_a_resource(account: Account) -> None:
    intent = account.client.v1.payment_intents.create(params={"amount": 500, "currency": "usd"})
    account.ask("POST", "/events", type="charge.dispute.created", object={"amount": 42})
    account.ask("POST", "/events", type="payment_intent.processing", id=intent.id, object={"status": "processing"})
    account.receiver.wait_for("charge.dispute.created", "payment_intent.processing")
    by_type = {one.event["type"]: one.event["data"]["object"] for one in account.receiver.received}
    assert by_type["charge.dispute.created"]["amount"] == 42
    assert by_type["payment_intent.processing"]["id"] == intent.id
    assert account.client.v1.payment_intents.retrieve(intent.id).status == "requires_payment_method"
    assert account.control.post("/_control/events", json={"type": "nonsense.happened"}).status_code == 400


def test_events_can_be_listed_by_type(account: Account) -> None:
    account.charge()
    listed = account.client.v1.events.list(params={"types": ["payment_intent.*"]})
    assert [event.type for event in listed.data] == ["payment_intent.succeeded", "payment_intent.created"]
    assert account.client.v1.events.retrieve(listed.data[0].id).data.object["status"] == "succeeded"


def _deliveries(account: Account, state: str) -> list[dict[str, Any]]:
    def found() -> list[dict[str, Any]]:
        answer = httpx.get(f"{account.url}/_control/deliveries", params={"state": state}, trust_env=False)
        deliveries: list[dict[str, Any]] = answer.json()["deliveries"]
        return deliveries

    eventually(lambda: bool(found()), lambda: account.ask("GET", "/deliveries"))
    return found()
