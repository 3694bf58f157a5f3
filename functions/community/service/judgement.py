"""What people write is judged before it is written: by the moderators' rules, and by how much new people write."""

from __future__ import annotations

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


def file_post(connection: Connection, verdict: Verdict, post_id: UUID, author_id: UUID, *, version: int) -> None:
    """Flag or hold the post that was written, as was judged."""
    holding.file(connection, verdict, "post", post_id, owner_id=author_id, version=version)


def file_comment(connection: Connection, verdict: Verdict, comment_id: UUID, author_id: UUID, *, version: int) -> None:
    """Flag or hold the comment that was written, as was judged."""
    holding.file(connection, verdict, "comment", comment_id, owner_id=author_id, version=version)
