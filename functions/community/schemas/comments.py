"""Comments as people write and read them. Texts are plain, never HTML."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from functions.community.domain.emoji import Reaction
from shared.contexts.community.schemas import Author, Entity
from shared.web import Page, RequestModel, ResponseModel, Version

CommentBody = Annotated[str, Field(min_length=1, max_length=64_000, examples=["看好，但是短期有压力"])]


class NewComment(RequestModel):
    """Up to 2,000 characters as people count them."""

    text: CommentBody
    parent_id: Annotated[UUID | None, Field(description="The comment that this one answers")] = None


class CommentChange(RequestModel):
    text: CommentBody
    version: Version


class CommentViewer(ResponseModel):
    """What the caller has done with the comment, and what they may do."""

    reaction: Reaction | None
    is_author: bool
    mutes_author: bool
    is_folded: Annotated[bool, Field(description="Its author is muted, or it has a word that the caller filters")]
    can_reply: bool
    can_edit: bool
    can_delete: bool


class Comment(ResponseModel):
    """A comment as the caller sees it. One that is not `live` keeps its place while there are answers to it, without
    author and text; its author reads what others have removed or hidden.
    """

    id: UUID
    post_id: UUID
    parent_id: UUID | None
    depth: Annotated[int, Field(description="Comments between this one and the post")]
    state: Annotated[
        Literal["live", "deleted", "removed", "hidden"],
        Field(description="`removed` by the post's author, `hidden` by moderators"),
    ]
    author: Author | None
    text: str | None
    entities: list[Entity]
    reactions: dict[str, int]
    reply_count: Annotated[int, Field(description="The same for every viewer, who may not see all of them")]
    hidden_reason: Annotated[str | None, Field(description="For its author")]
    viewer: CommentViewer | None
    created_at: datetime
    edited_at: datetime | None
    version: int


class FirstReplyList(ResponseModel):
    items: list[Comment]
    next_cursor: Annotated[
        str | None, Field(description="For `GET /comments/{comment_id}/replies`; null where these are all")
    ]


class ThreadedComment(Comment):
    """With the first answers to it, the oldest first."""

    replies: FirstReplyList


class PostCommentList(Page[ThreadedComment]):
    can_reply: Annotated[bool, Field(description="Whether the caller may comment on this post")]


class CommentEdit(ResponseModel):
    """What a comment said until `replaced_at`."""

    version: int
    text: str
    replaced_at: datetime


class CommentEditList(Page[CommentEdit]):
    pass
