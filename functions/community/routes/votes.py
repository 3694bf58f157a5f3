"""Votes in polls, and what they come to."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.community.repository.votes import PollState
from functions.community.routes.refusals import refusals
from functions.community.schemas.votes import NewVote, PollOptionResult, PollResults
from functions.community.service import votes
from shared.web import Caller, Fields, MaybeCaller, Reader, Transaction, respond

router = APIRouter(prefix="/api/v1/polls/{poll_id}", tags=["polls"])


@router.post(
    "/votes",
    status_code=201,
    response_model=PollResults,
    summary="Vote in a poll",
    responses=refusals("The caller has voted (`already_voted`, with the `vote`), or the poll is over (`poll_over`). "),
)
async def create_vote(request: Request, poll_id: UUID, body: NewVote, caller: Caller, tx: Transaction) -> Response:
    """One vote each, which stays. The end of the poll is by the clock of the database."""
    poll = votes.vote(tx, poll_id, body.option, user_id=caller.user_id)
    return respond(request, _results(poll, caller.user_id), status=201)


@router.get("/results", response_model=PollResults, summary="Read the results of a poll")
async def get_poll_results(
    request: Request, poll_id: UUID, caller: MaybeCaller, reader: Reader, fields: Fields
) -> Response:
    """Votes of options are null while they are hidden from the caller."""
    viewer = caller.user_id if caller else None
    return respond(request, _results(votes.results(reader, poll_id, viewer=viewer), viewer), fields=fields)


def _results(poll: PollState, viewer: UUID | None) -> PollResults:
    is_hidden = poll.hides_results and not poll.is_over and poll.vote is None and poll.author_id != viewer
    total = sum(poll.counts)
    options = [
        PollOptionResult(
            text=text,
            votes=None if is_hidden else count,
            percentage=None if is_hidden else round(100 * count / total, 1) if total else 0.0,
        )
        for text, count in zip(poll.options, poll.counts, strict=True)
    ]
    return PollResults(
        id=poll.id,
        post_id=poll.post_id,
        options=options,
        vote_count=total,
        ends_at=poll.ends_at,
        is_over=poll.is_over,
        hides_results=poll.hides_results,
        vote=poll.vote,
    )
