"""What people write is judged before it is written: by the moderators' rules, and by how much new people write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from functions.community.domain.post_content import PostContent
from shared.clients.database import Connection
from shared.contexts.moderation import holding, screening, spam_limits
from shared.contexts.moderation.screening import Verdict


def judge_post(connection: Connection, content: PostContent, author_id: UUID, *, is_new: bool) -> Verdict:
    """Raises TextRefusedError and, of a new post, NewAccountLimitError."""
    verdict = screening.judge(connection, content.texts(), language=content.language)
    if is_new:
        spam_limits.require_room(connection, author_id, content.body)
    return verdict


def judge_comment(connection: Connection, body: str, author_id: UUID, *, is_new: bool) -> Verdict:
    """Raises as `judge_post`."""
    verdict = screening.judge(connection, {"text": body})
    if is_new:
        spam_limits.require_room(connection, author_id, body)
    return verdict


def judge_group(connection: Connection, content: Mapping[str, Any]) -> Verdict:
    """Of its name, description and rules. Raises TextRefusedError: a group's name cannot be held."""
    texts = {name: content[name] for name in ("name", "description") if content.get(name)}
    texts |= {f"rules.{place}": rule for place, rule in enumerate(content.get("rules") or ())}
    return screening.judge(connection, texts, may_hold=False)


def file_group(connection: Connection, verdict: Verdict, owner_id: UUID) -> None:
    """Flag it, as a case about who wrote it: groups themselves are nobody's target."""
    screening.file(connection, verdict, "user", owner_id, owner_id=owner_id)


def file_post(connection: Connection, verdict: Verdict, post_id: UUID, author_id: UUID, *, version: int) -> None:
    """Flag or hold the post that was written, as was judged."""
    holding.file(connection, verdict, "post", post_id, owner_id=author_id, version=version)


def file_comment(connection: Connection, verdict: Verdict, comment_id: UUID, author_id: UUID, *, version: int) -> None:
    """Flag or hold the comment that was written, as was judged."""
    holding.file(connection, verdict, "comment", comment_id, owner_id=author_id, version=version)
