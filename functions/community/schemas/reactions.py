"""Reactions, and people who reacted or passed a post on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from functions.community.domain.emoji import Reaction
from functions.community.schemas.posts import Post
from shared.contexts.community.schemas import Author
from shared.web import Page, RequestModel, ResponseModel


class NewReaction(RequestModel):
    reaction: Reaction = Reaction.LIKE


class ReactionResult(ResponseModel):
    """The caller's reaction after the request, and everybody's."""

    reaction: Reaction | None
    reactions: Annotated[dict[str, int], Field(examples=[{"like": 3, "love": 0}])]


class PersonReaction(ResponseModel):
    person: Author
    reaction: Reaction
    created_at: datetime


class PersonReactionList(Page[PersonReaction]):
    pass


class NewRepost(RequestModel):
    """Without a text a plain repost; with one, a post of the caller's that quotes the post."""

    text: Annotated[str | None, Field(max_length=40_000, examples=["Worth reading"])] = None


class RepostResult(ResponseModel):
    post_id: UUID
    is_reposted: Annotated[bool, Field(description="Whether the caller has passed it on without a word")]
    repost_count: int
    quote: Annotated[Post | None, Field(description="The post that was made of a text")]


class Repost(ResponseModel):
    person: Author
    created_at: datetime


class RepostList(Page[Repost]):
    pass
