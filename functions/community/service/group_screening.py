"""What moderation says of a group's name, description and rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from shared.clients.database import Connection
from shared.contexts.moderation import screening
from shared.contexts.moderation.screening import Verdict


def judge(connection: Connection, content: Mapping[str, Any]) -> Verdict:
    """Raises TextRefusedError: a group's name cannot be held."""
    texts = {name: content[name] for name in ("name", "description") if content.get(name)}
    texts |= {f"rules.{place}": rule for place, rule in enumerate(content.get("rules") or ())}
    return screening.judge(connection, texts, may_hold=False)


def file(connection: Connection, verdict: Verdict, group_id: UUID, owner_id: UUID) -> None:
    """Flag it, as a case about the group."""
    screening.file(connection, verdict, "group", group_id, owner_id=owner_id)
