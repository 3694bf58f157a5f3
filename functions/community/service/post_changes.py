"""Posts are changed and deleted by their authors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from functions.community.domain.post_content import PostContent, PostStatus, WrittenPicture, WrittenPoll
from functions.community.errors import PostHiddenError, PostNotFoundError, QuestionFrozenError
from functions.community.repository import post_edits, posts
from functions.community.repository.post_edits import EditRow
from functions.community.repository.posts import LockedPost
from functions.community.service import names, post_screening
from functions.community.service.post_writer import check_place, columns_of, poll_of, publish_locked, shown_pictures
from functions.community.service.posts import Cards, show
from shared import outbox
from shared.clients.database import Connection
from shared.contexts.community import post_index
from shared.contexts.community.events import PostDeleted, PostEdited
from shared.contexts.moderation import holding
from shared.contexts.profiles import standing
from shared.errors import FieldError, ValidationError, VersionConflictError
from shared.pages import split_page

_AFTER_PUBLICATION: Final = frozenset({"text", "content_warning", "sentiment", "language", "reply_policy"})
"""The rest is what people have answered, voted on and passed on."""


def change(
    connection: Connection, post_id: UUID, changes: Mapping[str, Any], *, version: int, author_id: UUID
) -> Cards:
    """Change one's own post, of which only what `changes` names is replaced.

    Raises PostNotFoundError, VersionConflictError, PostHiddenError, QuestionFrozenError, ValidationError, what
    `standing.require_may_write` raises, for posts in groups what `check_place` raises, and, for drafts, what
    `post_writer.write` raises.
    """
    post = posts.locked(connection, post_id)
    if post is None or post.author_id != author_id:
        raise PostNotFoundError
    if post.version != version:
        raise VersionConflictError(current_version=post.version)
    standing.check(connection, author_id, post.standing, post.standing_until, post.standing_reason)
    if post.status == PostStatus.PUBLISHED:
        _edit(connection, post, changes)
    else:
        _rewrite(connection, post, changes)
    return show(connection, post_id, viewer=author_id)


def delete(connection: Connection, post_id: UUID, *, author_id: UUID) -> None:
    """Delete one's own post: nobody reads it any more, and nothing counts it. Raises PostNotFoundError."""
    status = posts.delete(connection, post_id, author_id)
    if status is None:
        raise PostNotFoundError
    if status == PostStatus.PUBLISHED:
        post_index.index(connection, [post_id])
        outbox.record(connection, PostDeleted(post_id=post_id, author_id=author_id))


def earlier_texts(
    connection: Connection, post_id: UUID, *, viewer: UUID | None, limit: int, before: int | None
) -> tuple[Sequence[EditRow], int | None]:
    """What a post said before its changes, the latest first. Raises PostNotFoundError."""
    rows = post_edits.earlier(connection, post_id, viewer, limit=limit + 1, before=before)
    if not rows and not post_edits.is_readable(connection, post_id, viewer):
        raise PostNotFoundError
    return split_page(rows, limit, lambda row: row.version)


def _edit(connection: Connection, post: LockedPost, changes: Mapping[str, Any]) -> None:
    errors = [FieldError((name,), "stays once the post is published") for name in changes.keys() - _AFTER_PUBLICATION]
    if errors:
        raise ValidationError.about(sorted(errors))
    if post.hidden_at is not None:
        raise PostHiddenError
    before = _content(post)
    content = before.changed(changes)
    if content == before:
        return
    if post.group_id is not None:
        # What it quotes was theirs to quote then.
        check_place(connection, {**columns_of(content, [], post.author_id), "quoted_post_id": None})
    if content.body != post.body and post.poll is not None and post_edits.has_votes(connection, post.id):
        raise QuestionFrozenError
    verdict = post_screening.judge(connection, content)
    found = names.read(connection, content.body, writer=post.author_id)
    post_edits.change(connection, post.id, columns_of(content, found.entities, post.author_id))
    holding.file(connection, verdict, "post", post.id, owner_id=post.author_id, version=post.version + 1)
    if content.body != post.body and (post.names_something or not found.is_empty):
        assert post.published_at is not None
        names.keep(connection, post.id, found, published_at=post.published_at)
    post_index.index(connection, [post.id])
    outbox.record(connection, PostEdited(post_id=post.id, author_id=post.author_id, version=post.version + 1))


def _rewrite(connection: Connection, post: LockedPost, changes: Mapping[str, Any]) -> None:
    before = _content(post)
    if before.status is PostStatus.DRAFT:
        before = replace(before, publish_at=None)  # when it could not be published: it is not to be so again
    wanted = dict(changes)
    is_published = wanted.get("status") == PostStatus.PUBLISHED
    if is_published:
        wanted["status"] = PostStatus.DRAFT
    if wanted.get("status", before.status) != PostStatus.SCHEDULED:
        wanted.setdefault("publish_at", None)
    content = before.changed(wanted)
    found = names.read(connection, content.body, writer=post.author_id)
    columns = columns_of(content, found.entities, post.author_id)
    check_place(connection, columns)
    pictures = shown_pictures(connection, content, post.author_id)
    posts.rewrite(connection, post.id, columns, pictures, poll_of(content))
    if is_published:
        rewritten = posts.locked(connection, post.id)
        assert rewritten is not None
        publish_locked(connection, rewritten)


def _content(post: LockedPost) -> PostContent:
    return PostContent(
        body=post.body,
        content_warning=post.content_warning,
        sentiment=post.sentiment,
        language=post.language,
        visibility=post.visibility,
        reply_policy=post.reply_policy,
        group_id=post.group_id,
        quoted_post_id=post.quoted_post_id,
        pictures=tuple(WrittenPicture(UUID(item["media_id"]), item["alt"]) for item in post.pictures or ()),
        poll=None if post.poll is None else WrittenPoll(**{**post.poll, "options": tuple(post.poll["options"])}),
        status=PostStatus(post.status),
        publish_at=post.publish_at,
    )
