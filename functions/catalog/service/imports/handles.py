"""Which product a file's handle means: the one that was made of it, or the one whose slug it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from functions.catalog.domain.product_aggregate import ProductAggregate
from functions.catalog.domain.slugs import digest, slug_of_handle
from functions.catalog.repository import product_aggregate
from shared.clients.database import Connection
from shared.texts import composed


@dataclass(frozen=True, slots=True)
class Place:
    """The product that a handle means (None for a new one), and the slug that it has or gets."""

    slug: str
    current: ProductAggregate | None
    note: str | None = None
    problem: str | None = None


def locate(connection: Connection, handles: Iterable[str], file_handles: Collection[str]) -> dict[str, Place]:
    """The place of each handle. Until the transaction ends, no other caller makes products there.

    A handle that is no slug is stored with the product, so that the next import finds it. Its slug is not that of
    another product, nor one of `file_handles`.
    """
    slugs = {handle: slug_of_handle(handle) for handle in handles}
    candidates = {
        handle: (slug, f"{slug}-{digest(handle)}") for handle, slug in slugs.items() if slug != composed(handle)
    }
    every = {*slugs.values(), *(second for _, second in candidates.values())}
    product_aggregate.lock_slugs(connection, every)
    by_slug = product_aggregate.by_slugs(connection, every, import_handles=list(candidates))
    by_import_handle = {
        aggregate.product.import_handle: aggregate
        for aggregate in by_slug.values()
        if aggregate.product.import_handle is not None
    }
    places: dict[str, Place] = {}
    taken: dict[UUID, str] = {}
    claimed: set[str] = set()
    for handle, made in slugs.items():
        slug, current = made, by_slug.get(made)
        if handle in candidates:
            current = by_import_handle.get(handle)
            first, second = candidates[handle]
            is_free = first not in by_slug and first not in file_handles and first not in claimed
            slug = current.product.slug if current is not None else first if is_free else second
        claimed.add(slug)
        places[handle] = Place(
            slug,
            current,
            None if slug == composed(handle) else f"is no address as it is, so a slug is made of it: {slug}",
        )
        if current is not None and (other := taken.setdefault(current.product.id, handle)) != handle:
            places[handle] = Place(slug, None, problem=f"means the same product as the handle {other!r}")
    return places
