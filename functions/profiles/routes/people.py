"""People as others see them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from functions.profiles.repository.follows import ListedPerson
from functions.profiles.repository.people import RELATION_FIELDS, PersonRow
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
    return {
        **summary(row),
        "bio": row.bio,
        "stats": {"followers": row.follower_count, "following": row.following_count, "posts": row.post_count},
        "relation": relation(row, viewer),
        "created_at": row.created_at,
    }


def relation(row: PersonRow | ListedPerson, viewer: UUID | None) -> dict[str, bool] | None:
    """`Relation` as JSON has it: nothing of who blocks the viewer."""
    if viewer in (None, row.user_id):
        return None
    return {name: getattr(row, name) for name in RELATION_FIELDS}
