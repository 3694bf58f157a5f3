"""Posts are written, and drafts are published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, NoReturn
from uuid import UUID

from functions.community.domain.post_content import PostContent, PostStatus
from functions.community.errors import (
    GroupClosedError,
    GroupNotFoundError,
    NotAMemberError,
    PostNotFoundError,
    QuoteTooWideError,
    TooManyDraftsError,
)
from functions.community.repository import pictures, posts, publication
from functions.community.repository.posts import LockedPost, ShownPicture
from functions.community.service import names, post_screening
from functions.community.service.posts import Cards, show
from shared import outbox
from shared.clients.database import Connection
from shared.contexts.community import post_index
from shared.contexts.community.events import PostPublished
from shared.contexts.moderation import holding, spam_limits
from shared.contexts.profiles import standing
from shared.errors import FieldError, ValidationError


def write(connection: Connection, written: Mapping[str, Any], *, author_id: UUID) -> Cards:
    """A post of the author's, published, kept as a draft, or to be published at its time.

    Raises ValidationError, TextRefusedError, NewAccountLimitError, what `standing.require_may_write` raises, and what
    `explain` raises.
    """
    content = PostContent(body="").changed(written)
    verdict = None if content.status is PostStatus.DRAFT else post_screening.judge(connection, content)
    if content.status is PostStatus.PUBLISHED:
        spam_limits.require_room(connection, author_id, content.body)
    found = names.read(connection, content.body, writer=author_id)
    columns = columns_of(content, found.entities, author_id)
    made = posts.insert(connection, columns, shown_pictures(connection, content, author_id), poll_of(content))
    if made is None:
        explain(connection, columns)
    if made.published_at is not None:
        if verdict is not None:
            holding.file(connection, verdict, "post", made.id, owner_id=author_id, version=1)
        if not found.is_empty:
            names.keep(connection, made.id, found, published_at=made.published_at)
        post_index.index(connection, [made.id])
        outbox.record(connection, PostPublished(post_id=made.id, author_id=author_id))
    return show(connection, made.id, viewer=author_id)


def publish(connection: Connection, post_id: UUID, *, author_id: UUID) -> Cards:
    """A draft, or a scheduled post before its time; one that is published already stays as it is.

    Raises PostNotFoundError, TextRefusedError, NewAccountLimitError, what `standing.require_may_write` raises, and what
    `explain` raises.
    """
    post = posts.locked(connection, post_id)
    if post is None or post.author_id != author_id:
        raise PostNotFoundError
    if post.status != PostStatus.PUBLISHED:
        publish_locked(connection, post)
    return show(connection, post_id, viewer=author_id)


def publish_locked(connection: Connection, post: LockedPost) -> None:
    """Whoever wrote it may still write, in its group, and may still read what it quotes. Raises as `publish`."""
    standing.check(connection, post.author_id, post.standing, post.standing_until, post.standing_reason)
    verdict = post_screening.judge_waiting(connection, post)
    spam_limits.require_room(connection, post.author_id, post.body)
    found = names.read(connection, post.body, writer=post.author_id)
    published_at = posts.publish(connection, post.id, post.author_id, found.entities)
    if published_at is None:
        explain(
            connection,
            {
                "author_id": post.author_id,
                "group_id": post.group_id,
                "quoted_post_id": post.quoted_post_id,
                "visibility": post.visibility,
            },
        )
    holding.file(connection, verdict, "post", post.id, owner_id=post.author_id, version=post.version + 1)
    if not found.is_empty:
        names.keep(connection, post.id, found, published_at=published_at)
    post_index.index(connection, [post.id])
    outbox.record(connection, PostPublished(post_id=post.id, author_id=post.author_id))


def explain(connection: Connection, columns: Mapping[str, Any]) -> NoReturn:
    """Raise why the author cannot write or publish a post of these columns.

    GroupNotFoundError, NotAMemberError, GroupClosedError, PostNotFoundError (the quoted one), QuoteTooWideError,
    TooManyDraftsError.
    """
    standing.require_may_write(connection, columns["author_id"])
    check_place(connection, columns)
    raise TooManyDraftsError(f"At most {publication.MAX_DRAFTS} can wait")


def check_place(connection: Connection, columns: Mapping[str, Any]) -> None:
    """Raises as `explain` where the author may not write there, or may not quote that."""
    found = publication.obstacles(connection, {**columns, "viewer": columns["author_id"]})
    if not found.group_is_known:
        raise GroupNotFoundError
    if not found.is_member:
        raise NotAMemberError
    if not found.group_is_open:
        raise GroupClosedError
    if not found.quoted_is_readable:
        raise PostNotFoundError("The quoted post is not there")
    if not found.quote_fits:
        raise QuoteTooWideError


def columns_of(content: PostContent, entities: list[dict[str, Any]], author_id: UUID) -> dict[str, Any]:
    """As the post's row has them."""
    return {
        "author_id": author_id,
        "body": content.body,
        "entities": entities,
        "folded_text": content.folded_text(),
        "language": content.language,
        "sentiment": content.sentiment,
        "content_warning": content.content_warning,
        "visibility": content.visibility,
        "reply_policy": content.reply_policy,
        "group_id": content.group_id,
        "quoted_post_id": content.quoted_post_id,
        "status": content.status.value,
        "publish_at": content.publish_at,
    }


def shown_pictures(connection: Connection, content: PostContent, author_id: UUID) -> list[ShownPicture]:
    """The pictures of the post, which its author uploaded here. Raises ValidationError for those that are not."""
    ready = pictures.ready(connection, [picture.media_id for picture in content.pictures], author_id)
    errors = [
        FieldError(("media", place, "media_id"), "no picture of yours for posts is ready under it")
        for place, picture in enumerate(content.pictures)
        if picture.media_id not in ready
    ]
    if errors:
        raise ValidationError.about(errors)
    found = [(ready[picture.media_id], picture) for picture in content.pictures]
    return [ShownPicture(row.id, row.url, picture.alt, row.media) for row, picture in found]


def poll_of(content: PostContent) -> dict[str, Any] | None:
    """As its row has it."""
    return None if content.poll is None else {**asdict(content.poll), "options": list(content.poll.options)}
