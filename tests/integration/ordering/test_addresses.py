"""The address book: one default each, nothing twice, nothing lost between two tabs."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy.orm import Session

from functions.ordering.domain.addresses import MAX_ADDRESSES, AddressTerms
from functions.ordering.service import addresses
from shared import outbox
from shared.contexts.ordering.models.addresses import CustomerAddress
from tests.factories import identity
from tests.factories.ordering import ADDRESS, Shopper
from tests.support.contenders import at_once
from tests.support.lambda_client import Answer, LambdaClient
from tests.support.tokens import TestSigningKey

PATH = "/users/me/addresses"


def save(shopper: Shopper, *, key: str | None = None, **terms: Any) -> Answer:
    body = {"address": ADDRESS, **terms}
    return shopper.send("POST", PATH, json=body, headers={"Idempotency-Key": key or uuid.uuid4().hex})


def book(shopper: Shopper) -> Any:
    return shopper.send("GET", PATH).json()["items"]


def at(street: str) -> dict[str, str]:
    return {**ADDRESS, "line1": street}


def change(shopper: Shopper, entry: Any, **terms: Any) -> Answer:
    names = ("label", "address", "is_default_shipping", "is_default_billing", "version")
    return shopper.send("PUT", f"{PATH}/{entry['id']}", json={name: entry[name] for name in names} | terms)


def test_a_saved_address_is_listed_and_shown(customer: Shopper) -> None:
    answer = save(customer, label="Home", address={**ADDRESS, "tax_number": "GB123456789"}, is_default_billing=True)
    entry = answer.json()
    assert (answer.status, entry["label"], entry["version"]) == (201, "Home", 1)
    assert entry["address"]["tax_number"] == "GB123456789"
    assert (entry["is_default_shipping"], entry["is_default_billing"]) == (False, True)
    assert answer.headers["location"] == f"/api/v1{PATH}/{entry['id']}"
    assert book(customer) == [entry]
    shown = customer.send("GET", f"{PATH}/{entry['id']}")
    assert (shown.json(), shown.headers["cache-control"]) == (entry, "private, no-store")


def test_the_book_is_read_page_by_page_newest_first(customer: Shopper) -> None:
    saved = [save(customer, address=at(f"{number} High Street")).json() for number in range(3)]
    first = customer.send("GET", PATH, query={"limit": 2}).json()
    rest = customer.send("GET", PATH, query={"limit": 2, "cursor": first["next_cursor"]}).json()
    assert first["items"] + rest["items"] == saved[::-1]
    assert rest["next_cursor"] is None


def test_an_address_has_the_fields_of_checkout_and_its_errors(customer: Shopper) -> None:
    answer = save(customer, address={**ADDRESS, "country": "ZZ", "phone": "call me"})
    assert answer.status == 422
    fields = sorted(error["field"] for error in answer.json()["errors"])
    assert fields == ["body.address.country", "body.address.phone"]


def test_a_default_is_taken_from_the_one_before(customer: Shopper) -> None:
    first = save(customer, is_default_shipping=True, is_default_billing=True).json()
    second = save(customer, address=at("2 High Street"), is_default_shipping=True).json()
    defaults = {entry["id"]: (entry["is_default_shipping"], entry["is_default_billing"]) for entry in book(customer)}
    assert defaults == {first["id"]: (False, True), second["id"]: (True, False)}
    changed = change(customer, second, is_default_billing=True).json()
    assert (changed["is_default_shipping"], changed["is_default_billing"]) == (True, True)
    assert [entry["is_default_billing"] for entry in book(customer)] == [True, False]


def test_the_same_address_is_not_saved_twice(customer: Shopper) -> None:
    first = save(customer, label="Home").json()
    assert save(customer).json() == first
    gained = save(customer, is_default_shipping=True).json()
    assert (gained["id"], gained["label"], gained["is_default_shipping"]) == (first["id"], "Home", True)
    assert book(customer) == [gained]


def test_a_repeated_request_is_answered_as_the_first(customer: Shopper) -> None:
    key = uuid.uuid4().hex
    first = save(customer, key=key)
    again = save(customer, key=key)
    assert (again.json(), again.headers["idempotency-replayed"]) == (first.json(), "true")


def test_who_changes_what_another_tab_has_changed_is_told(customer: Shopper) -> None:
    entry = save(customer).json()
    assert change(customer, entry, label="Office").json()["version"] == 2
    late = change(customer, entry, label="Home")
    assert (late.status, late.json()["code"], late.json()["version"]) == (409, "version_conflict", 2)
    assert book(customer)[0]["label"] == "Office"


def test_losing_a_default_is_a_change_that_the_other_tab_is_told_of(customer: Shopper) -> None:
    first = save(customer, is_default_shipping=True).json()
    save(customer, address=at("2 High Street"), is_default_shipping=True)
    assert change(customer, first, label="Home").json()["code"] == "version_conflict"


def test_a_deleted_address_is_gone(customer: Shopper) -> None:
    entry = save(customer, is_default_shipping=True).json()
    assert customer.send("DELETE", f"{PATH}/{entry['id']}").status == 204
    assert book(customer) == []
    for answer in (
        customer.send("DELETE", f"{PATH}/{entry['id']}"),
        customer.send("GET", f"{PATH}/{entry['id']}"),
        change(customer, entry),
    ):
        assert (answer.status, answer.json()["code"]) == (404, "address_not_found")


def test_a_full_book_takes_no_more(customer: Shopper, db: Session) -> None:
    save(customer)
    user_id = db.query(CustomerAddress.user_id).scalar()
    db.add_all(CustomerAddress(user_id=user_id, address=at(f"{n} High Street")) for n in range(1, MAX_ADDRESSES))
    db.commit()
    refused = save(customer, address=at("One too many"))
    assert (refused.status, refused.json()["code"]) == (409, "address_book_full")
    assert save(customer).status == 201  # it is there already


def test_another_persons_address_does_not_exist(
    customer: Shopper, api: LambdaClient, db: Session, signing_key: TestSigningKey
) -> None:
    entry = save(customer).json()
    other = Shopper(api).signed_in(signing_key.authorization(identity.user(db)))
    assert [book(other), change(other, entry).status] == [[], 404]
    assert other.send("DELETE", f"{PATH}/{entry['id']}").status == 404
    assert save(other).json()["id"] != entry["id"]


@pytest.mark.parametrize("street", ["12 St James's Square", None])
def test_two_tabs_that_save_at_once_leave_one_default(db: Session, street: str | None) -> None:
    """Of the same address there is one entry; of two addresses, one is the default."""
    user_id = identity.user(db).id

    def tab(number: int) -> uuid.UUID:
        terms = AddressTerms(
            label=None,
            address=at(street or f"{number} High Street"),
            is_default_shipping=True,
            is_default_billing=True,
        )
        with outbox.unit_of_work() as connection:
            return addresses.save(connection, user_id, terms).id

    saved = at_once(2, tab)
    rows = db.query(CustomerAddress).filter_by(user_id=user_id).all()
    assert len(rows) == len(set(saved)) == (1 if street else 2)
    assert [sum(row.is_default_shipping for row in rows), sum(row.is_default_billing for row in rows)] == [1, 1]
