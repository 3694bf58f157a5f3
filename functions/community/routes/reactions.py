"""Reactions to posts and comments. The toggle is for a press; PUT and DELETE can be sent again after a lost answer."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from functions.community.domain import emoji
from functions.community.domain.emoji import Reaction
from functions.community.repository.reactions import ReactionState, Reactor, Target
from functions.community.routes.people_documents import person
from functions.community.routes.refusals import WRITING
from functions.community.schemas.reactions import NewReaction, PersonReaction, PersonReactionList, ReactionResult
from functions.community.service import reactions
from shared.web import (
    Caller,
    Fields,
    MaybeCaller,
    PageRequest,
    Reader,
    Transaction,
    no_content,
    respond,
    respond_page,
)
from shared.web.pages import Paging, id_before, id_cursor

router = APIRouter(prefix="/api/v1", tags=["reactions"])

OnlyReaction = Annotated[Reaction | None, Query(description="Only people with this reaction")]


@router.post(
    "/posts/{post_id}/reactions",
    response_model=ReactionResult,
    summary="Toggle a reaction to a post",
    responses=WRITING,
)
async def toggle_post_reaction(
    request: Request, post_id: UUID, caller: Caller, tx: Transaction, body: NewReaction | None = None
) -> Response:
    """The same reaction a second time undoes it; another one takes its place. Without a body, a like."""
    return _result(request, reactions.toggle(tx, "post", post_id, _reaction(body), user_id=caller.user_id))


@router.put("/posts/{post_id}/reactions", response_model=ReactionResult, summary="React to a post", responses=WRITING)
async def replace_post_reaction(
    request: Request, post_id: UUID, caller: Caller, tx: Transaction, body: NewReaction | None = None
) -> Response:
    """One reaction each, whichever there was."""
    return _result(request, reactions.put(tx, "post", post_id, _reaction(body), user_id=caller.user_id))


@router.delete("/posts/{post_id}/reactions", status_code=204, summary="Undo one's reaction to a post")
async def delete_post_reaction(post_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Also to a post that the caller may not read any more."""
    reactions.undo(tx, "post", post_id, user_id=caller.user_id)
    return no_content()


@router.get("/posts/{post_id}/reactions", response_model=PersonReactionList, summary="List who reacted to a post")
async def list_post_reactions(
    *,
    request: Request,
    post_id: UUID,
    caller: MaybeCaller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    reaction: OnlyReaction = None,
) -> Response:
    """The last first; without people whom the caller mutes or blocks, or who block the caller."""
    viewer = caller.user_id if caller else None
    return _people(
        request,
        reader,
        target="post",
        target_id=post_id,
        reaction=reaction,
        viewer=viewer,
        paging=paging,
        fields=fields,
    )


@router.post(
    "/comments/{comment_id}/reactions",
    response_model=ReactionResult,
    summary="Toggle a reaction to a comment",
    responses=WRITING,
)
async def toggle_comment_reaction(
    request: Request, comment_id: UUID, caller: Caller, tx: Transaction, body: NewReaction | None = None
) -> Response:
    """As to a post."""
    return _result(request, reactions.toggle(tx, "comment", comment_id, _reaction(body), user_id=caller.user_id))


@router.put(
    "/comments/{comment_id}/reactions", response_model=ReactionResult, summary="React to a comment", responses=WRITING
)
async def replace_comment_reaction(
    request: Request, comment_id: UUID, caller: Caller, tx: Transaction, body: NewReaction | None = None
) -> Response:
    """One reaction each, whichever there was."""
    return _result(request, reactions.put(tx, "comment", comment_id, _reaction(body), user_id=caller.user_id))


@router.delete("/comments/{comment_id}/reactions", status_code=204, summary="Undo one's reaction to a comment")
async def delete_comment_reaction(comment_id: UUID, caller: Caller, tx: Transaction) -> Response:
    """Also to a comment that the caller may not read any more."""
    reactions.undo(tx, "comment", comment_id, user_id=caller.user_id)
    return no_content()


@router.get(
    "/comments/{comment_id}/reactions", response_model=PersonReactionList, summary="List who reacted to a comment"
)
async def list_comment_reactions(
    *,
    request: Request,
    comment_id: UUID,
    caller: MaybeCaller,
    reader: Reader,
    paging: Paging,
    fields: Fields,
    reaction: OnlyReaction = None,
) -> Response:
    """As to a post."""
    viewer = caller.user_id if caller else None
    return _people(
        request,
        reader,
        target="comment",
        target_id=comment_id,
        reaction=reaction,
        viewer=viewer,
        paging=paging,
        fields=fields,
    )


def _reaction(body: NewReaction | None) -> Reaction:
    return (body or NewReaction()).reaction


def _result(request: Request, state: ReactionState) -> Response:
    reaction = None if state.emoji is None else emoji.ORDER[state.emoji]
    return respond(request, ReactionResult(reaction=reaction, reactions=emoji.by_name(state.counts)))


def _people(
    request: Request,
    reader: Reader,
    *,
    target: Target,
    target_id: UUID,
    reaction: Reaction | None,
    viewer: UUID | None,
    paging: PageRequest,
    fields: frozenset[str] | None,
) -> Response:
    query = f"reactions to {target} {target_id} {reaction} for {viewer}"
    rows, last = reactions.people(
        reader,
        target,
        target_id,
        reaction=reaction,
        viewer=viewer,
        limit=paging.limit,
        below=id_before(paging, query),
    )
    items = [_item(row) for row in rows]
    return respond_page(request, PersonReaction, items, next_cursor=id_cursor(query, last), fields=fields)


def _item(row: Reactor) -> dict[str, Any]:
    return {"person": person(row), "reaction": emoji.ORDER[row.emoji].value, "created_at": row.created_at}
