"""The contract by which a context says what of it can be reported.

A context whose things people see has `shared/contexts/<context>/report_targets.py` with `TARGETS`; moderation, which
knows no kind by name, reads and acts on whatever is there. A new kind is one entry of such a file.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from shared import published
from shared.clients.database import Connection


class Hide(Protocol):
    """Nobody but who it belongs to sees it any more. False where that is so already, or there is nothing."""

    def __call__(self, connection: Connection, target_id: UUID, /, *, moderator: UUID, reason: str) -> bool: ...


class Show(Protocol):
    """Everybody sees it again who saw it before, unless its author has taken it away. False where nothing hid it."""

    def __call__(self, connection: Connection, target_id: UUID, /, *, moderator: UUID, reason: str) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTarget:
    """One kind of what can be reported.

    `select` ends with a WHERE clause by `%(id)s`, and answers `owner_id` (whom actions concern; null for the shop's
    own), `version`, `is_shown` (whether people see it at present), `snapshot` (JSON: what a moderator has to see later,
    whatever becomes of the target) and `media_ids` (uploaded pictures, which stay for as long as the case does).
    `visible` is the condition under which `%(viewer)s` reads it. What can only be done about a person has no `hide`.
    """

    kind: str
    select: str
    visible: str
    hide: Hide | None = None
    show: Show | None = None


@functools.cache
def registered() -> Mapping[str, ReportTarget]:
    """All kinds by name, in the order of their names."""
    kinds: list[ReportTarget] = [
        target for _, module in published.modules("report_targets") for target in module.TARGETS
    ]
    return {target.kind: target for target in sorted(kinds, key=lambda target: target.kind)}
