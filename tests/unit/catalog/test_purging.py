"""Which pages are thrown away for which changes."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.service.purging import MOST_PRODUCTS, Purge
from shared.events import BusMessage, CategoryChanged, DomainEvent, OrderPlaced, ProductChanged


def message(event: DomainEvent, event_id: uuid.UUID | None = None) -> BusMessage:
    detail: dict[str, Any] = {
        "id": event_id or uuid.uuid4(),
        "type": event.detail_type(),
        "occurred_at": datetime.now(UTC),
        "correlation_id": "test",
        "data": event.model_dump(mode="json"),
    }
    return BusMessage.model_validate({"source": event.source, "detail-type": event.detail_type(), "detail": detail})


def purge_of(*messages: BusMessage) -> Purge:
    purge = Purge()
    for each in messages:
        purge.add(each)
    return purge


def test_a_changed_product_s_pages_and_all_lists_and_counts_go() -> None:
    pot = uuid.uuid4()
    assert purge_of(message(ProductChanged(product_id=pot))).cache_tags == ["products", "categories", f"product:{pot}"]


def test_many_changes_of_one_product_are_one_purge_of_its_pages() -> None:
    pot = uuid.uuid4()
    changes = [message(ProductChanged(product_id=pot)) for _ in range(500)]
    assert purge_of(*changes).cache_tags == ["products", "categories", f"product:{pot}"]


def test_where_many_products_change_everything_goes_for_the_price_of_one() -> None:
    changes = [message(ProductChanged(product_id=uuid.uuid4())) for _ in range(MOST_PRODUCTS + 1)]
    assert purge_of(*changes).cache_tags == ["catalog"]


def test_a_category_stands_on_any_page() -> None:
    category = message(CategoryChanged(category_id=uuid.uuid4()))
    assert purge_of(category, message(ProductChanged(product_id=uuid.uuid4()))).cache_tags == ["catalog"]


def test_nothing_is_purged_for_nothing() -> None:
    assert purge_of().cache_tags == []


def test_an_event_that_changes_no_page_is_refused() -> None:
    with pytest.raises(ValueError, match="OrderPlaced"):
        purge_of(message(OrderPlaced(order_id=uuid.uuid4(), number="1")))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.randoms())
def test_redelivered_in_any_order_and_number_events_are_one_purge(numbers: list[int], chance: Any) -> None:
    products = [uuid.UUID(int=number) for number in range(6)]
    sent = [message(ProductChanged(product_id=products[n]), uuid.UUID(int=1000 + i)) for i, n in enumerate(numbers)]
    again = sent + chance.choices(sent, k=3)
    chance.shuffle(again)
    assert purge_of(*again).reference == purge_of(*sent).reference
    assert purge_of(*again).cache_tags == purge_of(*sent).cache_tags
    assert 1 <= len(purge_of(*sent).cache_tags) <= 2 + MOST_PRODUCTS


def test_other_events_are_another_purge() -> None:
    pot = uuid.uuid4()
    first, second = (purge_of(message(ProductChanged(product_id=pot))) for _ in range(2))
    assert first.reference != second.reference
