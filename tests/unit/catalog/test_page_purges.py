"""Which pages are thrown away for which changes."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.catalog.service.page_purges import MOST_PRODUCTS, Purge
from shared.contexts.catalog.events import CategoryChanged, ProductChanged
from shared.contexts.ordering.events import OrderPlaced, SiteChanged
from shared.events import DomainEvent

Identified = tuple[uuid.UUID, DomainEvent]


def identified(event: DomainEvent, event_id: uuid.UUID | None = None) -> Identified:
    return event_id or uuid.uuid4(), event


def purge_of(*events: Identified) -> Purge:
    return Purge(dict(events))


def test_a_changed_product_s_pages_and_all_lists_and_counts_go() -> None:
    pot = uuid.uuid4()
    assert purge_of(identified(ProductChanged(product_id=pot))).cache_tags == [
        "products",
        "categories",
        f"product:{pot}",
    ]


def test_many_changes_of_one_product_are_one_purge_of_its_pages() -> None:
    pot = uuid.uuid4()
    changes = [identified(ProductChanged(product_id=pot)) for _ in range(500)]
    assert purge_of(*changes).cache_tags == ["products", "categories", f"product:{pot}"]


def test_where_many_products_change_everything_goes_for_the_price_of_one() -> None:
    changes = [identified(ProductChanged(product_id=uuid.uuid4())) for _ in range(MOST_PRODUCTS + 1)]
    assert purge_of(*changes).cache_tags == ["catalog"]


def test_a_category_stands_on_any_page() -> None:
    category = identified(CategoryChanged(category_id=uuid.uuid4()))
    assert purge_of(category, identified(ProductChanged(product_id=uuid.uuid4()))).cache_tags == ["catalog"]


def test_all_that_names_the_shop_goes_when_its_settings_change() -> None:
    assert purge_of(identified(SiteChanged())).cache_tags == ["site"]
    pot = uuid.uuid4()
    together = purge_of(identified(SiteChanged()), identified(ProductChanged(product_id=pot)))
    assert together.cache_tags == ["products", "categories", f"product:{pot}", "site"]


def test_nothing_is_purged_for_nothing() -> None:
    assert purge_of().cache_tags == []


def test_an_event_that_changes_no_page_is_refused() -> None:
    with pytest.raises(ValueError, match="OrderPlaced"):
        purge_of(identified(OrderPlaced(order_id=uuid.uuid4(), number="1")))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12), st.randoms())
def test_redelivered_in_any_order_and_number_events_are_one_purge(numbers: list[int], chance: Any) -> None:
    products = [uuid.UUID(int=number) for number in range(6)]
    sent = [identified(ProductChanged(product_id=products[n]), uuid.UUID(int=1000 + i)) for i, n in enumerate(numbers)]
    again = sent + chance.choices(sent, k=3)
    chance.shuffle(again)
    assert purge_of(*again).reference == purge_of(*sent).reference
    assert purge_of(*again).cache_tags == purge_of(*sent).cache_tags
    assert 1 <= len(purge_of(*sent).cache_tags) <= 2 + MOST_PRODUCTS


def test_other_events_are_another_purge() -> None:
    pot = uuid.uuid4()
    first, second = (purge_of(identified(ProductChanged(product_id=pot))) for _ in range(2))
    assert first.reference != second.reference
