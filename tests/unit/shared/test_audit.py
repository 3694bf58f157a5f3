"""What goes into the audit log: differences, nothing secret or personal, nothing long."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import audit

VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.integers(), max_size=3)
DOCUMENTS = st.dictionaries(st.sampled_from(["name", "sku", "amount", "tags"]), VALUES)


@dataclass(frozen=True, slots=True)
class Stored:
    id: int
    version: int
    name: str
    amount: int


class Row(NamedTuple):
    id: int
    name: str
    updated_at: None


@given(DOCUMENTS, DOCUMENTS)
def test_differences_lead_from_one_document_to_the_other(before: dict[str, Any], after: dict[str, Any]) -> None:
    changes = audit.differences(before, after)
    reached = {**before, **{name: value for name, (_, value) in changes.items()}}
    assert {name: value for name, value in reached.items() if value is not None} == {
        name: value for name, value in after.items() if value is not None
    }
    assert all(was != is_now for was, is_now in changes.values())


def test_what_differs_in_a_document_within_a_document_is_told_field_by_field() -> None:
    before = {"variants.1": {"sku": "a", "price": 999}, "variants.2": {"sku": "b"}, "name": "Pot"}
    after = {"variants.1": {"sku": "a", "price": 1099}, "variants.3": {"sku": "c"}, "name": "Pot"}
    assert audit.differences(before, after) == {
        "variants.1.price": (999, 1099),
        "variants.2": ({"sku": "b"}, None),
        "variants.3": (None, {"sku": "c"}),
    }


def test_what_is_new_or_gone_is_told_without_what_it_lacks() -> None:
    document: dict[str, Any] = {"name": "Pot", "note": None, "tags": [], "stock": 0, "is_active": False}
    assert audit.created(document) == {"name": (None, "Pot"), "stock": (None, 0), "is_active": (None, False)}
    assert audit.deleted(document) == {"name": ("Pot", None), "stock": (0, None), "is_active": (False, None)}


def test_what_the_database_keeps_by_itself_is_no_field() -> None:
    assert audit.fields_of(Stored(1, 2, "Pot", 999)) == {"name": "Pot", "amount": 999}
    assert audit.fields_of(Row(1, "Pot", None)) == {"name": "Pot"}
    assert audit.fields_of(Stored(1, 2, "Pot", 999), without=["amount"]) == {"name": "Pot"}


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "new_password",
        "password_hash",
        "refresh_token",
        "client_secret",
        "email",
        "full_name",
        "x.phone",
        "note",
        "decision_note",
        "reply",
        "file_name",
    ],
)
def test_secrets_personal_data_and_letters_are_withheld(name: str) -> None:
    kept = audit._bounded({name: (None, "violet-harbour"), "document": ({name: "violet-harbour"}, [{name: "violet"}])})
    assert "violet" not in kept
    assert json.loads(kept)[name] == [None, audit.WITHHELD]


def test_a_long_text_is_cut_with_a_mark_of_its_length() -> None:
    [_, kept] = json.loads(audit._bounded({"description": (None, "x" * 10_000)}))["description"]
    assert len(kept) == audit.MAX_TEXT
    assert kept.endswith("... [cut: 10000 characters]")


def test_a_long_list_ends_with_a_mark() -> None:
    [_, kept] = json.loads(audit._bounded({"tags": (None, list(range(1000)))}))["tags"]
    assert kept == [*range(audit.MAX_ITEMS), audit.CUT]


def test_however_much_changes_an_entry_stays_small() -> None:
    kept = audit._bounded({f"variants.{number}": ("x" * 400, "y" * 400) for number in range(1000)})
    assert len(kept) < 2 * audit.MAX_BYTES
    assert len(json.loads(kept)) == 1000
    assert json.loads(kept)["variants.999"] == [audit.CUT, audit.CUT]


def test_what_is_written_is_json() -> None:
    moment, identifier = datetime(2026, 1, 1, tzinfo=UTC), uuid.uuid4()
    kept = json.loads(
        audit._bounded({"at": (None, moment), "id": (None, identifier), "row": (None, Row(1, "a", None))})
    )
    assert kept == {"at": [None, "2026-01-01T00:00:00Z"], "id": [None, str(identifier)], "row": [None, [1, "a", None]]}


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::7", "2001:db8:1::/48"),
        ("unknown", None),
        (None, None),
    ],
)
def test_an_address_is_shortened_to_its_network(address: str | None, network: str | None) -> None:
    assert audit._network(address) == network


def test_an_actor_is_what_the_highest_role_says() -> None:
    somebody = uuid.uuid4()
    assert audit.user(somebody, ["customer", "admin"], None).kind == "admin"
    assert audit.user(somebody, ["customer", "moderator"], None).kind == "moderator"
    assert audit.user(somebody, ["customer"], None).kind == "customer"
