from typing import Any

import pytest
import stripe

from tests.support.stripe_account import Account, error_of


def test_a_customer_lives_from_creation_to_deletion(account: Account) -> None:
    customers = account.client.v1.customers
    created = customers.create(params={"email": "a@example.com", "name": "A", "address": {"city": "Wien"}})
    assert customers.retrieve(created.id).email == "a@example.com"
    changed = customers.update(created.id, params={"name": "B"})
    assert (changed.name, changed.address and changed.address.city) == ("B", "Wien")
    assert [one.id for one in customers.list(params={"email": "a@example.com"}).data] == [created.id]
    assert customers.delete(created.id).deleted
    assert customers.retrieve(created.id).deleted
    assert customers.list().data == []
    with pytest.raises(stripe.InvalidRequestError):
        customers.update(created.id, params={"name": "C"})
    account.receiver.wait_for("customer.created", "customer.updated", "customer.deleted")


def test_an_update_event_tells_what_was_before(account: Account) -> None:
    customer = account.client.v1.customers.create(params={"name": "A"})
    account.client.v1.customers.update(customer.id, params={"name": "B"})
    account.receiver.wait_for("customer.updated")
    assert account.receiver.received[-1].event["data"]["previous_attributes"] == {"name": "A"}


def test_a_customer_may_start_with_a_default_card(account: Account) -> None:
    method = account.client.v1.payment_methods.create(params={"type": "card", "card": {"token": "tok_visa"}})
    params: Any = {"payment_method": method.id, "invoice_settings": {"default_payment_method": method.id}}
    customer = account.client.v1.customers.create(params=params)
    listed = account.client.v1.customers.payment_methods.list(customer.id)
    assert [one.id for one in listed.data] == [method.id]


def test_a_method_is_attached_listed_changed_and_detached_for_good(account: Account) -> None:
    methods = account.client.v1.payment_methods
    customer = account.client.v1.customers.create()
    method = methods.attach("pm_card_visa", params={"customer": customer.id})
    assert method.customer == customer.id
    assert [one.id for one in methods.list(params={"customer": customer.id, "type": "card"}).data] == [method.id]
    params: Any = {"billing_details": {"name": "A"}, "card": {"exp_year": 2040}}
    changed = methods.update(method.id, params=params)
    assert (changed.billing_details.name, changed.card and changed.card.exp_year) == ("A", 2040)
    assert methods.detach(method.id).customer is None
    assert methods.list(params={"customer": customer.id}).data == []
    with pytest.raises(stripe.InvalidRequestError, match="may not be used again"):
        methods.attach(method.id, params={"customer": customer.id})


def test_deleting_a_customer_detaches_the_methods(account: Account) -> None:
    customer = account.client.v1.customers.create()
    method = account.client.v1.payment_methods.attach("pm_card_visa", params={"customer": customer.id})
    account.client.v1.customers.delete(customer.id)
    assert account.client.v1.payment_methods.retrieve(method.id).customer is None


def test_a_setup_saves_a_card_for_the_customer(account: Account) -> None:
    setups = account.client.v1.setup_intents
    customer = account.client.v1.customers.create()
    setup = setups.create(params={"customer": customer.id})
    assert setup.status == "requires_payment_method"
    confirmed = setups.confirm(
        setup.id, params={"payment_method": "pm_card_visa", "return_url": "https://shop.test/back"}
    )
    assert confirmed.status == "succeeded"
    assert [one.id for one in account.client.v1.customers.payment_methods.list(customer.id).data] == [
        confirmed.payment_method
    ]
    with pytest.raises(stripe.InvalidRequestError) as caught:
        setups.cancel(setup.id)
    assert caught.value.code == "setup_intent_unexpected_state"


def test_a_setup_with_a_declining_card_fails(account: Account) -> None:
    params: Any = {"payment_method": "pm_card_visa_chargeDeclined", "confirm": True, "return_url": "https://shop.test"}
    with pytest.raises(stripe.CardError) as caught:
        account.client.v1.setup_intents.create(params=params)
    assert error_of(caught)["setup_intent"]["status"] == "requires_payment_method"


def test_pages_of_a_list_join_without_gap_or_repeat_in_both_directions(account: Account) -> None:
    customers = account.client.v1.customers
    made = [customers.create().id for _ in range(7)]
    newest_first = list(reversed(made))
    assert [one.id for one in customers.list(params={"limit": 2}).auto_paging_iter()] == newest_first
    page = customers.list(params={"limit": 3, "ending_before": made[0]})
    assert ([one.id for one in page.data], page.has_more) == (newest_first[3:6], True)
    last = customers.list(params={"limit": 3, "starting_after": newest_first[3]})
    assert ([one.id for one in last.data], last.has_more) == (newest_first[4:], False)


@pytest.mark.parametrize(
    "params",
    [{"limit": 0}, {"limit": 101}, {"starting_after": "cus_x"}, {"starting_after": "cus_x", "ending_before": "cus_y"}],
)
def test_a_list_refuses_limits_and_cursors_that_stripe_refuses(account: Account, params: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        account.client.v1.customers.list(params=params)


def test_lists_can_be_limited_by_time(account: Account) -> None:
    customer = account.client.v1.customers.create()
    found = account.client.v1.customers.list(params={"created": {"gte": customer.created}})
    assert [one.id for one in found.data] == [customer.id]
    assert account.client.v1.customers.list(params={"created": {"gt": customer.created + 5}}).data == []
