"""Events of community. They name what happened to which post; who may hear of it is decided by whoever tells them."""

from __future__ import annotations

from uuid import UUID

from shared.events import DomainEvent


class PostPublished(DomainEvent):
    """A post is there to be read: written, or a draft or a scheduled one that was published."""

    source = "sharestack.community"

    post_id: UUID
    author_id: UUID


class PostEdited(DomainEvent):
    """What a published post says is not what it was; people may be named that were not."""

    source = "sharestack.community"

    post_id: UUID
    author_id: UUID
    version: int


class PostDeleted(DomainEvent):
    """Its author has deleted a published post."""

    source = "sharestack.community"

    post_id: UUID
    author_id: UUID
