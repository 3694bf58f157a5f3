"""A message to one recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """One message, as text and as HTML."""

    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)
