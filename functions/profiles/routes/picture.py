"""The picture of one's profile."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.profiles.routes.own_profile import document
from functions.profiles.schemas.own_profile import OwnProfile
from functions.profiles.schemas.picture import ProfilePicture
from functions.profiles.service import pictures
from shared.web import Caller, Transaction, no_content, respond_unvalidated

router = APIRouter(prefix="/api/v1/users/me/profile-picture", tags=["profiles"])

_REFUSED: dict[int | str, dict[str, Any]] = {409: {"description": "No username was chosen yet (`onboarding_required`)"}}


@router.post("", response_model=OwnProfile, summary="Show a picture", responses=_REFUSED)
async def create_profile_picture(request: Request, body: ProfilePicture, caller: Caller, tx: Transaction) -> Response:
    """One that was uploaded here for a profile (`POST /media/uploads`: JPEG, PNG or WebP of 5 MiB at most) and is
    `ready`. The picture before is removed.
    """
    return respond_unvalidated(request, OwnProfile, document(pictures.show(tx, caller.user_id, body.media_id)))


@router.delete("", status_code=204, summary="Show no picture", responses=_REFUSED)
async def delete_profile_picture(caller: Caller, tx: Transaction) -> Response:
    """It is removed. Can be repeated."""
    pictures.remove(tx, caller.user_id)
    return no_content()
