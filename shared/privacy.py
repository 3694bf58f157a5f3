"""The contract by which every context treats its data about people: copies, erases and ages it.

A context that holds such data has `shared/contexts/<context>/personal_data.py` with `PERSONAL_DATA`; identity, which
imports no other context, calls whatever is there.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol
from uuid import UUID

from shared import published
from shared.clients.database import Connection


@dataclass(frozen=True, slots=True)
class Person:
    """An account and its address. What a guest left under the same address is the person's if the address is proven to
    be theirs; otherwise anybody could have somebody else's data copied or erased.
    """

    user_id: UUID
    email: str
    is_proven: bool

    @property
    def proven(self) -> str | None:
        """The address, where it is proven."""
        return self.email if self.is_proven else None


@dataclass(frozen=True, slots=True)
class OrderedCollection:
    """A file in a form that others define: what an entry is made of a row, and the members of the object around the
    entries, which are `orderedItems` there. `around` is given the person's id and how many entries there are.
    """

    entry: Callable[[dict[str, Any]], dict[str, Any]]
    around: Callable[[UUID, int], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Section:
    """One file of a copy: what is in it, and the SELECT whose rows are its entries.

    Its parameters are `%(user_id)s` and `%(proven)s`, the address or null. The file is an array, unless it is a
    `collection`.
    """

    what: str
    select: str
    collection: OrderedCollection | None = None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What an erasure has to wait for, as the API names it."""

    reason: str
    is_brief: bool = False
    """Whether it ends by itself within the hour."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """Whom to erase, and how thoroughly."""

    person: Person
    emails: frozenset[str]
    """Every address the person is known by, in whatever case."""
    with_publications: bool
    """Whether what the person published goes as well, instead of staying without the name."""


Expiry = Callable[[Connection, int], int]
"""Removes or redacts the oldest rows of one kind that were kept for long enough, up to a batch; passes over locked ones
and returns how many it took."""


class PersonalData(Protocol):
    """What one context holds about people. The attributes name tables of that context only (tested)."""

    lock_order: ClassVar[int]
    """Contexts erase in this order: that in which everybody locks their rows
    (`docs/decisions/0004-cross-context-locks.md`)."""
    erased: ClassVar[Collection[str]] = ()
    """Tables out of which `erase` takes the person."""
    left: ClassVar[Mapping[str, str]] = {}
    """Tables that name a person and are left as they are, and why."""
    sections: ClassVar[Mapping[str, Section]] = {}
    """The files of a copy, by name."""
    not_copied: ClassVar[Mapping[str, str]] = {}
    """What is held and not copied, and why; a key is a comma-separated list of tables, or words."""
    retention: ClassVar[Mapping[str, Expiry]] = {}
    """What ends by itself after a while, by the name under which it is counted."""

    def emails(self, connection: Connection, person: Person) -> Collection[str]:
        """Addresses under which the person is known here."""
        return ()

    def unsettled(self, connection: Connection, person: Person) -> Unsettled | None:
        """Why the person cannot be erased yet; what is not brief comes first."""
        return None

    def lock(self, connection: Connection, person: Person) -> None:
        """Wait for others who decide about the person, before any context's rows are locked."""
        return  # without a body it would be abstract

    def erase(self, connection: Connection, erasure: Erasure) -> None:
        """Take the person out of every table of `erased`, in the caller's transaction. Can be repeated."""


@functools.cache
def contracts() -> dict[str, PersonalData]:
    """The contracts by context, in the order of their locks."""
    found: dict[str, PersonalData] = {
        context: module.PERSONAL_DATA for context, module in published.modules("personal_data")
    }
    return dict(sorted(found.items(), key=lambda item: (item[1].lock_order, item[0])))
