"""What the audit log tells of a product: every field that changed, and all of them together the product as it is."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from shared.tables.platform import AuditEntry
from tests.integration.catalog.test_admin_products import PRODUCTS, created, replacement
from tests.support.contenders import at_once
from tests.support.lambda_client import LambdaClient

_numbers = itertools.count()

WORDS = st.text("abc é瓷", min_size=1, max_size=8).map(lambda text: text.strip() or "x")
IMAGES = st.lists(
    st.sampled_from(["a", "b", "c"]).map(lambda name: {"url": f"https://images.example.com/{name}.jpg", "alt": name}),
    max_size=3,
    unique_by=lambda image: image["url"],
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "name": WORDS,
        "tags": st.lists(st.sampled_from(["blue", "large", "new"]), max_size=3, unique=True),
        "is_active": st.booleans(),
        "images": IMAGES,
        "seo_title": st.none() | WORDS,
        "prices": st.lists(st.integers(0, 5), min_size=1, max_size=3),
    },
)


TOLD = ("id", "version", "created_at", "updated_at", "variant_count")
TOLD_OF_VARIANTS = ("id", "version", "reserved", "low_stock_threshold")
"""Members of answers that are no fields of the product."""


def entries_of(db: Session, product_id: str) -> list[AuditEntry]:
    db.rollback()
    return db.query(AuditEntry).filter_by(subject_id=product_id).order_by(AuditEntry.id).all()


def replayed(entries: list[AuditEntry]) -> dict[str, Any]:
    """What the entries say together; each begins where the one before it ended."""
    document: dict[str, Any] = {}
    for entry in entries:
        for path, (before, after) in entry.changes.items():
            of_part = path.count(".") == 2  # `variants.<id>.sku`, `images.1.alt`
            part, _, name = path.rpartition(".") if of_part else ("", "", path)
            place = document[part] if of_part else document
            assert place.get(name) in (before, before or None)
            place[name] = after
    return {name: value for name, value in document.items() if value not in (None, "", [], {})}


def flat(product: dict[str, Any]) -> dict[str, Any]:
    """A product of the API in the words of the log."""
    kept = {name: value for name, value in product.items() if name not in TOLD}
    variants, images = kept.pop("variants"), kept.pop("images")
    for position, variant in enumerate(variants, 1):
        own = {name: value for name, value in variant.items() if name not in TOLD_OF_VARIANTS}
        kept[f"variants.{variant['id']}"] = {"position": position, **own}
    for place, image in enumerate(images, 1):
        kept[f"images.{place}"] = {"url": image["url"], "alt": image["alt"]}
    return {name: value for name, value in kept.items() if value not in (None, "", [], {})}


def as_it_is(document: dict[str, Any]) -> dict[str, Any]:
    """What PUT takes of a product that is to stay as it is."""
    return replacement(document, images=[{"url": image["url"], "alt": image["alt"]} for image in document["images"]])


@settings(max_examples=12)
@given(changes=st.lists(CHANGES, min_size=1, max_size=4))
def test_replaying_the_entries_gives_the_product_as_it_is(
    changes: list[dict[str, Any]], admin: LambdaClient, db: Session
) -> None:
    number = next(_numbers)
    sizes = [{"option_values": [size], "price_amount": 100, "stock": 1} for size in ("S", "M", "L")]
    document = created(admin, slug=f"shirt-{number}", vendor=f"Tailor {number}", variants=sizes)
    for change in changes:
        body = dict(change)
        if prices := body.pop("prices", None):
            body["variants"] = [
                {**{name: old[name] for name in ("id", "option_values", "stock")}, "price_amount": price}
                for old, price in zip(document["variants"], prices, strict=False)
            ]
        reply = admin.patch(f"{PRODUCTS}/{document['id']}", json={"version": document["version"], **body})
        assert reply.status == 200, reply.body
        document = reply.json()
    entries = entries_of(db, document["id"])
    assert len(entries) == 1 + len(changes)
    assert replayed(entries) == flat(document)


def test_one_new_price_is_one_line(admin: LambdaClient, db: Session) -> None:
    document = created(admin)
    small = document["variants"][0]
    body = as_it_is(document)
    body["variants"][0]["price_amount"] = 1100
    assert admin.put(f"{PRODUCTS}/{document['id']}", json=body).status == 200
    [_, entry] = entries_of(db, document["id"])
    assert entry.changes == {f"variants.{small['id']}.price_amount": [1000, 1100]}


def test_a_write_that_changes_nothing_is_told_without_changes(admin: LambdaClient, db: Session) -> None:
    document = created(admin)
    assert admin.put(f"{PRODUCTS}/{document['id']}", json=as_it_is(document)).status == 200
    [_, entry] = entries_of(db, document["id"])
    assert (entry.action, entry.changes) == ("product.changed", {})


def test_what_was_deleted_is_told_as_it_was(admin: LambdaClient, db: Session) -> None:
    document = created(admin)
    assert admin.delete(f"{PRODUCTS}/{document['id']}").status == 204
    [_, entry] = entries_of(db, document["id"])
    assert entry.action == "product.deleted"
    assert entry.changes["name"] == ["Shirt", None]
    assert {name: before for name, (before, _) in entry.changes.items()} == flat(document)


@pytest.mark.parametrize("changed", [{"version": 7}, {"slug": "Not a slug"}, {"category_id": "x"}])
def test_a_change_that_is_refused_leaves_no_entry(changed: dict[str, Any], admin: LambdaClient, db: Session) -> None:
    document = created(admin)
    body = {"version": document["version"], "name": "Other", **changed}
    assert admin.patch(f"{PRODUCTS}/{document['id']}", json=body).status in {409, 422}
    assert [entry.action for entry in entries_of(db, document["id"])] == ["product.created"]


def test_entries_of_adjustments_at_once_follow_each_other(admin: LambdaClient, db: Session) -> None:
    variant_id = created(admin)["variants"][0]["id"]

    def act(number: int) -> int:
        return admin.post(
            f"/api/v1/admin/inventory/{variant_id}/adjustments",
            json={"quantity": -1, "reason": "damaged"},
            headers={"Idempotency-Key": f"adjustment-number-{number}"},
        ).status

    assert sorted(at_once(7, act)) == [201] * 5 + [409] * 2
    steps = [entry.changes["on_hand"] for entry in entries_of(db, variant_id)]
    assert steps == [[5, 4], [4, 3], [3, 2], [2, 1], [1, 0]]


def test_entries_of_settings_changed_at_once_follow_each_other(admin: LambdaClient, db: Session) -> None:
    variant_id = created(admin)["variants"][0]["id"]

    def act(number: int) -> int:
        return admin.patch(f"/api/v1/admin/inventory/{variant_id}", json={"low_stock_threshold": number + 11}).status

    assert at_once(5, act) == [200] * 5
    steps = [entry.changes["low_stock_threshold"] for entry in entries_of(db, variant_id)]
    assert len(steps) == 5
    assert [before for before, _ in steps[1:]] == [after for _, after in steps[:-1]]


def test_a_repeated_request_leaves_one_entry(admin: LambdaClient, db: Session) -> None:
    variant_id = created(admin)["variants"][0]["id"]
    for _ in range(2):
        reply = admin.post(
            f"/api/v1/admin/inventory/{variant_id}/adjustments",
            json={"quantity": -2, "reason": "damaged", "note": "Dropped"},
            headers={"Idempotency-Key": "the-same-every-time"},
        )
        assert reply.status == 201
    [entry] = entries_of(db, variant_id)
    assert (entry.action, entry.changes, entry.reason) == ("stock.adjusted", {"on_hand": [5, 3]}, "damaged: Dropped")
