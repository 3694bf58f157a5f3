"""What a comment says: the one place where its text is judged before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from functions.community.domain.post_texts import TextError, accepted_text
from functions.community.service import names
from shared.clients.database import Connection
from shared.contexts.moderation import screening
from shared.contexts.moderation.screening import Verdict
from shared.errors import FieldError, ValidationError
from shared.phrase_patterns import folded


@dataclass(frozen=True, slots=True)
class CommentText:
    """`people` are those whom it names, `verdict` what moderation says of it."""

    body: str
    folded: str
    entities: list[dict[str, Any]]
    people: Sequence[UUID]
    verdict: Verdict


def read(connection: Connection, text: str, *, writer: UUID) -> CommentText:
    """Raises ValidationError for a text that is too long, of which nothing is seen, or that names too much, and
    TextRefusedError.
    """
    try:
        body = accepted_text(text)
    except TextError as error:
        raise ValidationError(field=FieldError(("text",), str(error))) from error
    verdict = screening.judge(connection, {"text": body})
    found = names.read(connection, body, writer=writer)
    return CommentText(body, folded(body), found.entities, list(found.named.people), verdict)
