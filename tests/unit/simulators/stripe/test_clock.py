"""Stripe's later state changes by the virtual clock."""

from simulators.kit.deliveries import Timing
from tests.support.serving import eventually
from tests.support.stripe_account import simulated_account

DAY = 86_400.0


def test_a_pending_refund_succeeds_once_the_clock_reaches_its_day() -> None:
    with simulated_account(settle_seconds=5 * DAY) as account:
        paid = account.charge("pm_card_pendingRefund")
        refund = account.client.v1.refunds.create(params={"payment_intent": paid.id})
        account.ask("POST", "/clock", advance_seconds=4 * DAY)
        assert account.client.v1.refunds.retrieve(refund.id).status == "pending"
        account.ask("POST", "/clock", advance_seconds=1 * DAY)
        eventually(
            lambda: account.client.v1.refunds.retrieve(refund.id).status == "succeeded", lambda: account.receiver.types
        )


def test_what_is_made_after_an_advance_has_the_later_date() -> None:
    with simulated_account() as account:
        earlier = account.client.v1.customers.create()
        account.ask("POST", "/clock", advance_seconds=30 * DAY)
        later = account.client.v1.customers.create()
        assert later.created - earlier.created >= 30 * DAY
        assert account.ask("GET", "/clock")["now"] >= later.created


def test_a_retry_that_is_hours_away_is_made_when_the_clock_is_advanced() -> None:
    with simulated_account(timing=Timing(retry_seconds=(DAY,))) as account:
        account.receiver.statuses.append(500)
        account.client.v1.customers.create()
        eventually(
            lambda: any(one["next_attempt_at"] for one in account.ask("GET", "/deliveries")["deliveries"]),
            lambda: account.receiver.types,
        )
        account.ask("POST", "/clock", advance_seconds=DAY)
        eventually(
            lambda: [one["state"] for one in account.ask("GET", "/deliveries")["deliveries"]] == ["succeeded"],
            lambda: account.ask("GET", "/deliveries"),
        )
        assert account.receiver.types == ["customer.created", "customer.created"]


def test_the_clock_cannot_be_put_back() -> None:
    with simulated_account() as account:
        assert account.control.post("/_control/clock", json={"advance_seconds": -1}).status_code == 400
