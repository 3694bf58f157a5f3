"""People as others see them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from functions.profiles.repository.people import PersonRow
from functions.profiles.schemas.people import Person
from functions.profiles.service import people
from shared.contexts.profiles.people import summary
from shared.web import Fields, MaybeCaller, Reader, respond_unvalidated

router = APIRouter(prefix="/api/v1/users", tags=["profiles"])

IdOrUsername = Annotated[str, Path(max_length=120, description="Id or username, in any case", examples=["ada_l"])]


@router.get("/{user}", response_model=Person, summary="Read a person's profile")
async def get_person(
    request: Request, user: IdOrUsername, caller: MaybeCaller, fields: Fields, reader: Reader
) -> Response:
    """Who has left, is banned, has not chosen a username yet or has blocked the caller is not there: 404."""
    viewer = caller.user_id if caller else None
    row = people.show(reader, user, viewer=viewer)
    return respond_unvalidated(request, Person, person(row, viewer), fields=fields)


def person(row: PersonRow, viewer: UUID | None) -> dict[str, Any]:
    """`Person` as JSON has it."""
    relation = {
        "following": row.following,
        "followed_by": row.followed_by,
        "requested": row.requested,
        "muting": row.muting,
        "blocking": row.blocking,
    }
    return {
        **summary(row),
        "bio": row.bio,
        "stats": {"followers": row.follower_count, "following": row.following_count},
        "relation": None if viewer in (None, row.user_id) else relation,
        "created_at": row.created_at,
    }
