"""What CloudFront keeps of the catalogue is thrown away when it is no longer true."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import cache
from typing import Final
from uuid import UUID

from functions.catalog.settings import FrontSettings
from shared import settings
from shared.cache_tags import CATALOG, CATEGORIES, LISTS, of_product
from shared.clients import edge_cache
from shared.events import BusMessage, CategoryChanged, ProductChanged

MOST_PRODUCTS: Final = 3
"""Of more at once everything goes: CloudFront asks half a cent for every tag beyond the first thousand of a month."""


class Purge:
    """What several events together make untrue."""

    def __init__(self) -> None:
        self._events: set[UUID] = set()
        self._products: set[UUID] = set()
        self._everything = False

    def add(self, message: BusMessage) -> None:
        """Take an event in. Raises pydantic's ValidationError, and ValueError for one that changes no page."""
        if message.detail_type == ProductChanged.detail_type():
            self._products.add(ProductChanged.model_validate(message.detail.data).product_id)
        elif message.detail_type == CategoryChanged.detail_type():
            # Its name stands on the pages of all products in it and below it.
            CategoryChanged.model_validate(message.detail.data)
            self._everything = True
        else:
            raise ValueError(f"{message.detail_type} changes no page")
        self._events.add(message.detail.id)

    @property
    def cache_tags(self) -> list[str]:
        """The tags to purge."""
        if self._everything or len(self._products) > MOST_PRODUCTS:
            return [CATALOG]
        return [LISTS, CATEGORIES, *sorted(map(of_product, self._products))] if self._products else []

    @property
    def reference(self) -> str:
        """The same for the same events, however often and in whatever order they are delivered."""
        named = [*sorted(map(str, self._events)), *self.cache_tags]
        return hashlib.sha256("\n".join(named).encode()).hexdigest()

    def run(self) -> Collection[str]:
        """Purge; returns the tags. Raises botocore's errors."""
        tags = self.cache_tags
        if tags:
            try:
                edge_cache.purge(_distribution(), tags, reference=self.reference)
            except Exception:
                _distribution.cache_clear()  # it may be another one by now
                raise
        return tags


@cache
def _distribution() -> str:
    front = settings.load(FrontSettings)
    return edge_cache.distribution(front.distribution_parameter, region=front.distribution_region or None)
