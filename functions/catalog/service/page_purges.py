"""Pages are purged from CloudFront when they are outdated: the catalogue's, and all that name the shop."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from functools import cache
from typing import Final
from uuid import UUID

from functions.catalog.settings import EdgeCacheSettings
from shared import process, settings
from shared.clients import edge_cache
from shared.contexts.catalog.cache_tags import CATALOG, CATEGORIES, LISTS, of_product
from shared.contexts.catalog.events import CategoryChanged, ProductChanged
from shared.contexts.ordering.cache_tags import SITE
from shared.contexts.ordering.events import SiteChanged
from shared.events import DomainEvent

MOST_PRODUCTS: Final = 3
"""Of more at once everything goes: CloudFront asks half a cent for every tag beyond the first thousand of a month."""


class Purge:
    """What several events, by their ids, make outdated together.

    Raises ValueError for an event that changes no page.
    """

    def __init__(self, events: Mapping[UUID, DomainEvent]) -> None:
        self._event_ids = frozenset(events)
        self._products: set[UUID] = set()
        self._everything = False
        self._site = False
        for event in events.values():
            match event:
                case ProductChanged():
                    self._products.add(event.product_id)
                case CategoryChanged():  # its name stands on the pages of all products in it and below it
                    self._everything = True
                case SiteChanged():
                    self._site = True
                case _:
                    raise ValueError(f"{event.detail_type()} changes no page")

    @property
    def cache_tags(self) -> list[str]:
        """The tags to purge."""
        return [*self._catalog_tags, *([SITE] if self._site else [])]

    @property
    def _catalog_tags(self) -> list[str]:
        if self._everything or len(self._products) > MOST_PRODUCTS:
            return [CATALOG]
        return [LISTS, CATEGORIES, *sorted(map(of_product, self._products))] if self._products else []

    @property
    def reference(self) -> str:
        """The same for the same events, however often and in whatever order they are delivered."""
        named = [*sorted(map(str, self._event_ids)), *self.cache_tags]
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
    front = settings.load(EdgeCacheSettings)
    return edge_cache.distribution(front.distribution_parameter, region=front.distribution_region or None)


process.on_reset(_distribution.cache_clear)
