"""Users about themselves."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.repository.accounts import User
from functions.identity.schemas import Profile, ProfileChange, ProfileReplacement
from functions.identity.service import profile
from shared.web import Caller, Fields, Reader, Transaction, answer

router = APIRouter(prefix="/api/v1/users/me", tags=["users"])

_VERSION_CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {"description": "The profile was changed in the meantime (`version_conflict`)"}
}


def document(user: User) -> Profile:
    """The user as they see themselves."""
    return Profile.model_validate(user)


@router.get("", response_model=Profile, summary="My profile")
async def get_me(request: Request, caller: Caller, reader: Reader, fields: Fields) -> Response:
    """The caller's own account."""
    return answer(request, document(profile.of(reader, caller.user_id)), fields=fields)


@router.put("", response_model=Profile, summary="Replace my profile", responses=_VERSION_CONFLICT)
async def replace_me(request: Request, body: ProfileReplacement, caller: Caller, tx: Transaction) -> Response:
    """Replaces all that can be edited. The e-mail address and the roles cannot."""
    user = profile.rename(tx, caller.user_id, full_name=body.full_name, version=body.version)
    return answer(request, document(user))


@router.patch("", response_model=Profile, summary="Change my profile", responses=_VERSION_CONFLICT)
async def change_me(request: Request, body: ProfileChange, caller: Caller, tx: Transaction) -> Response:
    """Changes what the body names (RFC 7396), and nothing else."""
    if body.full_name is None:
        user = profile.confirm_version(tx, caller.user_id, version=body.version)
    else:
        user = profile.rename(tx, caller.user_id, full_name=body.full_name, version=body.version)
    return answer(request, document(user))
