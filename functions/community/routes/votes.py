"""Votes in polls, and what they come to."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.community.routes.poll_documents import poll
from functions.community.routes.refusals import refusals
from functions.community.schemas.votes import NewVote, Poll
from functions.community.service import votes
from shared.web import Caller, Fields, MaybeCaller, Reader, Transaction, respond, respond_unvalidated

router = APIRouter(prefix="/api/v1/polls/{poll_id}", tags=["polls"])


@router.post(
    "/votes",
    status_code=201,
    response_model=Poll,
    summary="Vote in a poll",
    responses=refusals("The caller has voted (`already_voted`, with the `vote`), or the poll is over (`poll_over`). "),
)
async def create_vote(request: Request, poll_id: UUID, body: NewVote, caller: Caller, tx: Transaction) -> Response:
    """One vote each, which stays. The end of the poll is by the clock of the database."""
    state = votes.vote(tx, poll_id, body.option, user_id=caller.user_id)
    return respond(request, Poll(**poll(state, caller.user_id)), status=201)


@router.get("/results", response_model=Poll, summary="Read the results of a poll")
async def get_poll_results(
    request: Request, poll_id: UUID, caller: MaybeCaller, reader: Reader, fields: Fields
) -> Response:
    """Votes of options are null while they are hidden from the caller."""
    viewer = caller.user_id if caller else None
    document = poll(votes.results(reader, poll_id, viewer=viewer), viewer)
    return respond_unvalidated(request, Poll, document, fields=fields)
