"""What a comment says: the one place where its text is judged before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from shared.clients.database import Connection
from shared.errors import FieldError, ValidationError
from shared.graphemes import grapheme_count, has_visible_character
from shared.phrase_patterns import folded
from shared.texts import composed

MAX_LENGTH: Final = 2_000
"""Characters as people count them."""


@dataclass(frozen=True, slots=True)
class CommentText:
    """`people` are those whom it names."""

    body: str
    folded: str
    entities: list[dict[str, Any]]
    people: Sequence[UUID]


def read(connection: Connection, text: str) -> CommentText:
    """Raises ValidationError for a text that is too long, or of which nothing is seen."""
    body = composed(text)
    if not has_visible_character(body):
        raise ValidationError(field=FieldError(("text",), "nothing of the text can be seen"))
    if (length := grapheme_count(body)) > MAX_LENGTH:
        raise ValidationError(field=FieldError(("text",), f"{length} characters; at most {MAX_LENGTH}"))
    return CommentText(body, folded(body), [], [])
