"""All stories at once, each step at its time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from demo.stage.functions import FunctionClient
from demo.stage.shop import Stage

Story = Iterator[datetime]
"""Yields when its next step is; the first step is yielded before anything is done."""


@dataclass(slots=True)
class Shop:
    """The stage, and what stories have to know of each other. `now` is when the demo ends: ages count from it."""

    stage: Stage
    now: datetime
    admin: FunctionClient
    address: str
    """Of the system that the shop is for."""
    customers: dict[str, FunctionClient] = field(default_factory=dict)
    """By e-mail address."""
    product_ids: dict[str, str] = field(default_factory=dict)
    """By slug."""
    variant_ids: dict[str, str] = field(default_factory=dict)
    """By SKU."""

    imports: list[str] = field(default_factory=list)
    """Ids of product files whose pictures are to be fetched."""

    def ago(self, days: float) -> datetime:
        return self.now - timedelta(days=days)

    def administer(self, method: str, path: str, document: object = None, *, key: str | None = None) -> Any:
        """What the administrator does, below `/api/v1`."""
        return self.admin.call(method, f"/api/v1{path}", document, key=key)

    def as_customer(
        self, email: str, method: str, path: str, document: object = None, *, key: str | None = None
    ) -> Any:
        """What a customer does, below `/api/v1`."""
        return self.customers[email].call(method, f"/api/v1{path}", document, key=key)


def tell(stories: Iterable[Story], set_clock: Callable[[datetime], None], *, until: datetime) -> None:
    """Set the clock to the next step of any story and let it go on, until all have ended. Steps come in the order of
    time, so that ids and dates do, too. Raises ValueError for a step after `until`.
    """
    waiting = [(next(story), number, story) for number, story in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting:
        moment, number, story = heapq.heappop(waiting)
        if moment > until:
            raise ValueError(f"a story goes on at {moment}, after its end")
        set_clock(moment)
        following = next(story, None)
        if following is not None:
            heapq.heappush(waiting, (following, number, story))
