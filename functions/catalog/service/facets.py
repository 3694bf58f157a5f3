"""Facets of a list, for a minute out of this environment's memory."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final

from functions.catalog.repository import facets
from functions.catalog.repository.facets import SAMPLE, Counted, Facet, Looked
from functions.catalog.repository.filters import ProductFilters
from shared.clients.database import Connection

KEPT_SECONDS: Final = 60.0
_KEPT: Final = 200
_PLACES: Final = 2**32
_FIRST_PLACE: Final = -(2**31)
_DIGITS: Final = 2
"""Of an estimate, those that mean something."""

_counted: OrderedDict[tuple[str, tuple[Facet, ...]], tuple[float, dict[str, Any]]] = OrderedDict()


def counted(connection: Connection, filters: ProductFilters, wanted: Sequence[Facet]) -> dict[str, Any]:
    """The facets, as `schemas.Facets` has them."""
    key = repr(filters), tuple(wanted)
    kept = _counted.get(key)
    if kept is not None and time.monotonic() < kept[0] + KEPT_SECONDS:
        return kept[1]
    found = _count(connection, filters, wanted)
    _counted[key] = time.monotonic(), found
    _counted.move_to_end(key)
    if len(_counted) > _KEPT:
        _counted.popitem(last=False)
    return found


def forget() -> None:
    """Count anew at the next use."""
    _counted.clear()


def _count(connection: Connection, filters: ProductFilters, wanted: Sequence[Facet]) -> dict[str, Any]:
    whole, found = facets.count(connection, filters, wanted)
    answer: dict[str, Any] = {
        "total": _estimate(whole.products, whole),
        "approximate": any(_is_sample(looked) for looked in (whole, *(one.looked for one in found))),
    }
    for one in found:
        content = _scaled(one)
        if one.facet is Facet.OPTIONS:
            answer.setdefault(one.facet.value, []).extend(content)
        else:
            answer[one.facet.value] = content
    return answer


def _is_sample(looked: Looked) -> bool:
    return looked.products > SAMPLE


def _scaled(one: Counted) -> Any:
    """The counts of the whole set, where only a sample was looked at."""
    if one.facet is Facet.PRICE or not _is_sample(one.looked):
        return one.content
    if one.facet is Facet.OPTIONS:
        return [{**option, "values": _each(option["values"], one.looked)} for option in one.content]
    return _each(one.content, one.looked)


def _each(values: list[dict[str, Any]], looked: Looked) -> list[dict[str, Any]]:
    return [{**value, "count": _estimate(value["count"], looked)} for value in values]


def _estimate(count: int, looked: Looked) -> int:
    """How many of the whole set that is, if so many of those looked at are.

    Places in the order of the sample are spread evenly: where the k-th of them lies tells how many there are (the
    estimator of Bar-Yossef et al., "Counting distinct elements in a data stream", 2002).
    """
    if not _is_sample(looked) or looked.last_place is None:
        return count
    share = (looked.last_place - _FIRST_PLACE + 1) / _PLACES
    estimate = count * (looked.products - 1) / share / looked.products
    whole = round(estimate)
    return int(round(whole, _DIGITS - len(str(whole))))
