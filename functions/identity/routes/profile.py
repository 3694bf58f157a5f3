"""The profile of the caller."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.identity.repository.accounts import ProfileValues, User
from functions.identity.schemas.profile import Profile, ProfileChange, ProfileReplacement
from functions.identity.service import profile
from shared.clients.database import Connection
from shared.tokens import Principal
from shared.web import Caller, Fields, Reader, Transaction, respond

router = APIRouter(prefix="/api/v1/users/me", tags=["users"])

_VERSION_CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {"description": "The profile was changed in the meantime (`version_conflict`)"}
}


def document(user: User) -> Profile:
    """The user as they see themselves."""
    return Profile.model_validate(user)


@router.get("", response_model=Profile, summary="My profile")
async def get_profile(request: Request, caller: Caller, reader: Reader, fields: Fields) -> Response:
    """The caller's own account."""
    return respond(request, document(profile.of(reader, caller.user_id)), fields=fields)


@router.put("", response_model=Profile, summary="Replace my profile", responses=_VERSION_CONFLICT)
async def replace_profile(request: Request, body: ProfileReplacement, caller: Caller, tx: Transaction) -> Response:
    """Replaces all that can be edited here. The e-mail address has a route of its own; the roles cannot be edited."""
    return respond(request, document(_changed(tx, caller, body)))


@router.patch("", response_model=Profile, summary="Change my profile", responses=_VERSION_CONFLICT)
async def update_profile(request: Request, body: ProfileChange, caller: Caller, tx: Transaction) -> Response:
    """Changes what the body names (RFC 7396), and nothing else."""
    return respond(request, document(_changed(tx, caller, body)))


def _changed(tx: Connection, caller: Principal, body: ProfileReplacement | ProfileChange) -> User:
    values = ProfileValues(full_name=body.full_name, language=body.language)
    return profile.change(tx, caller.user_id, values, accepts_marketing=body.accepts_marketing, version=body.version)
