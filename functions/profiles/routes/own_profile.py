"""One's own profile."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from functions.profiles.providers.visitors import Visitor
from functions.profiles.repository.own_profile import OwnProfileRow
from functions.profiles.schemas.own_profile import Onboarding, OwnProfile, OwnProfileChange, OwnProfileReplacement
from functions.profiles.service import onboarding, own_profile
from shared import outbox, permissions
from shared.clients.database import Connection
from shared.contexts.identity.accounts import AccountValues
from shared.permissions import Role
from shared.tokens import Principal
from shared.web import Caller, Fields, Reader, Transaction, client_address, respond, respond_unvalidated

router = APIRouter(prefix="/api/v1/users/me", tags=["profiles"])

_ACCOUNT: Final = frozenset({"full_name", "language", "accepts_marketing"})
_CONFLICTS: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "The profile was changed in the meantime (`version_conflict`); somebody has the username or one"
        " that looks like it (`username_taken`, with `suggestions`); no username was chosen yet (`onboarding_required`)"
    }
}
_TAKEN: dict[int | str, dict[str, Any]] = {
    409: {
        "description": "Somebody has the username or one that looks like it (`username_taken`, with `suggestions`); the"
        " caller has one (`already_onboarded`)"
    }
}


@router.get("", response_model=OwnProfile, summary="My profile")
async def get_profile(request: Request, caller: Caller, reader: Reader, fields: Fields) -> Response:
    """The caller's own account, and how others see them."""
    row = own_profile.of(reader, caller.user_id)
    return respond_unvalidated(request, OwnProfile, document(row), fields=fields)


@router.put("", response_model=OwnProfile, summary="Replace my profile", responses=_CONFLICTS)
async def replace_profile(request: Request, body: OwnProfileReplacement, caller: Caller, tx: Transaction) -> Response:
    """Replaces all that can be edited here. The e-mail address has a route of its own; the roles cannot be edited."""
    return respond_unvalidated(request, OwnProfile, document(_changed(tx, caller, body)))


@router.patch("", response_model=OwnProfile, summary="Change my profile", responses=_CONFLICTS)
async def update_profile(request: Request, body: OwnProfileChange, caller: Caller, tx: Transaction) -> Response:
    """Changes what the body names (RFC 7396), and nothing else. Who becomes public accepts all who asked to follow."""
    return respond_unvalidated(request, OwnProfile, document(_changed(tx, caller, body)))


@router.post("/onboarding", status_code=201, response_model=OwnProfile, summary="Choose a username", responses=_TAKEN)
async def create_profile(request: Request, body: Onboarding, caller: Caller) -> Response:
    """Once; afterwards `PATCH /users/me` changes it. The country is that of the network which the request comes from,
    where that is known.
    """
    visitor = _visitor(request)
    country = onboarding.locate(visitor)
    with outbox.unit_of_work() as tx:
        row = onboarding.onboard(
            tx,
            caller.user_id,
            username=body.username,
            display_name=body.display_name,
            time_zone=body.time_zone,
            country=country,
            address=visitor.address,
        )
    return respond(request, OwnProfile(**document(row)), status=201, headers={"Location": router.prefix})


def document(row: OwnProfileRow) -> dict[str, Any]:
    """`OwnProfile` as JSON has it."""
    has_profile = row.username is not None
    return {
        "id": row.id,
        "email": row.email,
        "email_verified_at": row.email_verified_at,
        "full_name": row.full_name,
        "language": row.language,
        "accepts_marketing": row.marketing_consent_at is not None,
        "marketing_consent_at": row.marketing_consent_at,
        "roles": row.roles,
        "permissions": sorted(permissions.granted(frozenset(map(Role, row.roles)))),
        "version": row.version,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
        "username": row.username,
        "display_name": row.display_name or row.username,
        "bio": row.bio,
        "picture": row.picture,
        "country": row.country,
        "time_zone": row.time_zone,
        "is_private": row.is_private,
        "standing": row.standing,
        "standing_until": row.standing_until,
        "standing_reason": row.standing_reason,
        "stats": {"followers": row.follower_count, "following": row.following_count, "posts": row.post_count}
        if has_profile
        else None,
        "interest_count": row.interest_count if has_profile else None,
        "follow_request_count": row.request_count if has_profile else None,
    }


def _changed(tx: Connection, caller: Principal, body: OwnProfileReplacement | OwnProfileChange) -> OwnProfileRow:
    account = AccountValues(full_name=body.full_name, language=body.language, accepts_marketing=body.accepts_marketing)
    profile = body.model_dump(include=body.model_fields_set - _ACCOUNT - {"version"})
    return own_profile.change(tx, caller.user_id, account, profile, version=body.version)


def _visitor(request: Request) -> Visitor:
    """Where the request comes from. What CloudFront says is believed where the gateway's authorizer has seen its
    secret, which nobody else can say.
    """
    context = request.scope.get("aws.event", {}).get("requestContext", {})
    proof = (context.get("authorizer") or {}).get("lambda") or {}
    came_by_cloudfront = proof.get("origin") == "cloudfront"
    country = request.headers.get("cloudfront-viewer-country") if came_by_cloudfront else None
    return Visitor(client_address(request), country)
