"""Facets of a list, cached for a minute in this environment's memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final

from functions.catalog.domain.product_filters import ProductFilters
from functions.catalog.repository import facets
from functions.catalog.repository.facets import SAMPLE, Facet, FacetCount, Sampled
from shared import process
from shared.clients.database import Connection

CACHE_SECONDS: Final = 60.0
_CACHE_SIZE: Final = 200
_PLACES: Final = 2**32
_FIRST_PLACE: Final = -(2**31)
_DIGITS: Final = 2
"""Of an estimate, those that mean something."""

_cache: OrderedDict[tuple[str, tuple[Facet, ...]], tuple[float, dict[str, Any]]] = OrderedDict()


def counts(connection: Connection, filters: ProductFilters, names: Sequence[Facet]) -> dict[str, Any]:
    """The facets, as `schemas.Facets` has them."""
    key = repr(filters), tuple(names)
    cached = _cache.get(key)
    if cached is not None and time.monotonic() < cached[0] + CACHE_SECONDS:
        return cached[1]
    content = _count(connection, filters, names)
    _cache[key] = time.monotonic(), content
    _cache.move_to_end(key)
    if len(_cache) > _CACHE_SIZE:
        _cache.popitem(last=False)
    return content


def reset() -> None:
    """Count again at the next use."""
    _cache.clear()


process.on_reset(reset)


def _count(connection: Connection, filters: ProductFilters, names: Sequence[Facet]) -> dict[str, Any]:
    whole, facet_counts = facets.count(connection, filters, names)
    answer: dict[str, Any] = {
        "total": _estimate(whole.products, whole),
        "approximate": any(_is_sample(sampled) for sampled in (whole, *(one.sampled for one in facet_counts))),
    }
    for one in facet_counts:
        content = _scaled(one)
        if one.facet is Facet.OPTIONS:
            answer.setdefault(one.facet.value, []).extend(content)
        else:
            answer[one.facet.value] = content
    return answer


def _is_sample(sampled: Sampled) -> bool:
    return sampled.products > SAMPLE


def _scaled(one: FacetCount) -> Any:
    """The counts of the whole set, where only a sample was counted."""
    if one.facet is Facet.PRICE or not _is_sample(one.sampled):
        return one.content
    if one.facet is Facet.OPTIONS:
        return [{**option, "values": _each(option["values"], one.sampled)} for option in one.content]
    return _each(one.content, one.sampled)


def _each(values: list[dict[str, Any]], sampled: Sampled) -> list[dict[str, Any]]:
    return [{**value, "count": _estimate(value["count"], sampled)} for value in values]


def _estimate(count: int, sampled: Sampled) -> int:
    """How many of the whole set that is, if so many of the sample are.

    Places in the order of the sample are spread evenly: where the k-th of them lies tells how many there are (the
    estimator of Bar-Yossef et al., "Counting distinct elements in a data stream", 2002).
    """
    if not _is_sample(sampled) or sampled.last_place is None:
        return count
    share = (sampled.last_place - _FIRST_PLACE + 1) / _PLACES
    estimate = count * (sampled.products - 1) / share / sampled.products
    whole = round(estimate)
    return int(round(whole, _DIGITS - len(str(whole))))
