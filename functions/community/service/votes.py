"""Votes in polls, and what they come to."""

from __future__ import annotations

from uuid import UUID

from functions.community.errors import AlreadyVotedError, NewAccountVotesError, PollNotFoundError, PollOverError
from functions.community.repository import votes
from functions.community.repository.votes import PollState, VoteOutcome
from shared.clients.database import Connection
from shared.contexts.profiles import standing
from shared.errors import FieldError, ValidationError


def vote(connection: Connection, poll_id: UUID, option: int, *, user_id: UUID) -> PollState:
    """One vote each, before the end. Raises PollNotFoundError, PollOverError, AlreadyVotedError, ValidationError for an
    option that the poll does not have, NewAccountVotesError, and what `standing.check` raises.
    """
    outcome = votes.cast(connection, poll_id, user_id, option)
    if outcome is None:
        raise PollNotFoundError
    if not outcome.is_cast:
        _refuse(connection, user_id, outcome, option)
    poll = results(connection, poll_id, viewer=user_id)
    if not outcome.is_cast:
        # Cast by another request of the voter's at the same moment.
        raise AlreadyVotedError(vote=poll.vote)
    return poll


def results(connection: Connection, poll_id: UUID, *, viewer: UUID | None) -> PollState:
    """Raises PollNotFoundError, also where the post is not for the viewer."""
    poll = votes.state(connection, poll_id, viewer)
    if poll is None:
        raise PollNotFoundError
    return poll


def _refuse(connection: Connection, user_id: UUID, outcome: VoteOutcome, option: int) -> None:
    standing.check(connection, user_id, outcome.standing, outcome.standing_until, outcome.standing_reason)
    if outcome.earlier_vote is not None:
        raise AlreadyVotedError(vote=outcome.earlier_vote)
    if outcome.is_over:
        raise PollOverError
    if not 0 <= option < outcome.option_count:
        raise ValidationError(field=FieldError(("option",), f"one of 0 to {outcome.option_count - 1}"))
    if outcome.is_limited:
        raise NewAccountVotesError(headers={"Retry-After": "3600"})
