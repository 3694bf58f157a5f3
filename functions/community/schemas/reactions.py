"""Reactions, and people who reacted or passed a post on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from functions.community.domain.emoji import Reaction
from functions.community.schemas.posts import Author
from shared.web import Page, RequestModel, ResponseModel


class NewReaction(RequestModel):
    reaction: Reaction = Reaction.LIKE


class ReactionResult(ResponseModel):
    """The caller's reaction after the request, and everybody's."""

    reaction: Reaction | None
    reactions: Annotated[dict[str, int], Field(examples=[{"like": 3, "love": 0}])]


class PersonReaction(ResponseModel):
    user: Author
    reaction: Reaction
    created_at: datetime


class PersonReactionList(Page[PersonReaction]):
    pass


class RepostResult(ResponseModel):
    post_id: UUID
    is_reposted: bool
    repost_count: int


class Repost(ResponseModel):
    user: Author
    created_at: datetime


class RepostList(Page[Repost]):
    pass
